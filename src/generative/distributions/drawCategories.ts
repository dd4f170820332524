import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";

/**
 * `k = the first with p_0 + … + p_k > u`, u ~ U[0, 1): the number of a value for each row of probabilities.
 *
 * `probabilities` is [...batch, K]; `shape` is [...batch] or [samples, ...batch]. In JavaScript, row by row: nothing
 * here is differentiable, and the cumsum of tfjs 4.22 on WebAssembly writes outside its memory.
 */
export function drawCategories(family: string, random: Random, probabilities: tf.Tensor, shape: number[]): tf.Tensor {
  const K = probabilities.shape.at(-1) as number;
  const p = Float64Array.from(probabilities.dataSync());
  if (p.some(Number.isNaN)) {
    throw new RangeError(
      `${family}.sample: logits must be numbers, but got NaN among the probabilities; look for NaN in what computed them, for +∞, or for −∞ alone.`,
    );
  }
  const rows = p.length / K;
  const uniform = random.uniformArray(shape.reduce((product, n) => product * n, 1));
  const numbers = Float32Array.from(uniform, (u, i) => {
    const from = (i % rows) * K;
    let left = 0;
    for (let at = from; at < from + K; at++) left += p[at] as number; // float32 rows sum to almost 1
    left *= u;
    let k = from;
    let last = from + K - 1;
    while (p[last] === 0) last--; // what is left over by rounding never draws a value of probability 0
    while (k < last && left >= (p[k] as number)) left -= p[k++] as number;
    return k - from;
  });
  return tf.tensor(numbers, shape, "float32");
}
