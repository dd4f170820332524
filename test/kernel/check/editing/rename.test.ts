import { describe, expect, it } from "vitest";
import { renaming } from "../../../../src/kernel/check/editing/rename.ts";

/** The cells after renaming the name at `|`. */
function renamed(marked: readonly string[], to: string): string[] {
  const cell = marked.findIndex(source => source.includes("|"));
  const offset = marked[cell]?.indexOf("|") ?? -1;
  const cells = marked.map(source => source.replace("|", ""));
  const { edits } = renaming(cells, { cell, offset }, to);
  for (const { cell, from, to: end, insert } of edits.toReversed()) {
    const text = cells[cell] ?? "";
    cells[cell] = text.slice(0, from) + insert + text.slice(end);
  }
  return cells;
}

describe("renaming a name of the notebook", () => {
  it("without another name tells where the name stands", () => {
    expect(renaming(["const n = 1;", "n + 1"], { cell: 1, offset: 0 })).toEqual({
      name: "n",
      edits: [
        { cell: 0, from: 6, to: 7, insert: "n" },
        { cell: 1, from: 0, to: 1, insert: "n" },
      ],
    });
  });

  it("refuses what the language itself defines", () => {
    const words = [
      ["function f() { return argum|ents.length; }", "arguments"],
      ["f(undef|ined)", "undefined"],
      ["const a = [1] as con|st;", "const"],
      ["const a = 1; export { a as de|fault };", "default"],
      ["let all: glob|alThis.Array<number>;", "globalThis"],
    ] as const;
    for (const [marked, word] of words) {
      const place = { cell: 0, offset: marked.indexOf("|") };
      expect(() => renaming([marked.replace("|", "")], place)).toThrow(`but got ${word}, which none defines`);
    }
  });

  it("changes every cell that uses it, from wherever it is asked", () => {
    const after = ["const mean = 1;", "const half = mean / 2;", "half + mean"];
    expect(renamed(["const |samples = 1;", "const half = samples / 2;", "half + samples"], "mean")).toEqual(after);
    expect(renamed(["const samples = 1;", "const half = samples| / 2;", "half + samples"], "mean")).toEqual(after);
    expect(renamed(["const samples = 1;", "const half = samples / 2;", "half + sam|ples"], "mean")).toEqual(after);
  });

  it("leaves alone what shadows it, and members, strings and comments of the same name", () => {
    const others = [
      "function f(n: number) { return n + 1; }",
      "[1].map(n => n * 2)",
      "{ const n = 3; console.log(n); }",
      "const o = { n: 1 }; o.n // n",
      '"n"',
      "class C { n = 1; m() { return this.n; } }",
    ];
    expect(renamed(["const |n = 1;", ...others, "n"], "count")).toEqual(["const count = 1;", ...others, "count"]);
  });

  it("keeps the members that a shorthand and a pattern name", () => {
    expect(renamed(["const |n = 1;", "const o = { n };", "function f() { return { n, m: n }; }"], "k")).toEqual([
      "const k = 1;",
      "const o = { n: k };",
      "function f() { return { n: k, m: k }; }",
    ]);
    expect(renamed(["const { n|, m } = o;", "n + m"], "k")).toEqual(["const { n: k, m } = o;", "k + m"]);
  });

  it("is of one name where several cells define it, also of what a cell assigns", () => {
    expect(renamed(["let n| = 1;", "n += 1;", "let n = 5;", "n++"], "k")).toEqual([
      "let k = 1;",
      "k += 1;",
      "let k = 5;",
      "k++",
    ]);
  });

  it("keeps what is imported, under the new name", () => {
    expect(renamed(['import { KL| } from "../src/index.ts";', "KL(1)"], "kl")).toEqual([
      'import { KL as kl } from "../src/index.ts";',
      "kl(1)",
    ]);
    expect(renamed(['import * as tf from "tfjs";', "tf|.ones([2])"], "tensors")).toEqual([
      'import * as tensors from "tfjs";',
      "tensors.ones([2])",
    ]);
  });

  it("reaches types, functions, classes and what only a later cell defines", () => {
    expect(renamed(["interface |Row { a: Row[] }", "const rows: Row[] = [];"], "Line")).toEqual([
      "interface Line { a: Line[] }",
      "const rows: Line[] = [];",
    ]);
    expect(renamed(["new Box|()", "class Box { copy() { return new Box(); } }"], "Case")).toEqual([
      "new Case()",
      "class Case { copy() { return new Case(); } }",
    ]);
    expect(
      renamed(["function f|(a: number): void;\nfunction f(a: string): void;\nfunction f() { f(1); }", "f(2)"], "g"),
    ).toEqual(["function g(a: number): void;\nfunction g(a: string): void;\nfunction g() { g(1); }", "g(2)"]);
  });

  it("works in a cell that is one object", () => {
    expect(renamed(["const |n = 1;", "{ n, m: n }"], "k")).toEqual(["const k = 1;", "{ n: k, m: k }"]);
  });

  it("is not disturbed by a cell that does not parse", () => {
    expect(renamed(["const |n = 1;", "n + (", "n"], "k")).toEqual(["const k = 1;", "k + (", "k"]);
  });
});

describe("renaming a name of a function", () => {
  it("stays in its scope and its cell", () => {
    expect(renamed(["const n = 1;", "const f = (|n: number) => n * 2;\nn", "n"], "k")).toEqual([
      "const n = 1;",
      "const f = (k: number) => k * 2;\nn",
      "n",
    ]);
  });
});

describe("what cannot be renamed", () => {
  it.each([
    ["a global", ["|Math.max(1)"], "Other", /^rename: a name must be defined in a cell to have another, but got Math,/],
    ["a name of a module", ['let rows: import("../src/rows.ts").|Row[];'], "Line", /but got Row, which none defines/],
    ["a member", ["const o = { a: 1 };", "o.|a"], "b", /but got a, a member of something/],
    ["no name", ["1 +| 1"], "b", /^rename: the cursor must be in a name/],
    ["a reserved word", ["const |a = 1;"], "class", /but got "class"/],
    ["no word", ["const |a = 1;"], "two words", /but got "two words"/],
    ["nothing", ["const |a = 1;"], "", /but got ""/],
    ["a name that another cell has", ["const |a = 1;", "const b = a;"], "b", /but got b, which cell 2 has already/],
    [
      "a name that would be caught on the way",
      ["const |a = 1;", "function f(b: number) { return a + b; }"],
      "b",
      /but got b, which cell 2 has already/,
    ],
    [
      "a global that other cells use",
      ["const |a = 1;", "Math.max(1)"],
      "Math",
      /but got Math, which cell 2 has already/,
    ],
  ])("%s", (_, cells, to, message) => {
    expect(() => renamed(cells, to)).toThrow(message);
  });
});
