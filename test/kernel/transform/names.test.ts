import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

let workspace: Workspace;
let notebook: Notebook;

beforeAll(() => {
  workspace = makeWorkspace({
    "src/shapes.ts": [
      "export class Box { side = 2 }",
      "export enum Colour { Red = 4 }",
      "export namespace Space { export const one = 1; export interface Point { x: number } }",
      "export namespace OnlyTypes { export interface Point { y: number } }",
      "export default class Circle { radius = 3 }",
      "export interface Row { id: number }",
      "export const two = 2;",
    ].join("\n"),
    "src/again.ts": 'export type { Box } from "./shapes.ts";\nexport { two } from "./shapes.ts";\n',
  });
  notebook = new Notebook(workspace.notebooks);
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

async function last(...cells: string[]): Promise<unknown> {
  let value: unknown;
  for (const cell of cells) {
    const result = await notebook.run(cell);
    const shown = result.outputs.find(each => each.output_type === "execute_result");
    value =
      result.status === "error" ? result.error.traceback[0] : shown && "data" in shown && shown.data["text/plain"];
  }
  return value;
}

describe("var", () => {
  it.each<[string, string[], string]>([
    ["of a loop, where a let of this name is", ["let i = 7;", "for (var i = 0; i < 4; i++) {}", "i"], "4"],
    ["of a loop, afterwards", ["for (var q1 of [1, 2, 3]) {}", "q1"], "3"],
    ["for in", ["for (var k1 in { a: 1, b: 2 }) {}", "k1 + 1"], "'b1'"],
    ["for await", ["async function* g() { yield 1; yield 5 }\nfor await (var w1 of g()) {}", "w1"], "5"],
    [
      "a pattern with defaults",
      ["for (var [p1, { a1, b1 = a1, ...r1 }] of [[1, { a1: 2, c: 3 } as any]] as const) {}", "[p1, a1, b1, r1]"],
      "[ 1, 2, 2, { c: 3 } ]",
    ],
    [
      "with a type",
      ["for (var n1: number = 0, m1: string | undefined; n1 < 2; n1++) m1 = 'x' + n1;", "m1! + n1"],
      "'x12'",
    ],
    ["in a block", ["{ var v1 = 3; { var v2 = v1 + 1; } }", "v1 + v2"], "7"],
    [
      "in both branches, without braces",
      ["const yes = true; if (yes) var e1 = 1\nelse var e2 = 2", "[e1, e2]"],
      "[ 1, undefined ]",
    ],
    ["in try and catch", ["try { var t1 = JSON.parse('{') } catch { var t1 = 'bad' as any }", "t1"], "'bad'"],
    [
      "in a switch",
      ["switch (1 as number) { case 1: var s1 = 'one'; break; default: var s1 = 'other' }", "s1"],
      "'one'",
    ],
    [
      "below a label",
      ["outer: for (var l1 = 0; l1 < 9; l1++) { for (var l2 = 0; ; l2++) if (l2 === 3) break outer }", "[l1, l2]"],
      "[ 0, 3 ]",
    ],
    [
      "of a function stays its own",
      ["let own1 = 1; function f1() { for (var own1 = 5; own1 < 7; own1++) {} return own1 }", "[f1(), own1]"],
      "[ 7, 1 ]",
    ],
    [
      "is one for all closures",
      [
        "const fs1: (() => number)[] = []; for (var c1 = 0; c1 < 2; c1++) fs1.push(() => c1)",
        "c1 = 9; fs1.map(f => f())",
      ],
      "[ 9, 9 ]",
    ],
    ["without a value keeps the one that it has", ["var x1 = 1; x1 = 2; var x1: number; x1"], "2"],
    [
      "without a value in a loop",
      ["for (var j1 = 0; j1 < 3; j1++) { var sum1: number; sum1 = (sum1! ?? 0) + 1 }\nsum1!"],
      "3",
    ],
    [
      "begins without a value",
      ["let late1 = 5;", "if (Math.random() > 2) { var late1: number = 3 }\nString(late1!)"],
      "'undefined'",
    ],
    ["assigned before it is declared", ["y1 = 4; if (false as boolean) { var y1: number = 1 }\ny1"], "4"],
    ["then const", ["for (var z1 = 0; z1 < 2; z1++) {}", "const z1 = 'text';", "z1"], "'text'"],
    ["keeps the name of a function", ["if (true) { var named1 = () => 1 }\nnamed1.name"], "'named1'"],
  ])("%s", async (_, cells, value) => expect(await last(...cells)).toBe(value));

  it("is known after its loop failed", async () => {
    expect(await last("for (var epoch = 0; ; epoch++) if (epoch === 3) throw new Error('stop')", "epoch")).toBe("3");
    expect(await last("for (var item of [4, 5]) { if (item === 5) throw new Error('stop') }", "item")).toBe("5");
  });

  it("is not known when its statement did not start", async () => {
    expect(await last("throw new Error(); if (true) { var unborn = 1 }", "unborn")).toContain("TS2304");
  });
});

describe("a let without a value", () => {
  it.each<[string, string[], string]>([
    [
      "is assigned in a later cell",
      [
        "let odd: (n: number) => boolean; const even = (n: number): boolean => n === 0 || odd(n - 1);",
        "odd = n => n !== 0 && even(n - 1); even(4)",
      ],
      "true",
    ],
    [
      "is read by a method",
      ["let m2: number; class A2 { x = m2; get() { return m2 } }", "m2 = 3; new A2().get() + new A2().x"],
      "6",
    ],
    ["is read by a generator", ["let m3: number; function* g3() { yield m3 }", "m3 = 3; [...g3()]"], "[ 3 ]"],
  ])("%s", async (_, cells, value) => expect(await last(...cells)).toBe(value));

  it.each([
    "let b1: number; b1 + 1",
    "let b2: number; const f2 = (() => b2 + 1)(); f2",
    "let b3: number; class B3 { static x = b3 }",
    "function f4() { let b4: number; return b4 + 1 }",
    "function f5() { let b5: number; return () => b5 }",
  ])("is refused where it is used: %s", async cell => expect(await last(cell)).toContain("TS2454"));
});

describe("types that have a value as well", () => {
  it.each<[string, string[], string]>([
    ["named", ['import type { Stats } from "node:fs"', "let s1: Stats | undefined; String(s1!)"], "'undefined'"],
    [
      "named, of one name among others",
      ['import { type Stats as St, readFileSync } from "node:fs"', "let s2: St | undefined; typeof readFileSync + s2"],
      "'functionundefined'",
    ],
    [
      "a default class",
      ['import type Circle from "../src/shapes.ts"', "const c2: Circle = { radius: 1 }; c2.radius"],
      "1",
    ],
    ["all of a module", ['import type * as T from "../src/shapes.ts"', "const b2: T.Box = { side: 5 }; b2.side"], "5"],
    ["a class alone", ['import { type Box } from "../src/shapes.ts"', "const b3: Box = { side: 6 }; b3.side"], "6"],
    [
      "a class, by export type",
      ['import { Box as B4, two } from "../src/again.ts"', "const b4: B4 = { side: 7 }; b4.side + two"],
      "9",
    ],
    ["an enum", ['import type { Colour } from "../src/shapes.ts"', "const d2: Colour.Red = 4; d2"], "4"],
    ["a namespace", ['import type { Space } from "../src/shapes.ts"', "const p2: Space.Point = { x: 8 }; p2.x"], "8"],
    [
      "typeof import",
      ['type Fs = typeof import("node:fs"); let r2: Fs["readFileSync"] | undefined', "String(r2)"],
      "'undefined'",
    ],
    [
      "a namespace of types, declared here",
      ["namespace Here { export interface P { z: number } }", "const h2: Here.P = { z: 3 }; h2.z"],
      "3",
    ],
    [
      "an import of such a namespace",
      ['import { OnlyTypes } from "../src/shapes.ts"', "const h3: OnlyTypes.Point = { y: 4 }; h3.y"],
      "4",
    ],
    ["export type from", ['export type { Stats } from "node:fs"; 5'], "5"],
    [
      "then a value again",
      ['import type { Box } from "../src/shapes.ts"', 'import { Box } from "../src/shapes.ts"', "new Box().side"],
      "2",
    ],
    ["then a name of one's own", ['import type { Row } from "../src/shapes.ts"', "const Row = 3;", "Row"], "3"],
  ])("%s", async (_, cells, value) => expect(await last(...cells)).toBe(value));

  it.each([
    ['import type { Stats } from "node:fs"', "Stats"],
    ['import type { Colour } from "../src/shapes.ts"', "Colour.Red"],
    ['import type Circle from "../src/shapes.ts"', "new Circle()"],
    ['import type * as T from "../src/shapes.ts"', "T.two"],
    ['import { type Box } from "../src/shapes.ts"', "new Box()"],
    ['import type { Box } from "../src/shapes.ts"; new Box()'],
  ])("are no values: %s %s", async (...cells) => expect(await last(...cells)).toContain("TS1361"));
});
