import { expect, it } from "vitest";
import { framesOf, installStackTraces } from "../../../src/kernel/errors/frames.ts";
import { NotebookNames } from "../../../src/kernel/names.ts";
import { rewriteCell } from "../../../src/kernel/transform/cell.ts";
import { parseCell } from "../../../src/kernel/transform/parse.ts";
import { compile } from "../../../src/kernel/transform/scripts.ts";
import { stripTypes } from "../../../src/kernel/transform/strip.ts";

/** Runs cells through the rewriting alone, without types checked, so that it is tested by itself. */
function makeScope() {
  const names = new NotebookNames();
  let count = 0;
  return async (source: string): Promise<unknown> => {
    const { edited, needsCompiler } = rewriteCell(parseCell(source), new Set(Object.keys(names.values)), new Set());
    const code = stripTypes(edited, source, needsCompiler);
    const body = compile<(...helpers: unknown[]) => Promise<unknown>>(`/scope-${++count}-${Math.random()}.ts`, {
      origin: { cell: count },
      code,
    });
    const same = (value: unknown) => value;
    return body.apply(undefined, [names.values, names.later, same, same, {}, same, () => {}, {}, {}]);
  };
}

const cases: [name: string, cells: string[], value: unknown][] = [
  [
    "an earlier closure sees a later assignment",
    ["let lr = .1; function step(){ return lr*10 }", "lr = .5; step()"],
    5,
  ],
  ["const declared again", ["const a1 = 1", "const a1 = 2; a1"], 2],
  ["class declared again", ["class K1 { v = 1 }", "class K1 { v = 2 }\nnew K1().v"], 2],
  ["function declared again", ["function f1(){ return 1 }", "function f1(){ return 2 }\nf1()"], 2],
  ["const becomes function", ["const g1 = () => 1", "function g1(){ return 2 }\ng1()"], 2],
  ["function becomes const", ["function g2(){ return 1 }", "const g2 = () => 3; g2()"], 3],
  [
    "destructuring",
    ["const { x: px, y: [py = 7, ...rest] } = { x: 1, y: [undefined, 2, 3] } as any", "px + py + rest.length"],
    10,
  ],
  [
    "for await at the top",
    ["async function* gen(){ yield 1; yield 2 }\nlet tot = 0;\nfor await (const v of gen()) tot += v;\ntot"],
    3,
  ],
  ["await as value", ["await Promise.resolve(41) + 1"], 42],
  ["the last of several between commas", ["1, 2"], 2],
  ["declaration with await", ["const aw: number = await Promise.resolve(3)", "aw"], 3],
  [
    "using in a block",
    [
      "const log: string[] = [];",
      '{ using r = { [Symbol.dispose]() { log.push("d"); } }; log.push("b"); }',
      "log.join()",
    ],
    "b,d",
  ],
  [
    "using at the top",
    [
      "const log2: string[] = [];",
      'using r2 = { [Symbol.dispose]() { log2.push("d"); } }; log2.push("b");',
      "log2.join()",
    ],
    "b,d",
  ],
  ["declaration before a throw", ['const kept = 9; throw new Error("x")', "kept"], 9],
  ["declaration before a throw, with await", ['const kept2 = await 9; throw new Error("x")', "kept2"], 9],
  [
    "a closure over a name declared later",
    ["async function later(){ await null; return laterName }", 'const laterName = "ok"; await later()'],
    "ok",
  ],
  [
    "private fields",
    [
      "class P1 { #v = 3; static is(o: object){ return #v in o } get(){ return this.#v } }",
      "P1.is(new P1()) && new P1().get()",
    ],
    3,
  ],
  [
    "shadowing",
    [
      "let sh = 1",
      "function shf(sh: number){ return { sh, t: sh + 1 } }\n[sh, shf(5).sh, shf(5).t, ((sh) => sh)(8)].join()",
    ],
    "1,5,6,8",
  ],
  ["shorthand property", ["let so = 4", "const ob = { so }; ob.so"], 4],
  ["name of an arrow function", ["const named = () => 1;", "named.name"], "named"],
  ["strict mode", ["(function(){ return this === undefined })()"], true],
  [
    "assignment to an unknown name",
    ['let seen = ""; try { undeclaredX = 1; seen = "sloppy" } catch (e) { seen = (e as Error).name }', "seen"],
    "ReferenceError",
  ],
  ["enum", ["enum Md { A = 1, B = A << 1 }", "Md.B"], 2],
  ["a global shadowed", ["const performance = { mine: 1 } as any", "(performance as any).mine"], 1],
  [
    "libraries keep their globals",
    ["const performance = 1", "(() => typeof (globalThis as any).performance.now)()"],
    "function",
  ],
  // What a rewriting that only inserts text gets wrong.
  ["a declarator reads the one before", ["const d1 = 1, d2 = d1 + 1;", "d2"], 2],
  ["a pattern reads its own names", ["const { p1, p2 = p1 } = { p1: 3 } as any;", "p2"], 3],
  ["no semicolons before a call", ["let n1 = 1\nfunction id(x: any) { return x }", "n1 = 5\nid(2)\nn1"], 5],
  [
    "no semicolons in an if",
    ["let n2 = 0\nfunction two() { return 2 }", "if (n2)\n  two()\nelse\n  n2 = two()\nn2"],
    2,
  ],
  ["a class in its own static field", ["class S1 { static one = new S1(); v = 1 }", "S1.one.v"], 1],
  ["swapping by destructuring", ["let w1 = 1, w2 = 2;", "[w1, w2] = [w2, w1]; [w1, w2].join()"], "2,1"],
  ["assignment pattern with shorthand", ["let z1 = 0", "({ z1 = 4 } = {} as any); z1"], 4],
  ["var in a block", ["if (true) { var vb = 3 }\nvb"], 3],
  ["the reader's own $", ["const $ = (s: string) => s + '!', $later = 1", "$('a') + $later"], "a!1"],
  ["this of a called name", ["const who = function (this: unknown) { return this === undefined }", "who()"], true],
  ["tagged template", ["const tag = (s: TemplateStringsArray) => s[0]", "tag`x`"], "x"],
  ["typeof of an unknown name", ["typeof nowhere"], "undefined"],
  [
    "decorators",
    [
      "function twice(f: any, _: any) { return function (this: any) { return 2 * f.call(this) } }",
      "class D1 { @twice v() { return 4 } }\nnew D1().v()",
    ],
    8,
  ],
  [
    "functions after using",
    ["using u1 = { [Symbol.dispose]() {} };\nfunction afterUsing() { return 6 }\nafterUsing()", "afterUsing()"],
    6,
  ],
  [
    "type parameter named as a value",
    ["const T = 3", "function gen1<T>(x: T) { return [x, T] as any }\ngen1(1)[1]"],
    3,
  ],
  ["two underscores at the start", ["const __a = 1", "((__a: number) => __a)(2) + __a"], 3],
  [
    "two underscores, in a class",
    ["const __b = 1", "class U { m(__b: number) { const __c = __b; return __c } }\nnew U().m(5)"],
    5,
  ],
  ["a default export of an earlier name", ["const exported = 1", "export default exported"], undefined],
  ["comment at the end", ["1 + 1 // two"], 2],
  ["an object as last value", ["({ a: 1 }).a;"], 1],
  ["emoji in the source", ["const e1 = '🎲'; e1.length"], 2],
  ["namespace", ["namespace N1 { export const a = 2; export const b = a + 1 }", "N1.b"], 3],
];

it.each(cases)("%s", async (_, cells, value) => {
  const run = makeScope();
  let last: unknown;
  for (const cell of cells) {
    last = await run(cell).catch(error => error);
  }
  expect(last).toEqual(value);
});

it("points an error to its exact place", async () => {
  const undo = installStackTraces("/");
  const source =
    'const q: number[] = [1];\ninterface Z { a: number }\nfunction boom(n: number): never { throw new Error("b" + n); }\nif (q.length as any) boom(\n  q[0]!);';
  const error = await makeScope()(source).catch(thrown => thrown);
  const places = framesOf(error).map(({ name, position }) => ({ name, ...position }));
  expect(places).toMatchObject([
    { name: "boom", line: 3, column: (source.split("\n")[2]?.indexOf("new Error") as number) + 1 },
    { line: 4, column: (source.split("\n")[3]?.indexOf("boom") as number) + 1 },
  ]);
  undo();
});

it("keeps loops over notebook names fast", async () => {
  const run = makeScope();
  await run("let hot = 0; let one = 1;");
  const start = process.cpuUsage();
  await run("for (let i = 0; i < 1e7; i++) { hot += one; }");
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
});
