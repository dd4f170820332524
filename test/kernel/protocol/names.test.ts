import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeWorkspace } from "../support.ts";
import { stopAll, TestKernel } from "./client.ts";

const workspace = makeWorkspace({
  "src/shapes.ts":
    "export default class Shape { sides = 4; }\nexport enum Hue { Warm, Cold }\nexport const area = 2;\n",
});
let kernel: TestKernel;

beforeAll(async () => {
  const notebook = workspace.write("notebooks/unrun.ipynb", JSON.stringify({ cells: unrun }));
  kernel = await TestKernel.start({
    directory: workspace.notebooks,
    argv: ["env", `JPY_SESSION_NAME=${notebook}`, ...TestKernel.argv],
  });
});
afterAll(async () => {
  await stopAll();
  workspace.remove();
});

const unrun = [
  { cell_type: "markdown", source: "const prior = 0" },
  { cell_type: "code", source: ["const prior = 1;\n", "const likelihood = 2;"] },
  { cell_type: "code", source: "class Posterior {}" },
];

async function value(code: string): Promise<string | undefined> {
  const ran = await kernel.run(code);
  expect(ran.error?.traceback.join("\n")).toBeUndefined();
  return ran.value;
}

/** Runs these cells; the value of the last. */
async function last(cells: readonly string[]): Promise<string | undefined> {
  let shown: string | undefined;
  for (const cell of cells) shown = await value(cell);
  return shown;
}

describe("an import of types", () => {
  it.each([
    [
      "of a class, from a package of node",
      'import type { EventEmitter } from "node:events";',
      "let heard: EventEmitter | undefined; typeof heard",
    ],
    [
      "of a default class, from a local file",
      'import type Shape from "../src/shapes.ts";',
      "const square: Shape = { sides: 4 }; typeof square.sides",
    ],
    [
      "of a namespace",
      'import type * as shapes from "../src/shapes.ts";',
      "let hue: shapes.Hue | undefined; const same: typeof hue = undefined; typeof same",
    ],
    [
      "of one name among values",
      'import { type Hue, area } from "../src/shapes.ts"; area',
      "let mine: Hue = 1; typeof mine",
    ],
    [
      "by `import x = require`",
      'import type events = require("node:events");',
      "let made: events.EventEmitter | null = null; typeof made",
    ],
  ])("%s is known in later cells", async (_, first, later) => {
    expect(await last([first, "0", later])).toMatch(/^'(undefined|number|object)'$/);
  });

  it("brings no value", async () => {
    await value('import type { Readable } from "node:stream";');
    const { error } = await kernel.run("new Readable()");
    expect(error?.evalue).toMatch(/^'Readable' cannot be used as a value/);
  });
});

describe("a var in a block", () => {
  it.each([
    ["in the head of a loop", ["for (var step = 0; step < 3; step++) {}", "step"], "3"],
    ["over an earlier let", ["let turn = 7;", "for (var turn = 0; turn < 4; turn++) {}", "turn"], "4"],
    ["over an earlier class", ["class Kind {}", "if (true) { var Kind = 'text'; }", "Kind"], "'text'"],
    [
      "in nested blocks",
      ["try { { var nested = 'in'; } } finally { var last = 'out'; }", "[nested, last]"],
      "[ 'in', 'out' ]",
    ],
    ["by destructuring, in for of", ["for (var [key, { n }] of [['a', { n: 1 }]] as const) {}", "key + n"], "'a1'"],
    ["in a switch", ["switch (1 + 1) { case 2: var chosen = 'two'; }", "chosen"], "'two'"],
    ["that a closure reads", ["do { var late = 1; } while (false); const read = () => late;", "late = 5; read()"], "5"],
    ["that awaits", ["for await (var each of [Promise.resolve(8)]) {}", "each"], "8"],
  ])("is a name of the notebook: %s", async (_, cells, shown) => {
    expect(await last(cells)).toBe(shown);
  });
});

it.each([
  [
    "a function",
    [
      "let even: (n: number) => boolean; const odd = (n: number): boolean => n > 0 && even(n - 1);",
      "even = n => n === 0 || odd(n - 1); odd(7)",
    ],
    "true",
  ],
  [
    "a method",
    ["let scale: number; class Ruler { measure() { return 3 * scale; } }", "scale = 2; new Ruler().measure()"],
    "6",
  ],
  [
    "a getter and a generator",
    [
      "let base: number; const view = { get double() { return base * 2; } }; function* up() { yield base; }",
      "base = 4; [view.double, ...up()]",
    ],
    "[ 8, 4 ]",
  ],
])("%s may read a variable that a later cell assigns", async (_, cells, shown) => {
  expect(await last(cells)).toBe(shown);
});

it.each([
  ["prior + 1", "cell 1 defines prior; run it first"],
  ["new Posterior(); likelihood", "cells 1 and 2 define likelihood and Posterior; run them first"],
])("says which cells to run first: %s", async (code, hint) => {
  const { error } = await kernel.run(code);
  expect(error?.ename).toBe("TS2304");
  expect(error?.traceback.join("\n")).toContain(hint);
});

it.each(["window.scrollTo(0, 0)", "alert('x')", "new XMLHttpRequest()"])("knows no page: %s", async code => {
  const { error } = await kernel.run(code);
  expect(error?.ename).toMatch(/^TS(2304|2552|2584)$/);
  expect(error?.traceback.join("\n")).toContain("cells run on Node, which has no page");
});

it("offers no name of a page for a misspelt one", async () => {
  const { error } = await kernel.run(
    "docment.title; scren.width; history.back(); htmlElement; rage; Evnt; consol.log(1)",
  );
  const guesses = error?.traceback.join("\n").match(/Did you mean '\w+'/g);
  expect(guesses).toEqual(["Did you mean 'Event'", "Did you mean 'console'"]);
});
