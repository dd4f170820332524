import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { type Reference, ROOMS, references } from "./references.ts";

const root = resolve(import.meta.dirname, "..");
const read = (...parts: string[]) => readFileSync(join(root, ...parts), "utf8");

/** The functions, classes and constants that a room exports, without the types. */
function valuesOf(room: string): string[] {
  return [...read("src", "generative", room, "index.ts").matchAll(/export (type )?\{([^}]*)\}/g)]
    .filter(([, type]) => type === undefined)
    .flatMap(([, , names = ""]) => names.split(",").map(name => name.trim()))
    .filter(name => name !== "" && !name.startsWith("type "));
}

describe.each(ROOMS)("%s", room => {
  const own = references.filter(reference => reference.room === room);

  it("has a row for each public name, and for nothing else", () => {
    expect(own.map(({ name }) => name).sort()).toEqual(valuesOf(room).sort());
  });

  it.each(own)("$name: $source has it at ordinary and extreme places", reference => {
    const script = read("test", "fixtures", `${reference.script}.py`);
    expect(script, "the script uses the source").toContain(reference.source);
    expect(existsSync(join(root, "test", "fixtures", `${reference.script}.json`)), "its values are stored").toBe(true);
    for (const [file, title] of [reference.ordinary, reference.extreme]) expectReads(file, title, reference);
    if (reference.script.endsWith("References")) expectCases(reference);
  });
});

/** That the test exists, and that its file reads the values of the script. */
function expectReads(file: string, title: string, { script, name }: Reference): void {
  const test = read("test", file);
  expect(test).toMatch(new RegExp(`\\b${name}\\b`));
  if (script.endsWith("References")) {
    expect(test).toContain(`refersTo("${script.replace("References", "")}")`);
    expect(read("test", "support", "references.ts")).toContain(title);
    return;
  }
  expect(test).toContain(`fixture("${script}")`);
  expect(test).toContain(title);
}

/** That the stored values have both places, and the source of the row. */
function expectCases({ name, script, source }: Reference): void {
  const entry = JSON.parse(read("test", "fixtures", `${script}.json`))[name];
  expect(entry?.source).toBe(source);
  expect(entry.ordinary.length).toBeGreaterThan(0);
  expect(entry.extreme.length).toBeGreaterThan(0);
}
