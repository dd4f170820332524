import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bindModule } from "../../../src/kernel/check/internals.ts";
import { formatOf } from "../../../src/kernel/modules/format.ts";
import { makeWorkspace, type Workspace } from "../support.ts";

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace({
    "package.json": "{}",
    "es/package.json": '{ "type": "module" }',
    "common/package.json": '{ "type": "commonjs" }',
    "broken/package.json": "{",
  });
});
afterAll(() => workspace.remove());

const format = (text: string, file = "a.ts") =>
  formatOf(bindModule(`${workspace.root}/${file}`, text, { parents: true }));

describe("a local file", () => {
  it.each<[string, string]>([
    ["a.cjs", "commonjs"],
    ["a.cts", "commonjs"],
    ["a.mjs", "module"],
    ["a.mts", "module"],
  ])("is what its extension says: %s", (file, expected) => {
    for (const text of ["module.exports = 1", "import.meta.url", "1"]) expect(format(text, file)).toBe(expected);
    expect(format("module.exports = 1", `${file}x.ts`)).toBe("commonjs");
    expect(format("1", `acjs.ts`)).toBe("module");
  });

  it.each([
    "import 'a'; module.exports = 1",
    "import type { A } from 'a'; require('b')",
    "export {}; exports.a = 1",
    "export const a = require('b')",
    "export default 1; require('b')",
    "export * from 'a'; require('b')",
    "await 1; require('b')",
    "for await (const a of []) require('b')",
    "if (a) { await require('b') }",
    "const u = import.meta.url; require('b')",
    "function f() { return import.meta.url } require('b')",
    "1",
    "const require = 1; require",
    "const module = {}; module.exports",
    "function f(exports) { return exports }",
    "let a: module",
    "const o = { require: 1, exports: 2 }; o.require",
    "// require('a')",
  ])("is an ES module by its text: %s", text => expect(format(text)).toBe("module"));

  it.each([
    "module.exports = 1",
    "exports.a = 1",
    "const a = require('a')",
    "console.log(__filename)",
    "console.log(__dirname)",
    "import a = require('a')",
    "const a = 1; export = a",
    "async function f() { await 1 } require('a')",
    "const f = async () => { for await (const a of []) a }; require('a')",
    "class A { async m() { await 1 } } require('a')",
    "for (const a of []) require('a')",
    "function f(require) { return require } require('a')",
    "new.target; require('a')",
  ])("is CommonJS by its text: %s", text => expect(format(text)).toBe("commonjs"));

  it("is CommonJS in JavaScript too, where the binder knows module and exports", () => {
    for (const text of ["module.exports = 1", "exports.a = 1"]) expect(format(text, "a.js")).toBe("commonjs");
    expect(format("const exports = {}; exports.a = 1", "a.js")).toBe("module");
  });

  it("is what its package says, where its text leaves that open", () => {
    const text = "const a = require('a')";
    expect([format(text, "es/a.ts"), format(text, "es/deep/a.js"), format(text, "common/a.ts")]).toEqual([
      ...["module", "module", "commonjs"],
    ]);
    expect([format("1", "common/a.ts"), format("export {}", "common/a.ts"), format(text, "broken/a.ts")]).toEqual([
      ...["module", "module", "commonjs"],
    ]);
    expect([format("import a = require('a')", "es/a.ts"), format("const a = 1; export = a", "es/a.ts")]).toEqual([
      ...["commonjs", "commonjs"],
    ]);
  });
});
