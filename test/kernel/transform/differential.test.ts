import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

/**
 * The same program as one ES module run by node and as a notebook of one statement a cell must print
 * the same. `log` prints.
 */
const programs: Record<string, string> = {
  closures: `
    let n = 0
    const bump = () => ++n
    const counters = [1, 2, 3].map(k => () => n * k)
    bump()
    log(counters.map(c => c()))
    n += 5
    log(n++ + ++n, n)
    n **= 2
    n ??= 1
    n ||= 1
    log(n)`,
  loops: `
    const seen: number[] = []
    let i = 10
    for (let i = 0; i < 3; i++) seen.push(i)
    for (i = 0; i < 2; i++) seen.push(i)
    log(seen, i)
    let key = ""
    for (key in { a: 1, b: 2 }) seen.push(key.length)
    for (const [index, value] of [5, 6].entries()) seen.push(index * value)
    log(key, seen)
    outer: for (const a of [1, 2]) { for (const b of [1, 2]) { if (b === 2) continue outer; log(a, b) } }
    do i--
    while (i > 0)
    log(i)
    const later = []
    for (let j = 0; j < 3; j++) later.push(() => j)
    log(later.map(f => f()))`,
  functions: `
    log(hoisted(2))
    function hoisted(x: number): number { return x <= 0 ? 0 : x + hoisted(x - 1) }
    function defaults(a = 1, { b = a, c: [d] = [a + b] } = {} as any, ...rest: number[]) { return [a, b, d, rest.length] }
    log(defaults(), defaults(5), defaults(1, { b: 2 }, 3, 4))
    const fact = function self(n: number): number { return n < 2 ? 1 : n * self(n - 1) }
    log(fact(5), fact.name)
    function* numbers() { const got: number = yield 1; yield got * 2 }
    const it = numbers()
    it.next()
    log(it.next(21).value)
    async function slow(x: number) { await null; return x }
    log(await slow(3), await Promise.all([slow(1), slow(2)]))
    const o = { slow, async go() { return (await slow(9)) + 1 }, get twice() { return fact(2) * 2 }, [\`k\${1}\`]: 5 }
    log(await o.go(), o.twice, o.k1)
    log((() => { const fact = (x: number) => -x; return fact(3) })())
    function over(x: string): string
    function over(x: number): number
    function over(x: any) { return x }
    log(over(1), over("s"))`,
  classes: `
    class Base { static made = 0; protected x = 1; constructor(readonly tag: string) { Base.made++ } hello() { return this.tag + this.x } }
    class Derived extends Base { #secret = 2; override hello() { return super.hello() + this.#secret } static label: string; static { Derived.label = "set" } accessor v = 3 }
    const d = new Derived("t")
    log(d.hello(), Base.made, Derived.label, d instanceof Base, d.v)
    const Anonymous = class { static who = "anon"; clone() { return new Anonymous() } }
    log(Anonymous.who, Anonymous.name, new Anonymous().clone() instanceof Anonymous)
    const Named = class Inner { make() { return new Inner() } }
    log(new Named().make() instanceof Named, Named.name)
    abstract class Shape { abstract area(): number; toString() { return String(this.area()) } }
    class Square extends Shape { constructor(private side: number) { super() } area() { return this.side ** 2 } }
    log(\`\${new Square(3)}\`)`,
  destructuring: `
    const { a, b: { c = 5, ...others } = {} as any, ...rest } = { a: 1, b: { e: 7 }, f: 8 } as any
    log(a, c, others, rest)
    let [p, , q = p, ...r] = [1, 2, undefined, 4, 5] as any[]
    log(p, q, r);
    [p, q] = [q + 1, p + 2]
    log(p, q);
    ({ p, q: r[0], ...rest.more } = { p: 9, q: 8, s: 7 } as any)
    log(p, r, rest)
    const { length } = "four"
    log(length)
    try { throw { code: 1 } } catch ({ code }: any) { log(code) }
    const swap = ([x, y]: number[]) => ({ x: y, y: x })
    log(swap([1, 2]))`,
  types: `
    enum Color { Red, Green = Red + 4, Blue }
    log(Color.Blue, Color[4])
    const enum Flag { A = 1, B = A << 2 }
    log(Flag.B)
    enum Text { A = "a", B = \`\${A}b\` }
    log(Text.B)
    namespace Space { export const one = 1; export function two() { return one + 1 } export namespace Deep { export const three = two() + one } }
    log(Space.two(), Space.Deep.three)
    interface Point { x: number } type Maybe<T> = T | undefined
    const point = { x: 1 } satisfies Point as Maybe<Point>
    log(point!.x, (<any>point).x)
    function isPoint(v: unknown): v is Point { return typeof v === "object" }
    function assertPoint(v: unknown): asserts v is Point { if (!isPoint(v)) throw new Error() }
    assertPoint(point)
    log(isPoint(point))
    const generic = <T,>(x: T) => x
    log(generic<number>(3))
`,
  expressions: `
    const xs = [3, 1, 2], x = xs.length
    log([...xs].sort(), Math.max(...xs), x)
    const tag = (s: TemplateStringsArray, ...v: unknown[]) => s.raw.join("|") + v.join()
    log(tag\`a\${x}b\${tag\`c\`}\\n\`)
    const maybe: { f?: () => number; g: { h: number }[] } = { g: [{ h: 1 }] }
    log(maybe.f?.(), maybe.g?.[0]?.h, maybe?.g.at(-1)!.h)
    const fn: undefined | (() => number) = undefined as any
    log(fn?.())
    log(x in [0, 0, 0, 0], delete (maybe as any).f, void 0, typeof x, -x, +true, !x, ~x)
    log(x > 2 ? "yes" : "no", x?.toFixed(1))
    const re = /[/]x/g, s = "a/xb"
    log(s.replace(re, \`\${x}\`))
    if (x) log("then"); else log("else")
    switch (x as number) { case 3: { const x = "inner"; log(x); break } default: log("no") }
    { const x = "block"; log(x) }
    log(x)
    var v1 = 1; var v1 = 2
    log(v1)
    const obj = { x, fn: function () { return x }, arrow: () => xs, "quoted": x, async: 1, get: 2 }
    log(obj.fn(), obj.arrow().length, obj.quoted, obj.async + obj.get)
    const big = 12345678901234567890n * 2n
    log(big)
    new (class { constructor() { log(new.target !== undefined) } })()
    const undefinedName = undefined, nan = NaN
    log(undefinedName, nan, globalThis === globalThis, [, 1])`,
  awaits: `
    const wait = (ms: number) => new Promise<number>(resolve => setTimeout(() => resolve(ms), ms))
    let sum = 0
    for await (const value of [wait(1), 2, Promise.resolve(3)]) sum += value
    log(sum)
    async function* gen() { try { yield* [1, 2, 3] } finally { log("closed") } }
    for await (const value of gen()) { if (value === 2) break }
    log((await wait(1)) + (await wait(2)), [await 1, await wait(1)], { a: await 2 })
    const picked = (await Promise.race([wait(1), wait(50)])) as number
    log(picked, await (async () => { try { throw new Error("x") } catch (e) { return (e as Error).message } finally { sum = 0 } })(), sum)
    if (await wait(1)) { for (const k of [await wait(1)]) log(k, await wait(k)) }
    const promises = { [Symbol.asyncIterator]: () => ({ n: 0, async next() { return { done: this.n++ > 0, value: 7 } } }) }
    for await (const value of promises) log(value)
    const inner = { [Symbol.asyncIterator]: () => ({ n: 0, next() { return { done: this.n++ > 0, value: Promise.resolve(7) } } }) }
    for await (const value of inner as unknown as AsyncIterable<unknown>) log(value instanceof Promise)
    const nested = async () => { let t = 0; for await (const q of gen()) t += q; return t }
    log(await nested())
    try { await Promise.reject(new Error("caught")) } catch (e) { log((e as Error).message) }
    try { for await (const value of [Promise.reject(new Error("in loop"))]) log(value) } catch (e) { log((e as Error).message) }
    log(await Promise.allSettled([Promise.reject(1), 2]))
    using res = { [Symbol.dispose]() {} }
    log(typeof res)`,
  asi: `
    let a = 1
    const f = (x: number) => x
    const b = a
    f(2)
    a = 5
    f(a)
    log(a)
    const arr = [1]
    ;[a] = [7]
    log(a)
    const g = () => { const q = a
      f(q)
      return q
    }
    log(g())
    if (a) f(1)
    else f(2)
    a++
    f(a)
    log(b, a)
    const h = a
    log(h)`,
};

let workspace: Workspace;
let notebook: Notebook;
beforeAll(async () => {
  workspace = makeWorkspace();
  notebook = new Notebook(workspace.notebooks);
  await notebook.run("const log = (...values: unknown[]): void => (globalThis as any).print(...values);");
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

const printed: string[] = [];
const shown = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? `${each}n` : each)) ?? "undefined";
Object.assign(globalThis, { print: (...values: unknown[]) => printed.push(values.map(shown).join(" ")) });

it.each(Object.keys(programs))("prints the same as node: %s", async name => {
  const source = programs[name] as string;
  expect(await inCells(statementsOf(source))).toEqual(await inNode(name, source));
  // And the whole as one cell.
  expect(await inCells([source])).toEqual(await inNode(`${name}2`, source));
});

it("takes at most one microtask more than node to each round of a loop that awaits", async () => {
  const counting = "async function* ten() { for (let k = 0; k < 10; k++) yield k }\nlet ticks = 0;";
  const loop =
    "ticks = 0; void (async () => { for (; ticks < 500; ticks++) await null })(); for await (const k of ten()) void k;";
  await notebook.run(counting);
  const ticksOf = async (source: string) => Number(await notebook.value(source));
  const inFunction = await ticksOf(`await (async () => { ${loop} return ticks })()`);
  const atTop = await ticksOf(`${loop} ticks`);
  expect(atTop - inFunction).toBeLessThanOrEqual(12);
});

async function inNode(name: string, source: string): Promise<string[]> {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const file = path.join(workspace.root, `${name}.mjs`);
  fs.writeFileSync(
    file,
    `const log = globalThis.print;\n${ts.transpileModule(source, { compilerOptions }).outputText}`,
  );
  printed.length = 0;
  await import(/* @vite-ignore */ pathToFileURL(file).href);
  return [...printed];
}

async function inCells(cells: string[]): Promise<string[]> {
  printed.length = 0;
  for (const cell of cells) {
    const result = await notebook.run(cell);
    if (result.status === "error") throw new Error(`${cell}\n${result.error.traceback.join("\n")}`);
  }
  return [...printed];
}

/** One cell a statement; overloads stay together, and functions come first, as they are hoisted. */
function statementsOf(source: string): string[] {
  const file = ts.createSourceFile("program.ts", source, ts.ScriptTarget.ESNext, true);
  const cells: string[] = [];
  let name: string | undefined;
  for (const statement of file.statements) {
    const own = ts.isFunctionDeclaration(statement) ? statement.name?.text : undefined;
    if (own !== undefined && own === name) cells.push(`${cells.pop()}\n${statement.getText()}`);
    else if (own === "hoisted") cells.unshift(statement.getText());
    else cells.push(statement.getText());
    name = own;
  }
  return cells;
}
