import ts from "typescript";
import { describe, expect, it } from "vitest";
import { completenessOf } from "../../../src/kernel/check/editing/completeness.ts";
import { cells } from "./cells.ts";

const table: Record<string, string[]> = {
  complete: [
    "",
    "1 + 1",
    "const a = [1, 2, 3];",
    "function f() { return 1 }",
    "`a ${1} b`",
    "for (;;) {}",
    "await Promise.resolve()",
    "// just a comment",
    "/* closed */",
    "declare function f(): void",
    "class A {}\n",
    "a\n.b()",
    "x => x",
    "type A = { a: 1 }",
    "if (a) b(); else c()",
    "(1 + 2) // 😀",
    "const a = 1",
    "let x",
    "declare const a: number",
    "const re = /a[/]b/g",
    "const x = <number>(<any>3)",
  ],
  incomplete: [
    "function f() {",
    "function f()",
    "if (a) {",
    "if (a)",
    "const a = ",
    "const a = [1, 2,",
    "f(1,",
    "`a ${1} b",
    "`a ${",
    "/* open",
    "a.",
    "1 +",
    "class A {\n  x = 1;",
    "x =>",
    "for (const a of b) {\n  c();",
    "import { a } from",
    "type A = {",
    "const s = `line one\nline two",
    "switch (a) { case 1:",
    "f({ a: 1, // 😀",
    "try { a() }",
    "import",
    "export",
    "const",
    "[1].map(async n",
    "let",
    "const a",
    "const s = `a${b",
    "let x = <div>",
    "/** open",
  ],
  invalid: [
    "f(]",
    "const = 1",
    '"open',
    "1 2",
    "}",
    "a b c {",
    "/open",
    "const a b",
    "f(async 1",
    "let =",
    "let = 5",
    "var =",
    "let , a",
    "let let = 1",
    "let =\n",
    "const re = /a",
    "1 = = 2",
    "yield = 3",
    "\n\n\n    1 2",
  ],
};

describe.each(Object.entries(table))("%s", (status, sources) => {
  it.each(sources)("%j", source => expect(completenessOf(source).status).toBe(status));
});

describe.each(cells.map((cell, index) => [index, cell] as const))("cell %i of a notebook", (_, cell) => {
  it("is complete, and at no word before its end invalid", () => {
    expect(completenessOf(cell).status).toBe("complete");
    const invalid = wordEnds(cell)
      .flatMap(end => [cell.slice(0, end), `${cell.slice(0, end)}\n`, `${cell.slice(0, end)} // so far`])
      .filter(start => completenessOf(start).status === "invalid");
    expect(invalid).toEqual([]);
  });

  it.each([")", "]", "}"])("is invalid with one %s too many, whatever follows", bracket => {
    expect(completenessOf(`${cell}\n${bracket}`).status).toBe("invalid");
    expect(completenessOf(`${cell}\n${bracket}\nf(`).status).toBe("invalid");
  });
});

/** Where words, numbers, signs and whole strings end. */
function wordEnds(source: string): number[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): number[] => {
    const children = node.getChildren(file);
    if (children.length > 0) return children.flatMap(visit);
    return node.end > node.getStart(file) ? [node.end] : [];
  };
  return visit(file);
}

it.each([
  ["if (a) {", "  "],
  ["  f(", "    "],
  ["class A {\n  m() {\n    return 1;", "    "],
  ["const a =", ""],
  ["x =>", "  "],
  ["  f(1,", "  "],
  ["export function f()", ""],
])("continues %j with the indent %j", (source, indent) => {
  expect(completenessOf(source)).toEqual({ status: "incomplete", indent });
});
