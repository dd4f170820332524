import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { changeOf, inOneLine } from "./change.ts";
import { equivalent } from "./equivalent.ts";
import { equivalentAlgebra } from "./equivalentAlgebra.ts";
import { equivalentDerivation } from "./equivalentDerivation.ts";
import { equivalentTools } from "./equivalentTools.ts";

const all = [...equivalent, ...equivalentAlgebra, ...equivalentDerivation, ...equivalentTools];
const root = resolve(import.meta.dirname, "../..");

it.each(all)("$file still has `$from`", ({ file, from, to }) => {
  expect(inOneLine(readFileSync(join(root, file), "utf8"))).toContain(from);
  expect(to).not.toBe(from);
});

it("names no mutant twice", () => {
  const names = all.map(({ file, from, to }) => `${file}\n${from}\n${to}`);
  expect(new Set(names).size).toBe(names.length);
});

it("is told of a mutant by the lines that it touches", () => {
  const source = "const a = 1;\n  if (a < 2) {\n    b();\n  }\n";
  const condition = { start: { line: 1, column: 6 }, end: { line: 1, column: 11 } };
  expect(changeOf(source, { location: condition, replacement: "true" })).toEqual({
    from: "if (a < 2) {",
    to: "if (true) {",
  });
  const block = { start: { line: 1, column: 13 }, end: { line: 3, column: 3 } };
  expect(changeOf(source, { location: block, replacement: "{}" })).toEqual({
    from: "if (a < 2) { b(); }",
    to: "if (a < 2) {}",
  });
});
