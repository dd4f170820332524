import { describe, expect, it } from "vitest";
import { parseCell } from "../../../src/kernel/transform/parse.ts";
import { namesOfCell } from "../../../src/kernel/transform/uses.ts";

const known = new Set(["lr", "xs", "step", "Row", "box", "tf"]);
const namesOf = (source: string) => {
  const { defines, uses, reads, changes } = namesOfCell(parseCell(source), known);
  return { defines: defines.map(each => each.name), uses, reads, changes };
};

describe("the names of a cell", () => {
  it.each<[string, Partial<ReturnType<typeof namesOf>>]>([
    [
      "const a = lr * 2, { b } = xs as any;",
      { defines: ["a", "b"], uses: ["lr", "xs"], reads: ["lr", "xs"], changes: [] },
    ],
    ["function f() { return lr }", { defines: ["f"], uses: ["lr"], reads: [], changes: [] }],
    ["const g = () => step(lr)", { uses: ["step", "lr"], reads: [] }],
    ["xs.map((x: number) => x * lr)", { reads: ["xs", "lr"] }],
    ["lr = 3", { uses: ["lr"], reads: [], changes: ["lr"] }],
    ["lr += 3; lr++", { reads: ["lr"], changes: ["lr"] }],
    ["box.size = 1; box.list[0]!.a = 2", { changes: ["box"] }],
    ["[lr, xs[0]] = [1, 2]; ({ lr, b: step } = {} as any)", { changes: ["lr", "xs", "step"] }],
    ["for (lr of [1]) {}; delete box.size", { changes: ["lr", "box"] }],
    ["const r: Row = { id: 1 }; type T = typeof xs", { uses: ["Row", "xs"], reads: [] }],
    ["((lr: number) => lr)(1); const o = { xs: 1 }; o.xs", { uses: [] }],
    ["class A { v = lr; static w = step }", { uses: ["lr", "step"], reads: ["step"] }],
    ["import { lr } from 'x'; lr", { defines: ["lr"], uses: [] }],
    ["console.log(unknownName)", { uses: [], defines: [] }],
    ["let v: tf.Tensor.Kind; let w: typeof box.size", { uses: ["tf", "box"], reads: [] }],
    ["const Row = 1; const r: Row = 2", { defines: ["Row", "r"], uses: [] }],
    ["let r: Row; interface Row {}; declare const hidden: number", { defines: ["r", "Row"], uses: [] }],
    ["lr = xs; lr == step", { uses: ["lr", "xs", "step"], reads: ["xs", "lr", "step"], changes: ["lr"] }],
    ["xs = [lr]; box = lr", { reads: ["lr"], changes: ["xs", "box"] }],
    ["lr - xs; lr < step; xs[lr]", { changes: [] }],
    ["-lr; !xs; --step; box--", { changes: ["step", "box"] }],
    ["(box).a!.b = 1; (xs!)[0]++", { changes: ["box", "xs"] }],
    ["step.list[lr] = 1; f(xs).a = 2", { uses: ["step", "lr", "xs"], changes: ["step"] }],
    ["for (box.key in xs) {}; for (const a of step) lr", { changes: ["box"] }],
    ["[...xs] = []; ({ ...box } = {}); ({ [lr]: step } = {})", { changes: ["xs", "box", "step"] }],
    ["[[lr], { a: [xs] }] = [] as any; [step = 1] = []", { changes: ["lr", "xs", "step"] }],
    ["f([lr], { xs }, ...step, { a: box, ...tf })", { changes: [] }],
    ["const { a = lr } = {} as any; typeof xs; void step", { changes: [], reads: ["lr", "xs", "step"] }],
  ])("%s", (source, expected) => expect(namesOf(source)).toMatchObject(expected));
});

/** What each name of a cell reads when it is called later, and what the cell reads while it runs. */
const laterIn = (source: string) => {
  const { defines, reads } = namesOfCell(parseCell(source), known);
  return { later: Object.fromEntries(defines.map(each => [each.name, each.reads])), reads };
};

describe("what is read later", () => {
  it.each<[string, Record<string, string[]>, string[]]>([
    ["function f() { return lr + g() } const g = () => xs", { f: ["lr", "g"], g: ["xs"] }, []],
    ["function f() { return f() + lr }", { f: ["lr"] }, []],
    ["function outer() { function inner() { return lr } return () => xs }", { outer: ["lr", "xs"] }, []],
    ["const f = function () { return lr }, h = (() => xs) as any", { f: ["lr"], h: ["xs"] }, []],
    ["let f; f = () => lr; f ??= () => xs", { f: ["lr", "xs"] }, ["f"]],
    ["let f; f == (() => lr)", { f: [] }, ["f", "lr"]],
    ["let o: any; o.f = () => lr", { o: [] }, ["o", "lr"]],
    ["const o = { a: { f() { return lr }, g: () => xs }, h: step }", { o: ["lr", "xs"] }, ["step"]],
    ["const o = { get p() { return lr }, set p(x) { xs.y = x } }; f({ m() { step } })", { o: ["lr", "xs"] }, ["step"]],
    ["const { f, g } = { f: () => lr } as any", { f: ["lr"], g: ["lr"] }, []],
    ["class A { v = lr; m() { return xs } get p() { return step } }", { A: ["lr", "xs", "step"] }, []],
    ["class A { static s = lr; static { xs } static m() { return step } }", { A: ["step"] }, ["lr", "xs"]],
    ["const A = class { v = lr; static s = xs }", { A: ["lr"] }, ["xs"]],
    ["class A extends box.Base { }", { A: [] }, ["box"]],
    ["xs.map(() => lr); (() => step)()", {}, ["xs", "lr", "step"]],
    ["const ys = xs.map(() => lr)", { ys: [] }, ["xs", "lr"]],
    ["f(function () { return lr })", {}, ["lr"]],
  ])("%s", (source, later, reads) => expect(laterIn(source)).toEqual({ later, reads }));

  it("belongs to the statement that defines its name", () => {
    const { defines } = namesOfCell(parseCell("1;\nconst a = 1, b = 2;\ndeclare let c: number;\nclass D {}"), known);
    expect(defines).toEqual([
      { name: "a", statement: 1, reads: [] },
      { name: "b", statement: 1, reads: [] },
      { name: "D", statement: 3, reads: [] },
    ]);
  });
});
