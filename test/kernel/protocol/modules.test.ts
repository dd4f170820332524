import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace();
let kernel: TestKernel;

beforeAll(async () => {
  for (const [file, text] of Object.entries(packages)) workspace.write(`notebooks/node_modules/${file}`, text);
  kernel = await TestKernel.start({ directory: workspace.notebooks });
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

const manifest = (fields: object) => JSON.stringify({ version: "1.0.0", ...fields });

const packages: Record<string, string> = {
  "esm-only/package.json": manifest({ name: "esm-only", type: "module", exports: "./main.js" }),
  "esm-only/main.js": "export const answer = 42;",
  "awaits/package.json": manifest({ name: "awaits", type: "module", main: "main.js" }),
  "awaits/main.js": "export const late = await new Promise(resolve => setTimeout(resolve, 10, 'late'));",
  "mapped/package.json": manifest({
    name: "mapped",
    exports: { ".": { import: "./es.mjs", require: "./cjs.cjs" }, "./part": "./deep/part.cjs" },
  }),
  "mapped/es.mjs": "export const way = 'import';",
  "mapped/cjs.cjs": "exports.way = 'require';",
  "mapped/deep/part.cjs": "exports.part = 'part';",
};

async function value(code: string): Promise<string | undefined> {
  const ran = await kernel.run(code);
  expect(ran.error?.traceback.join("\n")).toBeUndefined();
  return ran.value;
}

it.each(["../src/lib.ts", "../src/lib"])("imports %s", async specifier => {
  workspace.write("src/lib.ts", "export const double = (x: number) => 2 * x;\n");
  expect(await value(`import { double } from "${specifier}"; double(21)`)).toBe("42");
});

it("sees an edited module, through those that import it", async () => {
  workspace.write("src/leaf.ts", "export const leaf = () => 1;\n");
  workspace.write("src/root.ts", 'import { leaf } from "./leaf.ts";\nexport const root = () => leaf() * 10;\n');
  const source = 'import { root } from "../src/root.ts"; root()';
  expect(await value(source)).toBe("10");
  workspace.write("src/leaf.ts", "export const leaf = () => 2;\n");
  expect(await value(source)).toBe("20");
});

it("checks against the edited module too", async () => {
  workspace.write("src/typed.ts", "export const typed: number = 1;\n");
  expect(await value('import { typed } from "../src/typed.ts"; typed.toFixed(1)')).toBe("'1.0'");
  workspace.write("src/typed.ts", 'export const typed: string = "s";\n');
  const ran = await kernel.run('import { typed } from "../src/typed.ts"; typed.toFixed(1)');
  expect(ran.error?.ename).toBe("TS2551");
});

it("says where an edit made a module wrong, and does not run the cell", async () => {
  workspace.write("src/wrong.ts", "export const right = 1;\nexport const wrong: number = 2;\n");
  expect(await value('import { wrong } from "../src/wrong.ts"; wrong')).toBe("2");
  workspace.write("src/wrong.ts", 'export const right = 1;\nexport const wrong: number = "s";\n');
  const ran = await kernel.run('import { wrong } from "../src/wrong.ts"; console.log("ran");');
  expect(ran.error?.ename).toBe("TS2322");
  expect(ran.error?.traceback.join("\n")).toContain("../src/wrong.ts:2:14\u001b[0m: Type");
  expect(ran.text()).toBe("");
});

it.each([
  ["a package that is ESM only", 'import { answer } from "esm-only"; answer', "42"],
  ["a package that awaits at its top", 'import { late } from "awaits"; late', "'late'"],
  ["a package by its exports map", 'import { way } from "mapped"; way', "'import'"],
  ["a subpath of a package", 'import { part } from "mapped/part"; part', "'part'"],
])("imports %s", async (_what, code, text) => {
  expect(await value(code)).toBe(text);
});
