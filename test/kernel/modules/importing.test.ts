import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compilerOptions } from "../../../src/kernel/check/internals.ts";
import { installExtensions } from "../../../src/kernel/modules/extensions.ts";
import { metaOf } from "../../../src/kernel/modules/meta.ts";
import { notebookModules } from "../../../src/kernel/modules/notebookModules.ts";
import { Resolver } from "../../../src/kernel/modules/resolve.ts";
import { ModuleRunner } from "../../../src/kernel/modules/runner.ts";
import { workerModules } from "../../../src/kernel/modules/workers.ts";
import { makeWorkspace, type Workspace } from "../support.ts";

type Names = Record<string, unknown>;

let workspace: Workspace;
let runner: ModuleRunner;
const own = { own: 1 };
beforeEach(() => {
  workspace = makeWorkspace();
  runner = new ModuleRunner(new Map([["house", own]]), new Resolver(compilerOptions));
});
afterEach(() => workspace.remove());

const write = (files: Record<string, string>) => {
  for (const [file, text] of Object.entries(files)) workspace.write(`notebooks/${file}`, text);
};
const load = (specifier: string | URL, options?: ImportCallOptions) =>
  runner.importForCell(workspace.notebooks, specifier, options) as Promise<Names>;
const at = (file: string) => path.join(workspace.notebooks, file);
/** Counts the runs of modules that say `ran("name")`. */
const runs = (...names: string[]) => {
  const counts: Record<string, number> = Object.fromEntries(names.map(name => [name, 0]));
  Object.assign(globalThis, { ran: (name: string) => (counts[name] = (counts[name] ?? 0) + 1) });
  return counts;
};

describe("an import", () => {
  it("is answered by the kernel, by node, or from the user's files", async () => {
    write({ "a.ts": "export const a: number = 1;", "b.js": "exports.b = 2;", "c.json": '\uFEFF{ "c": 3 }' });
    expect(await load("house")).toBe(own);
    expect((await load("node:path")).default).toBe(path);
    expect((await load("path")).default).toBe(path);
    expect((await load("./a.ts")).a).toBe(1);
    expect((await load(pathToFileURL(at("a.ts")))).a).toBe(1);
    expect(await load("./b.js")).toMatchObject({ b: 2, default: { b: 2 } });
    write({ "d.json": '{ "d": "a\uFEFFb" }' });
    expect((await load("./d.json")).d).toBe("a\uFEFFb");
    expect(await load("./c.json", { with: { type: "json" } })).toMatchObject({ c: 3, default: { c: 3 } });
    expect(Object.prototype.toString.call(await load("./a.ts"))).toBe("[object Module]");
    expect((await load("data:text/javascript,export const d = 4")).d).toBe(4);
  });

  it("is of a package as node has it, or as TypeScript finds it", async () => {
    write({
      "node_modules/loose/package.json": '{ "name": "loose", "main": "main.js" }',
      "node_modules/loose/main.js":
        "exports[`ma${'in'}`] = 1; exports.default = 5; Object.defineProperty(exports, '__esModule', { value: true });",
      "node_modules/loose/part.js": "module.exports = 2;",
      "node_modules/loose/deep/index.js": "exports[`in${'ner'}`] = 3;",
      "node_modules/broken/package.json": '{ "name": "broken", "main": "main.js" }',
      "node_modules/broken/main.js": "throw new RangeError('inside');",
    });
    expect(await load("loose")).toMatchObject({ main: 1, default: 5 });
    expect((await load("loose/part")).default).toBe(2);
    expect((await load("loose/deep")).inner).toBe(3);
    await expect(load("broken")).rejects.toThrow("inside");
    await expect(load("loose/none")).rejects.toMatchObject({ code: "ERR_MODULE_NOT_FOUND" });
    await expect(load("nowhere")).rejects.toMatchObject({ code: "ERR_MODULE_NOT_FOUND" });
    write({ "uses.ts": 'import all from "loose"; export const main = (all as any).main;' });
    expect((await load("./uses.ts")).main).toBe(1);
  });

  it("is of a linked package in TypeScript as of a local file", async () => {
    workspace.write("linked/package.json", '{ "name": "linked", "main": "main.ts" }');
    workspace.write("linked/main.ts", "export const linked: number = 6;");
    fs.mkdirSync(at("node_modules"), { recursive: true });
    fs.symlinkSync(path.join(workspace.root, "linked"), at("node_modules/linked"));
    expect((await load("linked")).linked).toBe(6);
  });

  it("must be a file that is there, and no text", async () => {
    await expect(load("./nowhere.ts")).rejects.toMatchObject({
      code: "ERR_MODULE_NOT_FOUND",
      message: `import: "./nowhere.ts" must be a file, but nothing is there, seen from ${workspace.notebooks}; check the path.`,
    });
    await expect(load("x".repeat(4097))).rejects.toThrow(
      "import: a specifier must be the name of a package or a path, but got one of 4,097 characters; write text to a file to import it.",
    );
    await expect(load("x".repeat(4096))).rejects.toThrow(/^(?!import: a spec)/);
    expect(await load(`data:text/javascript,${"/".repeat(5000)}`)).toBeDefined();
  });

  it("may be of what does not parse, at its place", async () => {
    write({ "broken.ts": "export const fine = 1;\nexport const = 2;", "broken.json": "{" });
    await expect(load("./broken.ts")).rejects.toThrow(
      `${at("broken.ts")}:2:14: Variable declaration expected. (TS1134)`,
    );
    await expect(load("./broken.json")).rejects.toThrow(`${at("broken.json")}:1:1: not valid JSON: `);
    write({ "broken.ts": "export const fine = 1;" });
    expect((await load("./broken.ts")).fine).toBe(1);
  });

  it("may be of WebAssembly, which may import in its turn", async () => {
    // (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
    const add = "0061736d0100000001070160027f7f017f030201000707010361646400000a09010700200020016a0b";
    fs.writeFileSync(at("add.wasm"), Buffer.from(add, "hex"));
    // (import "./seven.ts" "seven" (func (result i32))) (func (export "f") (result i32) call 0)
    const calls = `0061736d010000000105016000017f02140${"1"}0a${Buffer.from("./seven.ts").toString("hex")}05${Buffer.from("seven").toString("hex")}0000030201000705010166000${"1"}0a0601040010000b`;
    fs.writeFileSync(at("calls.wasm"), Buffer.from(calls, "hex"));
    write({ "seven.ts": "export const seven = () => 7;" });
    expect(((await load("./add.wasm")).add as (a: number, b: number) => number)(2, 3)).toBe(5);
    expect(((await load("./calls.wasm")).f as () => number)()).toBe(7);
    const required = runner.requireFor(at("x.ts"))("./calls.wasm") as { f: () => number };
    expect(required.f()).toBe(7);
  });
});

describe("a module", () => {
  it("runs once, and again when it or what it imports was edited", async () => {
    const counts = runs("a", "b", "c", "d");
    write({
      "a.ts": 'ran("a"); import { b } from "./b.ts"; export const a = () => b;',
      "b.ts": 'ran("b"); import "./c.js"; export const b = 1;',
      "c.js": 'ran("c"); exports.c = 1;',
      "d.ts": 'ran("d"); export { a } from "./a.ts";',
    });
    await load("./d.ts");
    await load("./a.ts");
    expect(counts).toEqual({ a: 1, b: 1, c: 1, d: 1 });
    write({ "b.ts": 'ran("b"); import "./c.js"; export const b = 2;' });
    const { a } = (await load("./a.ts")) as { a: () => number };
    expect([a(), counts]).toEqual([2, { a: 2, b: 2, c: 1, d: 1 }]);
    expect(((await load("./d.ts")) as { a: () => number }).a()).toBe(2);
    write({ "c.js": 'ran("c"); exports.c = 2;' });
    await load("./d.ts");
    expect(counts).toEqual({ a: 3, b: 3, c: 2, d: 3 });
  });

  it("that is gone is missed by the next import of what imports it", async () => {
    write({ "a.ts": 'import { b } from "./b.ts"; export const a = b;', "b.ts": "export const b = 1;" });
    await load("./a.ts");
    fs.rmSync(at("b.ts"));
    await expect(load("./a.ts")).rejects.toThrow("nothing is there");
    write({ "b.ts": "export const b = 2;" });
    expect((await load("./a.ts")).a).toBe(2);
  });

  it("that failed is tried again", async () => {
    const counts = runs("fails", "common");
    write({ "a.ts": 'ran("fails"); throw new Error("first");', "b.cjs": 'ran("common"); throw new Error("second");' });
    for (let time = 0; time < 2; time++) {
      await expect(load("./a.ts")).rejects.toThrow("first");
      await expect(load("./b.cjs")).rejects.toThrow("second");
    }
    expect(counts).toEqual({ fails: 2, common: 2 });
  });

  it("waits for one that is on its way, but not in a circle", async () => {
    const counts = runs("a", "b");
    write({
      "a.ts": 'ran("a"); export let a = 0; const { b } = await import("./b.ts"); a = b + 1;',
      "b.ts": 'ran("b"); await import("./a.ts"); export const b = await Promise.resolve(1);',
    });
    const [first, second] = await Promise.all([load("./a.ts"), load("./a.ts")]);
    expect([first.a, second.a, first === second, counts]).toEqual([2, 2, true, { a: 1, b: 1 }]);
  });

  it("that was interrupted starts anew", async () => {
    const counts = runs("a");
    write({
      "a.ts": 'ran("a"); await new Promise(resolve => setTimeout(resolve, 60_000).unref());',
      "b.ts": "export let b = 1; b++;",
    });
    const { b } = await load("./b.ts");
    void load("./a.ts");
    await new Promise(resolve => setTimeout(resolve, 1));
    runner.forgetUnfinished();
    void load("./a.ts");
    await new Promise(resolve => setTimeout(resolve, 1));
    expect([counts, b, (await load("./b.ts")).b]).toEqual([{ a: 2 }, 2, 2]);
  });

  it("says which of its names change", async () => {
    write({ "a.ts": "export let a = 1; export const b = 2;", "c.js": "exports.c = 1" });
    expect(runner.changingNames(await load("./a.ts"))).toEqual(["a"]);
    expect(runner.changingNames(await load("./c.js"))).toEqual([]);
    expect(runner.changingNames({})).toEqual([]);
  });
});

describe("require", () => {
  it("is of local files at once, of replacements and of node", async () => {
    write({
      "a.ts": 'import { b } from "./b.ts"; export const a = b + 1;',
      "b.ts": "export const b = 1;",
      "c.cjs":
        "module.exports = { file: __filename, dir: __dirname, self: this === exports, id: module.id, path: module.path, filename: module.filename };",
      "waits.ts": "export const w = await 1;",
      "throws.ts": "throw new SyntaxError('own')",
    });
    const require = runner.requireFor(at("cell.ts"));
    expect(require("house")).toBe(own);
    expect(require("node:path")).toBe(path);
    expect(require("./a").a).toBe(2);
    expect(require("./a.ts")).toBe(await load("./a.ts"));
    const file = at("c.cjs");
    expect(require("./c.cjs")).toEqual({
      file,
      dir: path.dirname(file),
      self: true,
      id: file,
      path: path.dirname(file),
      filename: file,
    });
    expect((await load("./c.cjs")).default).toBe(require("./c.cjs"));
    expect(() => require("./waits.ts")).toThrow(
      `require: ${at("waits.ts")} must not wait at its top, but it has an await there; use await import(…).`,
    );
    expect((await load("./waits.ts")).w).toBe(1);
    expect(() => require("./nowhere")).toThrow("Cannot find module");
    expect([require.resolve("./a"), require.resolve("typescript")]).toEqual([
      at("a.ts"),
      expect.stringMatching(/typescript\.js$/),
    ]);
    expect(require.resolve.paths("x")).toEqual(expect.arrayContaining([at("node_modules")]));
    expect(require.cache).toBe(createRequire(import.meta.url).cache);
  });

  it("of a cell looks for edits, and that of a module does not", () => {
    write({ "a.ts": "export const a = 1;" });
    const [fresh, settled] = [runner.requireFor(at("cell.ts"), { fresh: true }), runner.requireFor(at("other.ts"))];
    expect([fresh("./a").a, settled("./a").a]).toEqual([1, 1]);
    write({ "a.ts": "export const a = 2;" });
    expect([settled("./a").a, fresh("./a").a, settled("./a").a]).toEqual([1, 2, 2]);
  });

  it("of node itself loads TypeScript as long as that is installed", () => {
    write({ "a.ts": "export const a: number = 1;" });
    const require = createRequire(at("cell.ts"));
    const before = { ...require.extensions };
    const undo = installExtensions(runner);
    expect(Object.keys(require.extensions)).toEqual(expect.arrayContaining([".ts", ".tsx", ".cts", ".mts", ".jsx"]));
    expect(require("./a.ts").a).toBe(1);
    expect(require.cache[at("a.ts")]).toBeUndefined();
    undo();
    expect({ ...require.extensions }).toEqual(before);
  });
});

describe("what a file knows of itself", () => {
  it("is its place, and where others are", () => {
    write({ "a.ts": "", "node_modules/p/package.json": '{ "name": "p" }', "node_modules/p/index.js": "" });
    const meta = metaOf(at("cell.ts"), runner.resolver) as ImportMeta & { resolve(specifier: string): string };
    expect(meta).toMatchObject({
      url: pathToFileURL(at("cell.ts")).href,
      filename: at("cell.ts"),
      dirname: workspace.notebooks,
    });
    const resolved = ["fs", "node:fs", "./a", "./nowhere.ts", "p"].map(each => meta.resolve(each));
    const href = (file: string) => pathToFileURL(at(file)).href;
    expect(resolved).toEqual(["node:fs", "node:fs", href("a.ts"), href("nowhere.ts"), href("node_modules/p/index.js")]);
    expect(() => meta.resolve("nowhere")).toThrow("nowhere");
  });

  it("is for cells what node gives a module, with a require that looks for edits", () => {
    const { node, meta, runner: found } = notebookModules(at("some.ipynb"), workspace.notebooks);
    const { require, module, exports, __dirname, __filename } = node as Names;
    expect([__dirname, __filename]).toEqual([workspace.notebooks, at("some.ipynb")]);
    expect(module).toEqual({ exports: {}, id: ".", filename: at("some.ipynb") });
    expect((module as { exports: object }).exports).toBe(exports);
    expect((require as NodeJS.Require).main).toBe(module);
    expect(meta).toMatchObject({ filename: at("some.ipynb") });
    expect([...found.replacements.keys()]).toEqual(
      expect.arrayContaining(["tslab", "worker_threads", "node:worker_threads"]),
    );
    write({ "a.ts": "export const a = 1;" });
    const wanted = require as NodeJS.Require;
    expect(wanted("./a").a).toBe(1);
    write({ "a.ts": "export const a = 2;" });
    expect(wanted("./a").a).toBe(2);
  });
});

describe("a worker", () => {
  const { Worker } = workerModules.get("node:worker_threads") as typeof import("node:worker_threads");
  const said = (wanted: string | URL, options: object = {}) =>
    new Promise<unknown>((resolve, reject) => {
      const worker = new Worker(wanted as URL, { stdout: true, stderr: true, ...options });
      worker.once("message", resolve).once("error", reject);
    });

  it("is node's own for JavaScript, and for text", async () => {
    write({ "w.mjs": 'import { parentPort } from "node:worker_threads"; parentPort.postMessage("js");' });
    expect(await said(at("w.mjs"))).toBe("js");
    expect(await said(pathToFileURL(at("w.mjs")))).toBe("js");
    expect(await said('require("node:worker_threads").parentPort.postMessage("text"); // a.ts', { eval: true })).toBe(
      "text",
    );
    expect((workerModules.get("worker_threads") as { default: object }).default).toMatchObject({ Worker });
  });

  it("is a local file in TypeScript, by its address or its path", async () => {
    const ask = 'import { parentPort, workerData } from "node:worker_threads"; import { one } from "./one.ts";';
    write({
      "w.ts": `${ask} const sum: number = one + workerData; parentPort!.postMessage(sum);`,
      "one.ts": "export const one = 1;",
    });
    const byAddress = said(new URL(`${pathToFileURL(at("w.ts")).href}?again`), { workerData: 6 });
    const byPath = said(at("w.ts"), { workerData: 7 });
    expect(await Promise.all([byAddress, byPath])).toEqual([7, 8]);
  });
});
