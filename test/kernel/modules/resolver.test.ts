import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

// One instruction set: `(func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)`.
const addition = Buffer.from(
  "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b",
  "hex",
);

const files: Record<string, string> = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      strict: true,
      paths: { "@app/*": ["./src/*"], one: ["./src/one.ts"] },
      jsx: "react-jsx",
      jsxImportSource: "tiny",
    },
  }),
  "package.json": JSON.stringify({
    name: "course",
    imports: { "#/*": "./src/*", "#deep": { node: "./src/deep.ts", default: "./src/none.ts" } },
  }),
  "src/one.ts": "export const one: number = 1;",
  "src/deep.ts": 'import { one } from "@app/one";\nexport const deep = one + 10;',
  "src/u.js": "module.exports = { n: 3, twice(x) { return 2 * x } };",
  "src/names.js": "exports.a = 1; exports.file = __filename; exports.b = require('./u').n;",
  "src/es.js": "import u from './u.js';\nexport const e = u.n + 1;",
  "src/common.cjs": "const { one } = require('./one.ts'); module.exports = function () { return one + 4; };",
  "src/c.cts":
    'import path = require("node:path");\nconst base: string = path.basename(__filename);\nexport = { base };',
  "src/equals.ts":
    'import fs = require("node:fs");\nimport u = require("./u.js");\nexport const there: boolean = fs.existsSync(__dirname) && u.n === 3;',
  "src/es/equals.ts": 'import fs = require("node:fs");\nexport const kind: string = typeof fs.readFileSync;',
  "src/common/package.json": '{ "type": "commonjs" }',
  "src/common/main.js":
    "const path = require('path'); module.exports = { dir: path.basename(__dirname), self: this === module.exports };",
  "src/none/index.ts": 'export * from "../one.ts";\nexport { default as u } from "../u.js";',
  "src/folder/package.json": '{ "main": "./lib/start.ts" }',
  "src/folder/lib/start.ts": "export const started = 'yes';",
  "src/view.tsx":
    'export const View = ({ name }: { name: string }) => <p title="x">Hello <b>{name}</b></p>;\nexport const fails = () => {\n  throw new Error("below JSX");\n};',
  "src/data.json": '{ "answer": 42, "list": [1, 2] }',
  "src/types.d.ts": "export interface Row { id: number }\nexport declare const ghost: number;",
  "src/circleA.cjs": "exports.early = 1; const b = require('./circleB.cjs'); exports.sum = b.seen + 1;",
  "src/circleB.cjs": "exports.seen = require('./circleA.cjs').early;",
  "src/awaits.ts": "export const later = await Promise.resolve(5);",
  "src/w.ts":
    'import { parentPort, workerData } from "node:worker_threads";\nimport { one } from "@app/one";\nconst sum: number = one + (workerData as number);\nparentPort!.postMessage(sum);',
  "notebooks/node_modules/loose/package.json": '{ "name": "loose", "version": "1.0.0", "main": "main.js" }',
  "notebooks/node_modules/loose/main.js": "exports.main = 1;",
  "notebooks/node_modules/loose/chunk.js": "module.exports = (xs, n) => [xs.slice(0, n), xs.slice(n)];",
  "notebooks/node_modules/loose/deep/index.js": "exports.inner = 9;",
  "notebooks/node_modules/@types/loose/index.d.ts": "export const main: number;",
  "notebooks/node_modules/@types/loose/chunk.d.ts":
    "declare function chunk<T>(xs: T[], n: number): T[][];\nexport = chunk;",
  "notebooks/node_modules/@types/loose/deep/index.d.ts": "export const inner: number;",
  "notebooks/node_modules/@types/ghostly/index.d.ts":
    "export const nothing: number;\nexport interface Shade { dark: boolean }",
  "notebooks/node_modules/tiny/package.json":
    '{ "name": "tiny", "version": "1.0.0", "exports": { "./jsx-runtime": { "types": "./jsx.d.ts", "default": "./jsx.js" } } }',
  "notebooks/node_modules/tiny/jsx.js":
    "const jsx = (type, { children, ...props }) => typeof type === 'function' ? type({ children, ...props }) : `<${[type, ...Object.entries(props).map(([k, v]) => `${k}=${v}`)].join(' ')}>${[children].flat().join('')}</${type}>`;\nmodule.exports = { jsx, jsxs: jsx, Fragment: ({ children }) => [children].flat().join('') };",
  "notebooks/node_modules/tiny/jsx.d.ts":
    "export namespace JSX { type Element = string; interface IntrinsicElements { [name: string]: any } interface ElementChildrenAttribute { children: {} } }\nexport function jsx(...args: any[]): string; export function jsxs(...args: any[]): string; export const Fragment: (props: { children?: any }) => string;",
};

let workspace: Workspace;
let notebook: Notebook;

beforeAll(async () => {
  workspace = makeWorkspace({});
  for (const [file, text] of Object.entries(files)) {
    const target = file.startsWith("notebooks/node_modules/tiny") ? [file, file.replace("notebooks/", "src/")] : [file];
    for (const each of target) workspace.write(each, text);
  }
  (await import("node:fs")).writeFileSync(`${workspace.root}/src/add.wasm`, addition);
  notebook = new Notebook(workspace.notebooks);
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

describe("what checks also runs", () => {
  it.each<[string, string, string]>([
    ["CommonJS by default", 'import u from "../src/u.js"; u.n + u.twice(2)', "7"],
    ["CommonJS by name", 'import { n } from "../src/u.js"; n', "3"],
    [
      "CommonJS that requires",
      'import { a, b, file } from "../src/names.js"; [a, b, file.endsWith("names.js")]',
      "[ 1, 3, true ]",
    ],
    ["an ES module that imports CommonJS", 'import { e } from "../src/es.js"; e', "4"],
    [".cjs that requires TypeScript", 'import f from "../src/common.cjs"; f()', "5"],
    [".cts", 'import c from "../src/c.cts"; c.base', "'c.cts'"],
    ["import = require in CommonJS", 'import { there } from "../src/equals.ts"; there', "true"],
    ["import = require beside export", 'import { kind } from "../src/es/equals.ts"; kind', "'function'"],
    [
      "import = require in a cell",
      'import u3 = require("../src/u.js"); import os = require("node:os"); u3.n + typeof os.cpus',
      "'3function'",
    ],
    ["type: commonjs", 'import m from "../src/common/main.js"; [m.dir, m.self]', "[ 'common', true ]"],
    ["a folder by its index", 'import { one as o2, u as u2 } from "../src/none"; o2 + u2.n', "4"],
    ["a folder by its package.json", 'import { started } from "../src/folder"; started', "'yes'"],
    ["paths", 'import { one as o3 } from "@app/one"; import { one as o4 } from "one"; o3 + o4', "2"],
    ["paths inside a module", 'import { deep } from "../src/deep.ts"; deep', "11"],
    [
      "imports of package.json",
      'import { one as o5 } from "#/one.ts"; import { deep as d5 } from "#deep"; o5 + d5',
      "12",
    ],
    [
      "a subpath of a package without an exports map",
      'import chunk from "loose/chunk"; chunk([1, 2, 3], 1)',
      "[ [ 1 ], [ 2, 3 ] ]",
    ],
    ["a folder of a package", 'import { inner } from "loose/deep"; inner', "9"],
    [".tsx", 'import { View } from "../src/view.tsx"; View({ name: "you" })', "'<p title=x>Hello <b>you</b></p>'"],
    [
      "JSON",
      'import data from "../src/data.json"; import { answer } from "../src/data.json" with { type: "json" }; data.list.length + answer',
      "44",
    ],
    [".wasm", 'import { add } from "../src/add.wasm"; add(2, 3)', "5"],
    [
      "require of TypeScript",
      'const { one: o6 } = require("../src/one.ts"); const { deep: d6 } = require("../src/deep"); o6 + d6',
      "12",
    ],
    [
      "createRequire",
      'import { createRequire } from "node:module"; createRequire(import.meta.url)("../src/one.ts").one',
      "1",
    ],
    [
      "computed names",
      'const which = "one"; (await import(`../src/${which}.ts`)).one + (await import(`@app/${which}`)).one',
      "2",
    ],
    ["a computed name with a query", "(await import(`../src/one.ts?${Date.now()}`)).one", "1"],
    ["a file: address", 'const url = new URL("../src/one.ts", import.meta.url); (await import(url.href)).one', "1"],
    [
      "import.meta.resolve",
      'import.meta.resolve("@app/one").endsWith("/src/one.ts") && import.meta.resolve("node:fs")',
      "'node:fs'",
    ],
    ["a circle of CommonJS", 'import circle from "../src/circleA.cjs"; circle.sum', "2"],
    [
      "node's own, with and without node:",
      'import fs from "fs"; import { sep } from "node:path"; typeof fs.readFileSync + sep',
      "'function/'",
    ],
    [
      "types only",
      'import { Row } from "../src/types"; import { type Shade } from "ghostly"; const row: Row = { id: 3 }; row.id',
      "3",
    ],
    [
      "a worker in TypeScript",
      'import { Worker } from "node:worker_threads"; const worker = new Worker(new URL("../src/w.ts", import.meta.url), { workerData: 6 }); await new Promise((yes, no) => worker.on("message", yes).on("error", no))',
      "7",
    ],
  ])("%s", async (_, source, value) => expect(await notebook.value(source)).toBe(value));
});

it("runs edited CommonJS and aliased modules again", async () => {
  const source =
    'import u9 from "../src/u.js"; import { b as b9 } from "../src/names.js"; import { one as o9 } from "@app/one"; const r9 = require("../src/u.js"); [u9.n, b9, o9, r9.n]';
  expect(await notebook.value(source)).toBe("[ 3, 3, 1, 3 ]");
  workspace.write("src/u.js", "module.exports = { n: 30, twice: x => x };");
  workspace.write("src/one.ts", "export const one: number = 100;");
  expect(await notebook.value(source)).toBe("[ 30, 30, 100, 30 ]");
  workspace.write("src/u.js", files["src/u.js"] as string);
  workspace.write("src/one.ts", 'export const one = "text";');
  expect((await notebook.error('import { one as o9 } from "@app/one"; const n9: number = o9;')).message).toContain(
    "'string'",
  );
  workspace.write("src/one.ts", files["src/one.ts"] as string);
});

it("points into a module with JSX", async () => {
  const { thrownAt } = await notebook.error('import { fails } from "../src/view.tsx"; fails()');
  expect(thrownAt).toMatchObject({ line: 3, column: 9 });
});

describe("what does not run is refused", () => {
  it.each<[string, string]>([
    ['import { ghost } from "../src/types"; ghost', "has types only"],
    ['import { nothing } from "ghostly"; nothing', "npm install ghostly"],
    ['import ms from "npm:ms"', 'npm install ms, and import from "ms"'],
    ['import { x } from "jsr:@std/path"', "npx jsr add @std/path"],
    ['import x from "https://esm.sh/lodash"', "npm install"],
    ['const m = await import("npm:ms@2.0.0")', 'npm install ms@2.0.0, and import from "ms"'],
    ["Deno.readTextFileSync('a')", "node:fs"],
    ["Deno.env.get('HOME')", "process.env"],
    ["Bun.file('a')", "run on Node"],
    ["!ls -l", "execSync"],
    ["!pip install x", "execSync"],
    ["%timeit 1 + 1", "IPython"],
    ["%%html\n<b>x</b>", "IPython"],
    ['import { y } from "../src/absent.ts"', "absent"],
  ])("%s", async (source, advice) => {
    const error = await notebook.error(source);
    expect(error.kind).toMatch(/type|syntax/);
    expect(error.message).toContain(advice);
    expect(error.message).not.toContain("\n");
  });

  it.each([
    ['await import("x".repeat(1e7))', "but got one of 10,000,000 characters; write text to a file"],
    ['await import("../src/" + "x".repeat(1e4))', "but got one of 10,007 characters"],
  ])("as soon as it is too long for a path: %s", async (source, advice) => {
    expect((await notebook.error(source)).message).toContain(advice);
    expect(await notebook.value('(await import(`data:text/javascript,${"/".repeat(5000)}`), 1)')).toBe("1");
  });

  it("says that a required module may not wait", async () => {
    expect((await notebook.error('require("../src/awaits.ts")')).message).toContain("use await import(…)");
    expect(await notebook.value('(await import("../src/awaits.ts")).later')).toBe("5");
  });
});
