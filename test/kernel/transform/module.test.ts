import { describe, expect, it } from "vitest";
import { bindModule } from "../../../src/kernel/check/internals.ts";
import { rewriteModule } from "../../../src/kernel/transform/module.ts";
import { compile } from "../../../src/kernel/transform/scripts.ts";
import { stripTypes } from "../../../src/kernel/transform/strip.ts";

let scripts = 0;

/** Runs a module whose imports are `modules`; what it exports now, and what it asked for. */
async function evaluate(text: string, modules: Record<string, object> = {}, way: "async" | "sync" = "async") {
  const file = bindModule("/w/a.ts", text, { parents: true });
  const { edited, needsCompiler, imports, changing, names } = rewriteModule(file, way);
  const code = stripTypes(edited, text, needsCompiler);
  const body = compile<(...helpers: unknown[]) => unknown>(`/w/__module_${++scripts}.ts`, {
    origin: { file: "/w/a.ts" },
    code,
  });
  const getters: Record<string, () => unknown> = {};
  const all: unknown[] = [];
  const loads: unknown[][] = [];
  const load = (...args: unknown[]) => {
    loads.push(args);
    const module = modules[String(args[0])];
    return way === "async" ? Promise.resolve(module) : module;
  };
  const result = body(
    (given: typeof getters) => Object.assign(getters, given),
    (module: unknown) => all.push(module),
    load,
    (specifier: string) => `dynamic ${specifier}`,
    { url: "file:///w/a.ts", dirname: "/w", filename: "/w/a.ts" },
    (specifier: string) => modules[specifier] ?? `required ${specifier}`,
  );
  expect(result instanceof Promise).toBe(way === "async");
  await result;
  const exports = () => Object.fromEntries(Object.entries(getters).map(([name, get]) => [name, get()]));
  return { exports: exports(), later: exports, getters, all, loads, imports, changing, names };
}

const m = { default: "d", a: 1, b: 2 };

describe("what a module exports", () => {
  it.each<[string, object]>([
    ["export const a = 1, { b, c: [d] } = { b: 2, c: [3] };", { a: 1, b: 2, d: 3 }],
    ["const a = 1; let b = 2; export { a, b as c }; export type T = 1; type U = 2; export { type U };", { a: 1, c: 2 }],
    ["type T = 1; interface I {} const a = 1; export { T, I, a }; export type { a as z }", { a: 1 }],
    [
      "export function f(): number; export function f(): any { return 1 } export const a = f()",
      { f: expect.any(Function), a: 1 },
    ],
    [
      "export enum E { A = 3 } export namespace N { export const x = 1 } export namespace T { export type X = 1 }",
      { E: { 3: "A", A: 3 }, N: { x: 1 } },
    ],
    ["export declare const ghost: number; export interface I {} export declare class C {}", {}],
    ["export default 1 + 1", { default: 2 }],
    ["const a = 1\nexport default a\n", { default: 1 }],
    ["interface A {} export default A; export const b = 1", { b: 1 }],
    ["class A { static n = 1 } interface A {} export default A", { default: expect.any(Function) }],
    ["export default undefined", { default: undefined }],
    ["1", {}],
    ["export {}", {}],
    [
      "const a = 1; function g() { const a = 2; return a } export { g as default, a }",
      { default: expect.any(Function), a: 1 },
    ],
  ])("%s", async (text, exports) => expect((await evaluate(text)).exports).toEqual(exports));

  it.each([
    "export default function () { return 5 }",
    "export default async function* () { }",
    "export default function named() { return 5 }",
    "export default class { }",
    "export default class Named { }",
  ])("is something without a name, by default: %s", async text => {
    const { exports } = await evaluate(text);
    expect(Object.keys(exports)).toEqual(["default"]);
    expect(typeof exports.default).toBe("function");
    if (text.includes("amed")) expect((exports.default as { name: string }).name).toMatch(/^[nN]amed$/);
  });

  it("is there before the first import runs, and live", async () => {
    const { later, changing } = await evaluate(
      "export let n = 1; export const step = () => { n++; }; export var v = 1; let w = 1; const c = 1; export { w, c, w as x };",
    );
    expect(changing).toEqual(["n", "v", "w", "x"]);
    (later().step as () => void)();
    expect(later()).toMatchObject({ n: 2, v: 1, w: 1, c: 1, x: 1 });
  });

  it("cannot be all of it at once", async () => {
    await expect(evaluate("const a = 1;\nexport = a;")).rejects.toThrow(
      '/w/a.ts:2: a module that notebooks import must use ES imports and exports, but got "export = a;"; write `import … from` or `export default`.',
    );
  });
});

describe("what a module imports", () => {
  it.each<[string, object]>([
    ['import d, { a, b as c } from "m"; export const all = [d, a, c]', { all: ["d", 1, 2] }],
    ['import * as n from "m"; export const all = n.a', { all: 1 }],
    ['import d, * as n from "m"; export { d, n }', { d: "d", n: m }],
    ['export { a, b as default } from "m"; export * as n from "m"', { a: 1, default: 2, n: m }],
    ['export { default } from "m"; export { type a } from "m"; export type { b } from "m"', { default: "d" }],
    ['import { a } from "m"; export { a as x }; export default a', { x: 1, default: 1 }],
    ['export default a; import { a } from "m"', { default: 1 }],
    [
      'import { a } from "m"; export const o = { a }, f = (a: number) => a, g = f(3)',
      { o: { a: 1 }, f: expect.any(Function), g: 3 },
    ],
    ['import { "a" as x } from "m"; export { x as "two words" }', { "two words": 1 }],
  ])("%s", async (text, exports) => {
    for (const way of ["async", "sync"] as const) expect((await evaluate(text, { m }, way)).exports).toEqual(exports);
  });

  it("is found by who stops its code", async () => {
    const { names } = await evaluate('import d, { b as c } from "m"; import * as n from "m"; c + d + n', { m });
    const [first, second] = ["$0", "$1"];
    expect(names).toEqual({
      prefix: "$",
      imported: new Map([
        ["d", `${first}["default"]`],
        ["c", `${first}["b"]`],
        ["n", second],
      ]),
    });
  });

  it("is read when it is used", async () => {
    const live = { a: 1 };
    const { later } = await evaluate('import { a } from "m"; export const f = () => a; export { a }', { m: live });
    live.a = 5;
    expect([(later().f as () => number)(), later().a]).toEqual([5, 5]);
  });

  it("is loaded in order, with its attributes, and left out where only types are used", async () => {
    const text =
      'import type { T } from "t"; import { U } from "u"; import "s"; import j from "./j.json" with { type: "json" }; import { type V } from "v"; export * from "e"; export const x: U = j; import {} from "n"';
    const { loads, imports, all } = await evaluate(text, { "./j.json": { default: 1 }, e: m });
    expect(loads).toEqual([
      ["s", undefined],
      ["./j.json", { with: { type: "json" } }],
      ["e", undefined],
    ]);
    expect([imports, all]).toEqual([["s", "./j.json", "e"], [m]]);
  });

  it("may be required", async () => {
    const text =
      'import u = require("m"); import type t = require("t"); import unused = require("n"); export import e = require("m"); import A = u.a; import T = u.T.X; export const all = [u.a, A, require("q")]; export import B = u.b; export const used = B';
    const { exports, loads } = await evaluate(text, { m });
    expect(exports).toEqual({ e: m, all: [1, 1, "required q"], B: 2, used: 2 });
    expect(loads).toEqual([]);
    expect((await evaluate('import * as n from "m"; import A = n.a; export const x = A', { m })).exports).toEqual({
      x: 1,
    });
    expect((await evaluate("namespace N { export const y = 4 } import A = N.y; export const x = A")).exports).toEqual({
      x: 4,
    });
  });

  it("is exported by another name, also where nobody here uses that", async () => {
    const exported = async (text: string) => (await evaluate(text, { m })).exports;
    expect(await exported('import u = require("m"); export import B = u.b;')).toEqual({ B: 2 });
    expect(await exported('import * as n from "m"; export import A = n.a; export import B = n . b')).toEqual({
      A: 1,
      B: 2,
    });
    expect(
      await exported("namespace N { export namespace O { export const y = 4 } } import P = N.O; export import y = P.y"),
    ).toEqual({ y: 4 });
    expect(await exported("export import log = console.log")).toEqual({ log: console.log });
    // What may be a type: there is nothing, and nothing fails.
    expect(await exported('import u = require("m"); export import T = u.T; export import X = u.T.U.X;')).toEqual({
      T: undefined,
      X: undefined,
    });
    expect(await exported("namespace N { export type T = 1 } export import T = N.T; export const one = 1")).toEqual({
      one: 1,
    });
    expect(
      await exported(
        'import type * as n from "m"; import type u = require("m"); export import T = n.T; export import U = u.U; export import type V = u.V',
      ),
    ).toEqual({});
  });

  it("may be asked for while it runs, and knows where it is", async () => {
    const text =
      'export const d = import("x"), u = import.meta.url, f = [__dirname, __filename], g = (__dirname: string) => __dirname';
    const { exports } = await evaluate(text);
    expect(exports).toMatchObject({ d: "dynamic x", u: "file:///w/a.ts", f: ["/w", "/w/a.ts"] });
    expect((exports.g as (x: string) => string)("own")).toBe("own");
    expect((await evaluate("const require = () => 3; export const r = require()")).exports).toEqual({ r: 3 });
  });
});

describe("the code of a module", () => {
  it("is strict, and calls what it imports without a this", async () => {
    const text =
      'import { f, tag } from "m"; export const all = [f(), tag`x`, (function (this: unknown) { return this })()]';
    const self = function (this: unknown) {
      return this;
    };
    expect((await evaluate(text, { m: { f: self, tag: self } })).exports.all).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("ends its statements where the line ends", async () => {
    const text =
      'import { f } from "m"\nlet n = 1\nf(2)\nexport const r = () => {\n  const q = n\n  f(q)\n  return q\n}\nn = 7\nf(n)';
    const calls: number[] = [];
    const { later } = await evaluate(text, { m: { f: (n: number) => calls.push(n) } });
    expect([(later().r as () => number)(), calls]).toEqual([7, [2, 7, 7]]);
  });

  it("may wait at its top, and lower what only the compiler lowers", async () => {
    expect((await evaluate("export const a = await Promise.resolve(3)")).exports).toEqual({ a: 3 });
    const using =
      "const log: string[] = []; { using r = { [Symbol.dispose]() { log.push('d') } }; log.push('b') } export { log }";
    expect((await evaluate(using)).exports).toEqual({ log: ["b", "d"] });
  });
});
