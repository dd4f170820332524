/** A notebook as a student writes one: cells in order, each with its types right. */
export const cells: string[] = [
  'import * as tf from "@tensorflow/tfjs";\nimport { create, all } from "mathjs";\nimport { linspace, type Point } from "../src/grid.ts";\nconst math = create(all!, {});',
  "let rate = 0.1;\nfunction step() { return rate * 10; }",
  "rate = 0.5; step()",
  "const xs = linspace(0, 1, 50);\nconst ys = xs.map(x => 3 * x + 1 + Math.sin(x * 10) * 0.1);\nxs.length",
  "const points: Point[] = xs.map((x, i) => ({ x, y: ys[i]! }));\npoints[0]",
  "const X = tf.tensor2d(xs, [xs.length, 1]);\nconst Y = tf.tensor2d(ys, [ys.length, 1]);\nX.shape",
  'const model = tf.sequential();\nmodel.add(tf.layers.dense({ units: 8, inputShape: [1], activation: "relu" }));\nmodel.compile({ optimizer: tf.train.adam(rate), loss: "meanSquaredError" });',
  "const error = X.sub(Y).square().mean();\n(await error.data())[0]",
  'math.evaluate("sqrt(3^2 + 4^2)")',
  "const c = math.complex(2, 3);\nc.re + c.im",
  "interface Row { id: number; label: string; score?: number }\ntype Rows = Row[];",
  'const rows: Rows = Array.from({ length: 20 }, (_, id) => ({ id, label: "r" + id }));\nrows.filter(r => r.score !== undefined).length',
  'const byLabel = new Map(rows.map(r => [r.label, r] as const));\nbyLabel.get("r3")?.score',
  "function groupBy<T, K extends string | number>(items: T[], key: (x: T) => K): Record<K, T[]> {\n  const out = {} as Record<K, T[]>;\n  for (const x of items) (out[key(x)] ??= []).push(x);\n  return out;\n}",
  "const groups = groupBy(rows, r => r.id % 4);\nObject.keys(groups)",
  "class Running<T extends number> {\n  #n = 0; #sum = 0;\n  push(x: T) { this.#n++; this.#sum += x; return this; }\n  get mean() { return this.#sum / this.#n; }\n}\nconst running = new Running();\nfor (const x of xs) running.push(x);\nrunning.mean",
  "const { x: px, y: py } = points[3]!;\nconst [first, ...others] = rows;\npx + py",
  'enum Mode { Train = "train", Eval = "eval" }\nlet mode: Mode = Mode.Train;\nmode',
  'mode = Mode.Eval;\nconst describe = (m: Mode) => m === Mode.Train ? "T" : "E";\ndescribe(mode)',
  "async function* count(n: number) { for (let i = 0; i < n; i++) yield i; }\nlet total = 0;\nfor await (const v of count(5)) total += v;\ntotal",
  "const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));\nawait sleep(1);",
  "const results = await Promise.all([1, 2, 3].map(async n => { await sleep(0); return n * rate; }));\nresults",
  "const gradient = tf.grad((x: tf.Tensor) => x.square().sum());\nconst g = gradient(tf.tensor1d([1, 2, 3]));\nArray.from(await g.data())",
  'function format(x: number): string;\nfunction format(x: string): string;\nfunction format(x: number | string) { return typeof x === "number" ? x.toFixed(3) : x; }\nformat(rate)',
  "const config = { rate, epochs: 10, layers: [8, 1] } as const satisfies { rate: number; epochs: number; layers: readonly number[] };\nconfig.layers[0]",
  "let best = Infinity;\nfor (let i = 0; i < 100; i++) { const v = Math.abs(Math.sin(i) * rate - 0.2); if (v < best) best = v; }\nbest",
  "type Layer = ReturnType<typeof tf.layers.dense>;\nconst layer: Layer = tf.layers.dense({ units: 2 });\nlayer.name.length > 0",
  "rate = 0.25;\nconst table = rows.map(r => ({ ...r, scaled: (r.score ?? 0) * step() }));\ntable[1]",
  'import Plotly from "plotly.js";\nconst trace: Partial<Plotly.PlotData> = { x: xs, y: ys, mode: "lines", name: `rate ${rate.toFixed(2)}` };\nconst layout: Partial<Plotly.Layout> = { title: { text: `error ${(await error.data())[0]}` }, width: 400 };',
  'import { randomNormal } from "d3-random";\nconst draw = randomNormal(0, 1);\nconst noisy = points.map(({ x, y }) => ({ x, y: y + draw() }));\nMath.max(...noisy.map(p => p.y))',
  'type Shape<T> = T extends readonly (infer Item)[] ? Item : T extends Map<string, infer Value> ? Value : never;\nconst one: Shape<typeof byLabel> = { id: 1, label: "one" };\nconst two: Shape<Rows> = one;\ntwo.label.toUpperCase()',
  "abstract class Base { abstract area(): number; toString() { return `area ${this.area()}`; } }\nclass Square extends Base { constructor(readonly side: number) { super(); } override area() { return this.side ** 2; } }\nnew Square(3).toString()",
  "const { id, score = 0, ...rest }: Row = two;\nlet kind = score > 0 ? 'good' : 'none';\nkind.length",
  "const summary = { n: xs.length, mean: running.mean, best, mode, first: first?.label };\nsummary",
];

/** The module that the cells import. */
export const grid = `export interface Point { x: number; y: number }
export const linspace = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
`;

/** Each cell in all its mutants, and then as it was. */
export function mutantsOf(cell: string): string[] {
  return [...new Set(mutations.map(mutate => mutate(cell)).filter(each => each !== cell)), cell];
}

/** Ways to break a cell. */
const mutations: ((cell: string) => string)[] = [
  cell => cell.replace(/\b\d+\b/, '"s"'),
  cell => cell.replace(/\.(\w+)\(/, ".$1Q("),
  cell => cell.replace(/\b(\w+)\.(\w+)/, "$1.$2.zzz"),
  cell => cell.replace(/: (string|number)\b/, ": boolean"),
  cell => cell.replace(/\(([^()]*)\)/, "($1, 1, 2, 3)"),
  cell => cell.replace(/const (\w+) = /, "const $1: Date = "),
  cell => cell.replace(/(\w+) => /, "($1: symbol) => "),
  cell => `// @ts-expect-error\n${cell}`,
  cell => cell.replace(/await /, ""),
  cell => cell.replace(/\b(\w+)\)/, "$1s)"),
  cell => cell.replace(/(\w+): /, "$1s: "),
  cell => cell.replace(/"(\w+)"/, '"$1 or other"'),
  cell => cell.replace(/\? |\?\?|\?\./, ""),
  cell => cell.replace(/!/, ""),
  cell => cell.replace(/\[(\d)\]/, "[$1].value.nothing"),
  cell => `// @ts-ignore\n${cell.replace(/\b\d+\b/, '"s"')}`,
];
