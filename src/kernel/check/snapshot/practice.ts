/** A few cells as students write them: a checker that has seen their like is fast at the first real one. */
export const practice: readonly string[] = [
  `import * as tf from "@tensorflow/tfjs";
const xs = tf.randomNormal([8, 2]);
const loss = tf.tidy(() => xs.square().sum(-1).mean());
const [value] = await loss.data();
console.log(value?.toFixed(3), xs.shape.map(String).join());
const model = tf.sequential();
model.add(tf.layers.dense({ units: 8, inputShape: [2], activation: "relu" }));
model.compile({ optimizer: tf.train.adam(0.1), loss: "meanSquaredError" });
const history = await model.fit(xs, xs, { epochs: 1, verbose: 0 });
const gradient = tf.variableGrads(() => tf.losses.meanSquaredError(xs, xs).asScalar());
Object.keys(gradient.grads).length + Object.keys(history.history).length;`,
  `import * as math from "mathjs";
math.evaluate("sqrt(3^2 + 4^2)");
math.multiply(math.matrix([[1, 2], [3, 4]]), 2).toString();`,
  `import fs from "node:fs/promises";
interface Row { id: number; label: string; score?: number }
const rows: Row[] = Array.from({ length: 20 }, (_, id) => ({ id, label: \`r\${id}\` }));
const byLabel = new Map(rows.map(row => [row.label, row] as const));
const best = rows.filter(row => row.score !== undefined).sort((a, b) => a.id - b.id).reduce((sum, row) => sum + row.id, 0);
class Running<T extends number> { #sum = 0; push(x: T): this { this.#sum += x; return this; } get sum(): number { return this.#sum; } }
async function* count(n: number) { for (let i = 0; i < n; i++) yield i; }
for await (const i of count(3)) new Running().push(Math.max(i, best));
const text = JSON.stringify(Object.fromEntries(byLabel)).split(",").slice(1).join(" ");
await Promise.all([1, 2].map(async n => new Promise<void>(resolve => setTimeout(resolve, n))));
const read = (path: string) => fs.readFile(path, "utf8").catch((error: unknown) => (error instanceof Error ? error.message : text));`,
];
