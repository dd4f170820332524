import vm from "node:vm";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { bindModule } from "../../../src/kernel/check/internals.ts";
import { commonCode, requiredBy } from "../../../src/kernel/transform/common.ts";
import { jsxSettings, plainModule } from "../../../src/kernel/transform/jsx.ts";
import { rewriteModule } from "../../../src/kernel/transform/module.ts";
import { lineStarts, positionAt } from "../../../src/kernel/transform/positions.ts";
import { stripTypes } from "../../../src/kernel/transform/strip.ts";

/** Where a word of the code that is made of a text comes from. */
const placeOf = (code: ReturnType<typeof commonCode>, word: string) => {
  const { line, column } = positionAt(lineStarts(code.javascript), code.javascript.indexOf(word));
  return code.sourcePosition(line, column);
};

describe("the text of a CommonJS module", () => {
  const run = (file: string, text: string) => {
    const module = { exports: {} };
    const { javascript } = commonCode(file, text);
    new vm.Script(javascript).runInThisContext()(
      module.exports,
      (name: string) => ({ default: name, name }),
      module,
      file,
      "/w",
    );
    return module.exports;
  };

  it("is one function of what node gives it", () => {
    expect(
      run("/w/a.js", "#!/usr/bin/env node\nexports.a = [__filename, __dirname, require('x').name] // end"),
    ).toEqual({
      a: ["/w/a.js", "/w", "x"],
    });
    expect(run("/w/a.cjs", "module.exports = '#!kept'")).toBe("#!kept");
  });

  it("may be TypeScript, with JSX and with imports of CommonJS as ES has them", () => {
    const text = "import path = require('p'); import d from 'd'; const x: string = path.name; export = { x, d };";
    expect(run("/w/a.cts", text)).toEqual({ x: "p", d: { default: "d", name: "d" } });
    expect(commonCode("/w/a.tsx", "export const v = <b>x</b>;").javascript).toContain('React.createElement("b"');
    expect(commonCode("/w/a.cts", "export const v = 2 ** 3;").javascript).toContain("2 ** 3");
    expect(commonCode("/w/a.cts", "export const v = 1;").javascript).not.toContain("sourceMappingURL");
  });

  it("keeps the way back to its source", () => {
    const script = "const first = 1;\n  const second = 2;";
    const plain = commonCode("/w/a.js", script);
    expect([placeOf(plain, "first"), placeOf(plain, "second"), plain.sourcePosition(1, 2)]).toEqual([
      { line: 1, column: 7 },
      { line: 2, column: 9 },
      { line: 1, column: 1 },
    ]);
    const typed = commonCode("/w/a.cts", "interface A {}\nconst first: number = 1;\n  const second = first;");
    expect([placeOf(typed, "first"), placeOf(typed, "second")]).toEqual([
      { line: 2, column: 7 },
      { line: 3, column: 9 },
    ]);
  });

  it("names what it requires", () => {
    const required = (text: string) => requiredBy(bindModule("/w/a.ts", text, { parents: true }));
    expect(
      required('require("a"); function f() { return require(`b`) } import c = require ("c"); a.require("d")'),
    ).toEqual([...["a", "b", "c"]]);
    expect(required('require(x); require(); other("a"); require("b", 1)')).toEqual(["b"]);
    expect(required('import c = A.b; "require"')).toEqual([]);
  });
});

describe("a module with JSX", () => {
  const source = "import { h } from 'h';\nexport const view = (name: string) =>\n  <b title={name}>{name}</b>;\n";
  const bind = (file: string) => bindModule(file, source, { parents: true });

  it("is the same where its name says that it has none", () => {
    const file = bindModule("/w/a.ts", "export const a = 1;", { parents: true });
    const { file: same, traced } = plainModule(file, {});
    const code = { javascript: "", sourcePosition: () => undefined };
    expect([same, traced(code)]).toEqual([file, code]);
    expect(same).toBe(file);
  });

  it("becomes calls, with the way back to its source", () => {
    const { file, traced } = plainModule(bind("/w/a.tsx"), { jsxFactory: "h" });
    expect([file.fileName, file.text.includes("/* @__PURE__ */ h(")]).toEqual(["/w/a.mts", true]);
    expect(file.statements[0]?.parent).toBe(file);
    const { edited } = rewriteModule(file);
    const code = traced(stripTypes(edited, file.text, false));
    expect(placeOf(code, '"b"')).toMatchObject({ line: 3 });
    expect(code.sourcePosition(1000, 1)).toBeUndefined();
  });

  it("that does not parse is refused with its name", () => {
    const broken = bindModule("/w/a.tsx", "export const a = <b>;", { parents: true });
    expect(() => plainModule(broken, {})).toThrow(/^\/w\/a\.tsx: /);
  });

  it("is as its project has it", () => {
    const { React, ReactJSX, ReactJSXDev } = ts.JsxEmit;
    expect(jsxSettings({})).toEqual({ runtime: "classic" });
    expect(jsxSettings({ jsx: React, jsxFactory: "h", jsxFragmentFactory: "F", jsxImportSource: "x" })).toEqual({
      ...{ runtime: "classic", pragma: "h", pragmaFrag: "F" },
    });
    for (const jsx of [ReactJSX, ReactJSXDev]) {
      expect(jsxSettings({ jsx, jsxFactory: "h", jsxImportSource: "x" })).toEqual({
        runtime: "automatic",
        importSource: "x",
      });
      expect(jsxSettings({ jsx })).toStrictEqual({ runtime: "automatic" });
    }
  });
});
