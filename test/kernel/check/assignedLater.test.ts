import ts from "typescript";
import { expect, it } from "vitest";
import { mayBeAssignedLater } from "../../../src/kernel/check/assignedLater.ts";
import { parseCell } from "../../../src/kernel/transform/parse.ts";

/** Whether it may be, of the last `x` in a cell. */
function ofLast(source: string, part: Partial<ts.Diagnostic> = {}): boolean {
  const prelude = 100;
  const start = source.lastIndexOf("x") + prelude;
  const category = ts.DiagnosticCategory.Error;
  const diagnostic = { category, code: 2454, start, length: 1, messageText: "", file: undefined, ...part };
  return mayBeAssignedLater(diagnostic, parseCell(source), prelude);
}

it.each<[string, boolean]>([
  ["let x: number; function f() { return x }", true],
  ["let x: number; const f = () => x", true],
  ["let x: number; const f = function () { return [1, x] }", true],
  ["let x: number; class A { m() { return x } }", true],
  ["let x: number; class A { v = x }", true],
  ["let x: number; const o = { get p() { return x } }", true],
  ["let x: number; (() => { const g = () => x; })()", true],
  ["let x: number; (function* () { x })()", true],
  ["let x: number; f(() => x)", true],
  ["let x: number; x", false],
  ["let x: number; { if (1) x }", false],
  ["let x: number; (() => x)()", false],
  ["let x: number; ((function () { return x }))()", false],
  ["let x: number; class A { static v = x }", false],
  ["function f() { let x: number; return x }", false],
  ["function f() { let x: number; { return () => x } }", false],
  ["let x: number; function f() { for (let i = 0; ;) { i + x } }", true],
])("a name that is read before it has a value may have one by then: %s", (source, may) =>
  expect(ofLast(source)).toBe(may),
);

it("is said of this problem alone, at its place", () => {
  const source = "let x: number; const f = () => x";
  expect(ofLast(source, { code: 2322 })).toBe(false);
  expect(ofLast(source, { start: undefined })).toBe(false);
  expect(ofLast(source, { start: 100 })).toBe(false);
});
