import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

let workspace: Workspace;
let notebook: Notebook;

beforeAll(() => {
  workspace = makeWorkspace();
  notebook = new Notebook(workspace.notebooks);
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

it("imports with and without the extension, and a folder by its index", async () => {
  workspace.write("src/index.ts", 'export * from "./named.ts";\nexport * as everything from "./named";\n');
  workspace.write(
    "src/named.ts",
    "export const one = 1;\nexport type Two = 2;\nexport default class Three { v = 3 }\n",
  );
  for (const specifier of ["../src/index.ts", "../src/index", "../src", "../src/index.js"]) {
    expect(
      await notebook.value(
        `import { one, everything, type Two } from "${specifier}"; const t: Two = 2; one + t + new everything.default().v`,
      ),
    ).toBe("6");
  }
});

it("runs what was edited again, with all that imports it, and keeps the state of the rest", async () => {
  workspace.write("src/state.ts", "export const box = { count: 0 };\n");
  workspace.write("src/deep.ts", "export const deep = () => 1;\n");
  workspace.write(
    "src/middle.ts",
    'import { deep } from "./deep.ts";\nimport { box } from "./state.ts";\nbox.count++;\nexport const middle = () => deep() + box.count * 10;\n',
  );
  workspace.write("src/other.ts", 'export { middle as again } from "./middle.ts";\n');
  const source = 'import { middle } from "../src/middle.ts"; middle()';
  expect(await notebook.value(source)).toBe("11");
  expect(await notebook.value(source)).toBe("11");
  expect(await notebook.value('import { again } from "../src/other.ts"; again()')).toBe("11");
  workspace.write("src/deep.ts", "export const deep = () => 2;\n");
  expect(await notebook.value(source)).toBe("22");
  // By another way to the same edited file: not the old instance.
  expect(await notebook.value('import { again } from "../src/other.ts"; again()')).toBe("22");
});

it("lets closures of earlier cells call the reloaded function", async () => {
  workspace.write("src/live.ts", "export function live() { return 1; }\n");
  await notebook.run('import { live } from "../src/live.ts"; const callLive = () => live();');
  workspace.write("src/live.ts", "export function live() { return 2; }\n");
  expect(await notebook.value('import { live } from "../src/live.ts"; callLive()')).toBe("2");
});

it("takes modules that import each other", async () => {
  workspace.write(
    "src/even.ts",
    'import { odd } from "./odd.ts";\nexport function even(n: number): boolean { return n === 0 || odd(n - 1); }\nexport const limit = 10;\n',
  );
  workspace.write(
    "src/odd.ts",
    'import { even, limit } from "./even.ts";\nexport const odd = (n: number): boolean => n < limit && n !== 0 && even(n - 1);\n',
  );
  expect(await notebook.value('import { even } from "../src/even.ts"; [even(4), even(3)].join()')).toBe("'true,false'");
});

it("keeps exported bindings live", async () => {
  workspace.write("src/counter.ts", "export let count = 0;\nexport const increase = () => { count++; };\n");
  await notebook.run('import { count, increase } from "../src/counter.ts";');
  expect(await notebook.value("increase(); increase(); count")).toBe("2");
  expect(await notebook.value('const count = "mine"; count')).toBe("'mine'");
});

it("knows import.meta, dynamic import and JSON", async () => {
  workspace.write("src/data.json", '{ "answer": 42, "list": [1] }\n');
  workspace.write(
    "src/meta.ts",
    'import data from "./data.json" with { type: "json" };\nexport const dirname = import.meta.dirname;\nexport const url = import.meta.url;\nexport const lazy = () => import("./named.ts");\nexport { data };\n',
  );
  expect(
    await notebook.value(
      'import { dirname, url, lazy, data } from "../src/meta.ts"; [dirname, url, (await lazy()).one, data.answer].join("|")',
    ),
  ).toBe(`'${workspace.root}/src|file://${workspace.root}/src/meta.ts|1|42'`);
  expect(await notebook.value('import direct from "../src/data.json" with { type: "json" }; direct.list.length')).toBe(
    "1",
  );
});

it("has the same instance of a package as node itself", async () => {
  workspace.write("src/uses.ts", 'import * as random from "d3-random";\nexport { random };\n');
  const host = await import("d3-random");
  Object.assign(globalThis, { hostRandom: host.randomNormal });
  expect(
    await notebook.value(
      'import { random } from "../src/uses.ts"; import { randomNormal } from "d3-random"; [random.randomNormal === randomNormal, randomNormal === (globalThis as any).hostRandom].join()',
    ),
  ).toBe("'true,true'");
});

it("takes CommonJS, ES modules, exports maps, subpaths and top-level await of packages", async () => {
  const packages = "notebooks/node_modules";
  workspace.write(
    `${packages}/common/package.json`,
    '{ "name": "common", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }',
  );
  workspace.write(
    `${packages}/common/main.js`,
    "const hidden = { alpha: 1, beta: 2 }; module.exports = Object.assign({}, hidden);",
  );
  workspace.write(`${packages}/common/main.d.ts`, "export const alpha: number; export const beta: number;");
  workspace.write(
    `${packages}/compiled/package.json`,
    '{ "name": "compiled", "version": "1.0.0", "main": "main.js", "types": "main.d.ts" }',
  );
  workspace.write(
    `${packages}/compiled/main.js`,
    'Object.defineProperty(exports, "__esModule", { value: true }); exports.default = "own"; exports.named = 3;',
  );
  workspace.write(
    `${packages}/compiled/main.d.ts`,
    "declare const text: string; export default text; export const named: number;",
  );
  workspace.write(
    `${packages}/mapped/package.json`,
    '{ "name": "mapped", "version": "1.0.0", "type": "module", "exports": { "./sub": { "types": "./lib/sub.d.ts", "default": "./lib/sub.js" } } }',
  );
  workspace.write(`${packages}/mapped/lib/sub.js`, "export const awaited = await Promise.resolve(7);");
  workspace.write(`${packages}/mapped/lib/sub.d.ts`, "export const awaited: number;");
  workspace.write(`${packages}/untyped/package.json`, '{ "name": "untyped", "version": "1.0.0", "main": "main.js" }');
  workspace.write(`${packages}/untyped/main.js`, "exports.anything = 5;");
  expect(
    await notebook.value(
      'import { alpha, beta } from "common"; import * as common from "common"; alpha + beta + common.beta',
    ),
  ).toBe("5");
  expect(await notebook.value('import text, { named } from "compiled"; text + named')).toBe("'own3'");
  expect(await notebook.value('import { awaited } from "mapped/sub"; awaited')).toBe("7");
  expect(await notebook.value('import { anything } from "untyped"; anything')).toBe("5");
});

it("tries a module again after it failed", async () => {
  workspace.write(
    "src/fails.ts",
    "const flag = (globalThis as any).mayRun;\nif (!flag) throw new Error('not yet');\nexport const ok = true;\n",
  );
  expect((await notebook.error('import { ok } from "../src/fails.ts"; ok')).message).toBe("not yet");
  await notebook.run("(globalThis as any).mayRun = true;");
  expect(await notebook.value(`import { ok } from "../src/fails.ts"; ok`)).toBe("true");
});

it("leaves out imports of which only types are used", async () => {
  workspace.write("src/typesOnly.ts", 'throw new Error("must not run");\nexport interface Shape { n: number }\n');
  workspace.write(
    "src/useTypes.ts",
    'import { Shape } from "./typesOnly.ts";\nexport const shape: Shape = { n: 4 };\n',
  );
  expect(await notebook.value('import { shape } from "../src/useTypes.ts"; shape.n')).toBe("4");
});
