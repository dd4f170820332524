import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter(name => name.endsWith(".ts"))
  .map(name => name.replaceAll("\\", "/"))
  .sort();

/** What each room may import, besides itself. A room that is not listed may import nothing. */
const arrows: Record<string, string[]> = {
  engine: [],
  "generative/data": ["engine", "generative/exact"],
  "generative/distributions": ["engine", "generative/exact"],
  "generative/networks": ["engine", "generative/exact"],
  "generative/models": ["engine", "generative/distributions", "generative/networks"],
  "generative/flows": ["engine", "generative/distributions", "generative/networks", "generative/exact"],
  "generative/objectives": [
    "engine",
    "generative/distributions",
    "generative/networks",
    "generative/models",
    "generative/exact",
  ],
  "generative/exact": [],
  "generative/derivation": ["generative/exact"],
  "generative/training": [
    "engine",
    "generative/networks",
    "generative/models",
    "generative/objectives",
    "generative/exact",
  ],
  "generative/estimates": [
    "engine",
    "generative/distributions",
    "generative/models",
    "generative/objectives",
    "generative/exact",
  ],
  "generative/studies": [
    "engine",
    "generative/data",
    "generative/exact",
    "generative/distributions",
    "generative/networks",
    "generative/objectives",
    "generative/estimates",
    "generative/models",
    "generative/objectives",
    "generative/flows",
    "generative/training",
  ],
  "generative/summary": [
    "generative/distributions",
    "generative/networks",
    "generative/models",
    "generative/flows",
    "generative/exact",
    "generative/derivation",
  ],
  "generative/figures": ["generative/exact", "generative/estimates"],
  exercise: [],
  explore: [],
  notebook: [],
  kernel: ["notebook", "explore"],
  server: ["notebook", "kernel"],
  page: ["notebook", "explore"],
  handout: ["notebook", "explore"],
  grading: ["notebook", "kernel", "handout"],
  cli: ["explore", "notebook", "kernel", "server", "page", "handout", "grading", "engine", "generative/data"],
};

const imports = new Map(
  files.map(file => {
    const text = readFileSync(join(root, file), "utf8");
    return [file, ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName)] as const;
  }),
);

/** The files of this package that a file imports, relative to src. */
function local(file: string): string[] {
  return (imports.get(file) ?? [])
    .filter(name => name.startsWith("."))
    .map(name => relative(root, resolve(root, dirname(file), name)).replaceAll("\\", "/"));
}

function room(file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "generative" && file.split("/").length > 2 ? `${first}/${second}` : first;
}

/** The public names: files that gather the rooms and belong to none. */
const gathering = new Set(["index.ts", "generative/index.ts"]);

describe("the arrows of the design", () => {
  it.each(files.filter(file => !gathering.has(file)))("%s imports only what its room may", file => {
    const own = room(file);
    const wrong = local(file).filter(target => room(target) !== own && !arrows[own]?.includes(room(target)));
    expect(wrong, `${own} may import ${arrows[own]?.join(", ") || "no other room"}`).toEqual([]);
  });

  it("has no cycle", () => {
    const done = new Set<string>();
    const visit = (file: string, path: string[]) => {
      if (done.has(file)) return;
      expect(path, `cycle: ${[...path, file].join(" → ")}`).not.toContain(file);
      for (const target of local(file)) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });

  it("only imports files that exist, with their extension", () => {
    for (const file of files)
      for (const target of local(file)) expect(files, `${file} imports ${target}`).toContain(target);
  });

  it("keeps tfjs out of exact/ and derivation/", () => {
    const guarded = files.filter(file => /^generative\/(exact|derivation)\//.test(file));
    expect(guarded.length).toBeGreaterThan(4);
    for (const file of guarded) {
      expect(
        imports.get(file)?.filter(name => name.startsWith("@tensorflow")),
        file,
      ).toEqual([]);
    }
  });

  it("agrees on the well-known symbols by which the wings meet", () => {
    const symbols = (rooms: RegExp) =>
      new Set(
        files
          .filter(file => rooms.test(file))
          .flatMap(file =>
            [...readFileSync(join(root, file), "utf8").matchAll(/Symbol\.for\("(lectern\.\w+)"\)/g)].map(m => m[1]),
          ),
      );
    expect([...symbols(/^kernel\//)]).toEqual(expect.arrayContaining([...symbols(/^(engine|generative|exercise)\//)]));
  });
});

describe("the files", () => {
  it.each(files.filter(file => file.endsWith("index.ts")))("%s only re-exports", file => {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest);
    expect(source.statements.every(ts.isExportDeclaration)).toBe(true);
  });

  it("are small: one idea each", () => {
    const long = files.filter(file => readFileSync(join(root, file), "utf8").split("\n").length > 220);
    expect(long).toEqual([]);
  });

  it("have a test room for every source room", () => {
    const rooms = new Set(files.filter(file => file.includes("/")).map(room));
    rooms.delete("generative");
    const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).map(name =>
      name.replaceAll("\\", "/"),
    );
    for (const each of rooms)
      expect(
        tests.some(name => name.startsWith(`${each}/`) && name.endsWith(".test.ts")),
        each,
      ).toBe(true);
  });
});
