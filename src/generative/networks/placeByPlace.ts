import type * as tf from "@tensorflow/tfjs";
import type { FeaturesAt } from "./causal.ts";

/** An entry of a kernel, and the place it looks at, from its own. */
export interface Tap {
  offset: readonly [dy: number, dx: number];
  tap: number;
}

/**
 * `y = Σ_taps x_(place + offset) W_tap + b` at one place, in plain numbers.
 *
 * kernel: [height, width, inputs, outputs]; its values are read once, now.
 */
export function placeByPlace(kernel: tf.Variable<tf.Rank.R4>, bias: tf.Variable, taps: readonly Tap[], count: number) {
  const [, , inputs, outputs] = kernel.shape;
  const weights = Float64Array.from(kernel.dataSync());
  const start = Float64Array.from(bias.dataSync());
  return (features: FeaturesAt, row: number, column: number): Float64Array => {
    const seen = taps.flatMap(({ offset: [dy, dx], tap }) => {
      const x = features(row + dy, column + dx);
      return x === undefined ? [] : [{ x, tap }];
    });
    const y = new Float64Array(count * outputs);
    for (let n = 0; n < count; n++) {
      const sums = y.subarray(n * outputs, (n + 1) * outputs);
      sums.set(start);
      for (const { x, tap } of seen) accumulate(sums, x, n * inputs, inputs, weights, tap * inputs * outputs);
    }
    return y;
  };
}

/** sums += x W for the `inputs` entries of x from `at`, and the rows of W from `from`. */
function accumulate(
  sums: Float64Array,
  x: Float64Array,
  at: number,
  inputs: number,
  weights: Float64Array,
  from: number,
): void {
  const outputs = sums.length;
  for (let i = 0; i < inputs; i++) {
    const value = x[at + i] as number;
    if (value === 0) continue;
    const row = from + i * outputs;
    for (let j = 0; j < outputs; j++) sums[j] = (sums[j] as number) + value * (weights[row + j] as number);
  }
}
