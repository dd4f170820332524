import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LocalChecker } from "../../../src/kernel/index.ts";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

const workspaces: Workspace[] = [];
let workspace: Workspace;
let plain: LocalChecker;
let id = 0;
beforeAll(() => {
  plain = new LocalChecker(open().notebooks);
});
afterAll(() => {
  for (const each of workspaces) each.remove();
});

function open(files: Record<string, string> = {}): Workspace {
  workspace = makeWorkspace(files);
  workspaces.push(workspace);
  return workspace;
}

/** Codes of the errors in one cell, and the warnings, under a tsconfig. */
async function checkWith(files: Record<string, string>, source: string) {
  return check(new LocalChecker(open(files).notebooks), source);
}

async function check(checker: LocalChecker, source: string) {
  const { problems, warnings } = await checker.check({ id: ++id, cell: id, source });
  return { codes: problems.map(each => each.code), messages: problems.map(each => each.message), warnings };
}

const config = (compilerOptions: object) => ({ "tsconfig.json": JSON.stringify({ compilerOptions }) });
const item = "const list = [1, 2]; list[0].toFixed();";

describe("strictness", () => {
  it("is strict without unchecked indices where no tsconfig says otherwise", async () => {
    expect((await checkWith({}, `${item} let a: string = null;`)).codes).toEqual([2322]);
  });

  it.each<[string, object, string, number[]]>([
    ["noUncheckedIndexedAccess", { noUncheckedIndexedAccess: true }, item, [2532]],
    [
      "exactOptionalPropertyTypes",
      { exactOptionalPropertyTypes: true },
      "const o: { a?: 1 } = { a: undefined };",
      [2375],
    ],
    ["strict off", { strict: false }, "function f(x) { return x; } let a: string = null; f(a);", []],
    ["strictNullChecks off", { strictNullChecks: false }, "let a: string = null; function f(x) {}", [7006]],
    ["allowUnreachableCode", { allowUnreachableCode: false }, "function f() { return 1; f(); }", [7027]],
    ["not noUnusedLocals", { noUnusedLocals: true }, "import fs from 'node:fs'; const a = 1;", []],
    ["lib", { lib: ["ES2015"] }, "document;", [2584]],
    ["types keep node's", { types: [] }, "process.cwd();", []],
    [
      "module, target and verbatimModuleSyntax stay ours",
      { module: "commonjs", target: "ES2015", verbatimModuleSyntax: true },
      'import { Feature } from "geojson"; await 1; const f: Feature | undefined = undefined;',
      [],
    ],
  ])("%s", async (_, options, source, codes) => {
    expect((await checkWith(config(options), source)).codes).toEqual(codes);
  });

  it("follows extends, and the nearest file", async () => {
    const files = {
      "base.json": JSON.stringify({ compilerOptions: { noUncheckedIndexedAccess: true } }),
      "tsconfig.json": JSON.stringify({ compilerOptions: { strict: false } }),
      "notebooks/tsconfig.json": '{ // comment\n "extends": "../base.json" }',
    };
    expect((await checkWith(files, item)).codes).toEqual([2532]);
  });

  it.each([
    '{ "compilerOptions": { "strict": ',
    '{ "extends": "./nowhere.json" }',
    '{ "compilerOptions": { "strict": 7 } }',
  ])("warns once of %s and uses the defaults", async text => {
    const { codes, warnings } = await checkWith({ "tsconfig.json": text }, item);
    expect(codes).toEqual([]);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^tsconfig: .*tsconfig\.json must be .*, but got: .*; cells are checked/);
  });
});

describe("pragmas", () => {
  it.each<[string, number[]]>([
    ["// @ts-nocheck\nconst a: string = 1;", []],
    ["// first\n// @ts-nocheck\nconst a: string = 1;", []],
    ["const a: string = 1; // @ts-nocheck", [2322]],
    ["// @ts-nocheck\nconst a = ;", [1109]],
    ["// @ts-ignore\nconst a: string = 1;", []],
    ["// @ts-ignore because\n// of this\n\nconst a: string = 1;", []],
    ["// @ts-ignore\nconst a = 1;\nconst b: string = 1;", [2322]],
    ["// @ts-expect-error\nconst a: string = 1;", []],
    ["// @ts-expect-error\nconst a: string = 's';", [2578]],
    ['const fs = require("node:fs"); fs.existsSync("a");', []],
  ])("%j has errors %j", async (source, codes) => {
    expect((await check(plain, source)).codes).toEqual(codes);
  });

  it("an unchecked cell still gives its names and types to later cells", async () => {
    open();
    const notebook = new Notebook(workspace.notebooks);
    expect(await notebook.value("// @ts-nocheck\nconst a: string = 1; interface Row { x: number } a")).toBe("1");
    expect((await notebook.error("const b: number = a;")).diagnostics?.[0]?.code).toBe(2322);
    expect(await notebook.value("const r: Row = { x: 2 }; r.x")).toBe("2");
    notebook.engine.dispose();
  });
});

describe("augmentations", () => {
  it("are seen by later cells, and replaced when they are run again", async () => {
    open();
    const notebook = new Notebook(workspace.notebooks);
    const declared = (type: string) => `declare global { var lecternCounter: ${type} }\n`;
    expect(await notebook.value(`${declared("number")}globalThis.lecternCounter = 4; lecternCounter + 1`)).toBe("5");
    expect(await notebook.value("lecternCounter * 2")).toBe("8");
    expect((await notebook.error("lecternCounter.length")).diagnostics?.[0]?.code).toBe(2339);
    expect(await notebook.value(`${declared("string")}globalThis.lecternCounter = "ab"; 0`)).toBe("0");
    expect(await notebook.value("lecternCounter.length")).toBe("2");
    notebook.engine.dispose();
  });

  it("add to packages, and say when the package is not there", async () => {
    open();
    const checker = new LocalChecker(workspace.notebooks);
    const check = async (id: number, source: string) => {
      const { problems } = await checker.check({ id, cell: id, source });
      await checker.commit({ id, finished: [0, 1] });
      return problems.map(each => each.message);
    };
    const augmented = 'import type {} from "geojson"; declare module "geojson" { interface Point { height: number } }';
    expect(await check(1, augmented)).toEqual([]);
    expect(await check(2, 'import type { Point } from "geojson"; const h = (p: Point): number => p.height;')).toEqual(
      [],
    );
    expect(await check(3, 'declare module "nowhere" { const a: number }')).toEqual([
      expect.stringContaining("module 'nowhere' cannot be found"),
    ]);
  });
});

describe("suggestions", () => {
  it.each([
    ["tf.ones([2])", 'Add: import * as tf from "@tensorflow/tfjs";'],
    ["readFileSync('a')", 'Add: import { readFileSync } from "node:fs";'],
    ["math.sqrt(2)", 'Add: import * as math from "mathjs";'],
    ["const value = 1; valeu", "Did you mean 'value'?"],
    ["'a'.toUppercase()", "Did you mean 'toUpperCase'?"],
  ])("%s: %s", async (source, suggestion) => {
    expect((await check(plain, source)).messages[0]).toContain(suggestion);
  });

  it("guess a name of an earlier cell, as often as one is misspelt", async () => {
    await check(plain, "const learningRate = 0.1;");
    await plain.commit({ id, finished: [0] });
    for (let time = 0; time < 15; time++) {
      const { messages } = await check(plain, `const half = lerningRate / 2; nothingLikeIt${time};`);
      expect(messages[0]).toBe("Cannot find name 'lerningRate'. Did you mean 'learningRate'?");
    }
  });

  it("names the cell that would have declared a name", async () => {
    open();
    const notebook = new Notebook(workspace.notebooks);
    await notebook.error("const total: number = 'x';");
    expect((await notebook.error("total")).message).toBe(
      "Cannot find name 'total'. Cell 1 declares it, but did not run.",
    );
    await notebook.run("const total = 1;");
    expect(await notebook.value("total")).toBe("1");
    notebook.engine.dispose();
  });

  it("speaks of notebook types by their names", async () => {
    open();
    const notebook = new Notebook(workspace.notebooks);
    await notebook.run("class Box { a = 1 } const box = new Box();");
    await notebook.run("class Box { b = 'x' }");
    expect((await notebook.error("const other: Box = box;")).message).not.toContain("__cell");
    notebook.engine.dispose();
  });
});
