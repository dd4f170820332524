import { describe, expect, it } from "vitest";
import { type Declaration, parseCell } from "../../../src/kernel/transform/parse.ts";
import { lineStarts, positionAt } from "../../../src/kernel/transform/positions.ts";
import { freshPrefix, valuesUsed } from "../../../src/kernel/transform/references.ts";
import { mapped, stripTypes } from "../../../src/kernel/transform/strip.ts";

describe("the declarations of a cell", () => {
  const kinds = (source: string) => parseCell(source).declarations.map(({ name, kind }) => `${kind} ${name}`);

  it.each<[string, string[]]>([
    [
      "const a = 1, { b, c: [d, , ...e] } = x; let f; var g",
      ["const a", "const b", "const d", "const e", "let f", "let g"],
    ],
    ["using a = x; await using b = y", ["const a", "const b"]],
    ["function f() {} class C {} enum E {} const enum F {}", ["const f", "const C", "const E", "const F"]],
    [
      "interface I {} type T = 1; namespace N { export type X = 1 } namespace V { export const x = 1 }",
      ["type I", "type T", "type N", "const V"],
    ],
    [
      "declare const a: 1; declare function f(): void; declare class C {} declare namespace N { const x: 1 }",
      ["ambient a", "ambient f", "ambient C", "ambient N"],
    ],
    ['declare module "m" {}', []],
    [
      "if (x) { var a = 1; let b } for (var i of x) { for (var j = 0, a; ;) {} } try { var t } catch { var u }",
      ["let a", "let i", "let j", "let a", "let t", "let u"],
    ],
    ["f(function () { var a }); if (1) { class A { m() { var b } } function g() { var c } }", []],
    ["for (let i = 0; ;) {} { const b = 1 } label: x", []],
  ])("%s", (source, expected) => expect(kinds(source)).toEqual(expected));

  it("of an import bring one name each", () => {
    const source =
      'import d, { a, b as c, type T } from "m" with { type: "json" }\nimport * as all from "n"; import type U, { type V } from "o"; import "p"';
    const from = 'from "m" with { type: "json" };';
    expect(parseCell(source).declarations).toStrictEqual<Declaration[]>(
      (
        [
          ["d", `import d ${from}`, 0],
          ["a", `import { a } ${from}`, 0],
          ["c", `import { b as c } ${from}`, 0],
          ["T", `import { type T } ${from}`, 0, true],
          ["all", 'import * as all from "n";', 1],
          ["U", 'import type U from "o";', 2, true],
          ["V", 'import type { type V } from "o";', 2, true],
        ] as const
      ).map(([name, importText, statement, typeOnly]) => ({
        ...{ name, kind: "import", importText },
        ...(typeOnly ? { typeOnly } : {}),
        ...{ statement, exported: false },
      })),
    );
  });

  it("of an import by assignment bring the module, or a constant", () => {
    const source =
      'import x = require("m"); import type y = require("m"); import z = N.a; export import w = N.b; import type t = N.T';
    expect(parseCell(source).declarations).toEqual([
      { name: "x", kind: "import", importText: 'import x = require("m");', statement: 0, exported: false },
      {
        name: "y",
        kind: "import",
        importText: 'import type y = require("m");',
        typeOnly: true,
        statement: 1,
        exported: false,
      },
      { name: "z", kind: "const", statement: 2, exported: false },
      { name: "w", kind: "const", statement: 3, exported: true },
      { name: "t", kind: "const", typeOnly: true, statement: 4, exported: false },
    ]);
  });

  it("say whether the cell exports them", () => {
    const { declarations } = parseCell(
      "export const a = 1; const b = 2; export declare const c: 1; export default class D {}",
    );
    expect(declarations.map(({ name, exported }) => [name, exported])).toEqual([
      ["a", true],
      ["b", false],
      ["c", true],
      ["D", true],
    ]);
  });

  it("know their parents", () => {
    const { file } = parseCell("const a = 1");
    expect(file.statements[0]?.parent).toBe(file);
  });
});

describe("names", () => {
  it("of ours start like none of the text", () => {
    expect(freshPrefix(["a", "b$"])).toBe("$");
    expect(freshPrefix(["$"])).toBe("$_");
    expect(freshPrefix(["$a", "$_b", "$__"])).toBe("$___");
  });

  it("are used as values by code, by exports and by aliases that are used", () => {
    const used = (text: string) => [...valuesUsed(parseCell(text).file)].sort();
    expect(
      used("a; b.c; let d: E; export { f, g as h }; export { i } from 'm'; export type { j }; export * from 'n'"),
    ).toEqual([...["a", "b", "f", "g"]]);
    expect(used("import A = N.y; import B = A.x; import C = M.z; B")).toEqual(["A", "B", "N"]);
    expect(used("export import A = N.y; import B = M.y; export import type C = O.y")).toEqual(["N"]);
    expect(used("import type A = N.y; A")).toEqual(["A"]);
    expect(used("export default a")).toEqual(["a"]);
  });
});

describe("positions", () => {
  it("count lines and columns from one", () => {
    const starts = lineStarts("ab\n\ncd\n");
    expect(starts).toEqual([0, 3, 4, 7]);
    const places = [0, 2, 3, 4, 6, 7].map(offset => positionAt(starts, offset));
    expect(places.map(({ line, column }) => [line, column])).toEqual([
      ...[
        [1, 1],
        [1, 3],
        [2, 1],
        [3, 1],
        [3, 3],
        [4, 1],
      ],
    ]);
    expect(positionAt(lineStarts(""), 0)).toEqual({ line: 1, column: 1 });
  });
});

describe("code without types", () => {
  const plain = (text: string) => ({ text, sourceOffset: (offset: number) => offset });
  const decorated = "(function () { class A { @d v: number = 1 } })";

  it("is an expression, with or without a semicolon", () => {
    for (const compiler of [false, true]) {
      const { javascript } = stripTypes(plain("(1 as number);"), "(1 as number);", compiler);
      expect(javascript.trim()).toMatch(/^("use strict";\n)?\(?1\)?$/);
      expect(javascript).not.toContain("sourceMappingURL");
    }
  });

  it("keeps the way back to its source, never beyond that", () => {
    const source = "(a as any)\n  .b";
    for (const compiler of [false, true]) {
      const { javascript, sourcePosition } = stripTypes(plain(source), source, compiler);
      const { line, column } = positionAt(lineStarts(javascript), javascript.indexOf("b"));
      expect(sourcePosition(line, column)).toEqual({ line: 2, column: 4 });
      expect(sourcePosition(99, 1)).toBeUndefined();
    }
    const beyond = stripTypes({ text: source, sourceOffset: offset => offset + 100 }, source, false);
    expect(beyond.sourcePosition(1, 1)).toEqual({ line: 2, column: 5 });
  });

  it("has the decorators of its project", () => {
    const code = (options: object) => stripTypes(plain(decorated), decorated, true, options).javascript;
    expect(code({})).toContain("__esDecorate");
    expect(code({ experimentalDecorators: true })).toContain("__decorate(");
    expect(code({ experimentalDecorators: true })).not.toContain("design:type");
    expect(code({ experimentalDecorators: true, emitDecoratorMetadata: true })).toContain("design:type");
    expect(code({ emitDecoratorMetadata: true })).not.toContain("design:type");
  });

  it("is found by a source map, in whichever form", () => {
    const map = { version: 3 as const, names: [], sources: ["a"], mappings: "AAAA;AACE" };
    for (const each of [map, JSON.stringify(map)]) {
      expect([mapped(each)(1, 1), mapped(each)(2, 1), mapped(each)(3, 1)]).toEqual([
        { line: 1, column: 1 },
        { line: 2, column: 3 },
        undefined,
      ]);
    }
  });
});
