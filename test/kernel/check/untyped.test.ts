import ts from "typescript";
import { expect, it } from "vitest";
import { untyped } from "../../../src/kernel/check/process/untyped.ts";
import { parseCell } from "../../../src/kernel/transform/parse.ts";
import { cells } from "./cells.ts";

const odd = [
  "function f(a: number): number;\nfunction f(a: string): string;\nfunction f(a: any) { return a; }",
  "export const [a, { b, ...c }] = x, d = 1;\nlet e;",
  "declare global { var counter: number }\ndeclare const g: number;",
  "enum Mode { On }\ninterface Box<T> { value: T }\nclass Box2<T> extends Array<T> {}\nif (Mode) { let inner = 1; }",
  'import type { A } from "a"; import b, * as c from "b"; import "d";',
];

it.each([...cells, ...odd])("keeps statements and names of %j", source => {
  const cell = parseCell(source);
  const copy = parseCell(untyped(cell));
  const named = ({ declarations }: typeof cell) =>
    declarations.filter(each => each.kind !== "ambient").map(({ name, statement }) => `${statement} ${name}`);
  expect(copy.file.statements).toHaveLength(cell.file.statements.length);
  expect(named(copy)).toEqual(named(cell));
  expect(ts.transpileModule(copy.source, { reportDiagnostics: true }).diagnostics).toEqual([]);
});
