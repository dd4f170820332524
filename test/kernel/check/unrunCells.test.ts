import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { definersOf, UnrunCells } from "../../../src/kernel/check/unrunCells.ts";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "lectern-unrun-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function hint(sources: string[], ...names: string[]): string | undefined {
  const cells = new UnrunCells(undefined);
  cells.set(sources);
  return cells.hint(names);
}

describe("the cells that define what is missing", () => {
  const sources = ["const a = 1", "a; b; c", "let b = a, c", "class d {}", "const other = 'e'"];

  it.each<[string[], string | undefined]>([
    [["a"], "cell 1 defines a; run it first"],
    [["b", "c"], "cell 3 defines b and c; run it first"],
    [["d", "a"], "cells 1 and 4 define a and d; run them first"],
    [["d", "c", "b", "a"], "cells 1, 3 and 4 define a, c, b and d; run them first"],
    [["e", "b"], "cell 3 defines b; run it first"],
    [["e"], undefined],
    [[], undefined],
  ])("%j", (names, text) => expect(hint(sources, ...names)).toBe(text));
});

it("are told one by one, each with the names that it is the first to define", () => {
  expect(definersOf(["c", "a", "nowhere", "b"], ["const a = 1", "a", "let b = a, c", "const a = 2"])).toEqual([
    { cell: 0, names: ["a"] },
    { cell: 2, names: ["c", "b"] },
  ]);
});

describe("the cells of a notebook's file", () => {
  const write = (name: string, text: string) => {
    fs.writeFileSync(path.join(folder, name), text);
    return new UnrunCells(path.join(folder, name));
  };
  const cells = [
    { cell_type: "markdown", source: "const a = 1" },
    { cell_type: "code", source: "1" },
    { cell_type: "code", source: ["const ", "a = 1"] },
  ];

  it("are those of code, as long as no others are handed over", () => {
    const unrun = write("a.ipynb", JSON.stringify({ cells }));
    expect(unrun.hint(["a"])).toBe("cell 2 defines a; run it first");
    unrun.set(["const a = 1"]);
    expect(unrun.hint(["a"])).toBe("cell 1 defines a; run it first");
    unrun.set([]);
    expect(unrun.hint(["a"])).toBeUndefined();
  });

  it("are none where there is no notebook", () => {
    expect(write("a.json", JSON.stringify({ cells })).hint(["a"])).toBeUndefined();
    expect(write("b.ipynb", "{").hint(["a"])).toBeUndefined();
    expect(new UnrunCells(path.join(folder, "none.ipynb")).hint(["a"])).toBeUndefined();
    expect(new UnrunCells(undefined).hint(["a"])).toBeUndefined();
  });
});
