import * as tf from "@tensorflow/tfjs";
import { chooseBackend } from "../../engine/index.ts";
import type { Proof } from "./proof.ts";

// Run as a process: one line of JSON, or an error.
const { name, reason } = await chooseBackend();
if (name !== "tensorflow") throw new Error(reason);

const n = 1024;
const [a, b] = [tf.randomNormal([n, n], 0, 1, "float32", 1), tf.randomNormal([n, n], 0, 1, "float32", 2)];
const product = tf.matMul(a, b);
const [left, right, entries] = [a.dataSync(), b.dataSync(), product.dataSync()];
const at = (values: ArrayLike<number>, row: number, column: number) => values[row * n + column] as number;
const exact = (row: number, column: number) =>
  Array.from({ length: n }, (_, k) => at(left, row, k) * at(right, k, column)).reduce((sum, term) => sum + term, 0);
const places = Array.from({ length: 100 }, (_, i) => [(i * 37) % n, (i * 101) % n] as const);
const errors = places.map(([row, column]) => Math.abs(at(entries, row, column) - exact(row, column)));
const deviation = Math.max(...errors) / Math.sqrt(n);
if (!(deviation < 1e-5)) throw new Error(`a product of matrices deviates by ${deviation}`);

let fastest = Number.POSITIVE_INFINITY;
for (let i = 0; i < 50; i++) {
  const start = performance.now();
  tf.matMul(a, b).dispose();
  fastest = Math.min(fastest, performance.now() - start);
}
const { TF_Version } = (tf.backend() as unknown as { binding: { TF_Version: string } }).binding;
const proof: Proof = { tensorflow: TF_Version, reason, deviation, gigaflops: (2 * n ** 3) / fastest / 1e6 };
console.log(JSON.stringify(proof));
