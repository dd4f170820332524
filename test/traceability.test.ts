import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { rows } from "./traceability.ts";

const root = resolve(import.meta.dirname, "..");

/** Every name that an index file of the library exports, types included. */
const exported = new Set(
  readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter(name => /^(engine|generative)[\\/](\w+[\\/])?index\.ts$/.test(name))
    .flatMap(name => [...readFileSync(join(root, "src", name), "utf8").matchAll(/export (?:type )?\{([^}]*)\}/g)])
    .flatMap(([, names = ""]) => names.split(",").map(name => name.replace("type ", "").trim())),
);

/** The sources of a notebook's code cells, as one text. */
function code(notebook: string): string {
  const { cells } = JSON.parse(readFileSync(join(root, "notebooks", notebook), "utf8")) as {
    cells: { cell_type: string; source: string[] }[];
  };
  return cells.flatMap(cell => (cell.cell_type === "code" ? cell.source : [])).join("");
}

/** The notes have six parts with so many items each, and this many slips. */
const ITEMS = [18, 24, 11, 17, 28, 12];
const SLIPS = 46;

it("has a row for each of the 110 items and 46 slips, or one for each part of an item", () => {
  const items = ITEMS.flatMap((count, part) => Array.from({ length: count }, (_, i) => `${part + 1}.${i + 1}`));
  const slips = Array.from({ length: SLIPS }, (_, i) => `E${i + 1}`);
  expect([...new Set(rows.map(({ item }) => item))].sort()).toEqual([...items, ...slips].sort());
  expect(new Set(rows.map(({ says }) => says)).size).toBe(rows.length);
});

describe.each(rows)("$item $says", ({ names, tests, cell: [notebook, words] }) => {
  it("names code that is exported", () => {
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(exported, name).toContain(name);
  });

  it("names tests that exist", () => {
    expect(tests.length).toBeGreaterThan(0);
    for (const [file, title] of tests) expect(readFileSync(join(root, "test", file), "utf8")).toContain(`"${title}"`);
  });

  it("names a cell that exists", () => expect(code(notebook)).toContain(words));
});
