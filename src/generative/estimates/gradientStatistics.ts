import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertCount, assertFunction, assertNumbers } from "../exact/check.ts";

/** The mean of a noisy gradient over independent runs, and its spread; one entry for each parameter. */
export interface GradientStatistics {
  mean: number[];
  /** With runs − 1 in the denominator. */
  variance: number[];
  /** Of the mean: √(variance / runs). */
  standardError: number[];
}

/**
 * Mean and variance of a gradient estimate over `runs` independent runs at the same parameters θ.
 *
 * `objective` takes θ repeated along a batch, [runs, p], and gives one estimate for each row, [runs]: rows do not mix,
 * so one backward pass makes all the gradients.
 *
 * @throws RangeError for fewer than two runs, no parameters, or an objective that gives anything else than [runs]
 */
export function gradientStatistics(
  objective: (parameters: tf.Tensor) => tf.Tensor,
  parameters: readonly number[],
  runs: number,
): GradientStatistics {
  assertFunction("gradientStatistics", "objective", objective);
  assertNumbers("gradientStatistics", "parameters", parameters);
  assertCount("gradientStatistics", "runs", runs, "take hundreds", 2);
  const p = parameters.length;
  if (p === 0)
    throw new RangeError("gradientStatistics: parameters must have an entry, but got none; name what varies.");
  const values = tf.tidy(() => {
    const repeated = tf.tile(tf.tensor2d([[...parameters]]), [runs, 1]); // [runs, p]
    return tf
      .grad(theta => oneEach(objective(theta), runs).sum())(repeated)
      .dataSync();
  });
  const mean = Array.from({ length: p }, () => 0);
  values.forEach((value, i) => {
    mean[i % p] = (mean[i % p] as number) + value / runs;
  });
  const variance = Array.from({ length: p }, () => 0);
  values.forEach((value, i) => {
    variance[i % p] = (variance[i % p] as number) + (value - (mean[i % p] as number)) ** 2 / (runs - 1);
  });
  return { mean, variance, standardError: variance.map(value => Math.sqrt(value / runs)) };
}

function oneEach(values: tf.Tensor, runs: number): tf.Tensor {
  assertTensor("gradientStatistics", "what objective returns", values);
  if (values.rank === 1 && values.shape[0] === runs) return values;
  throw new RangeError(
    `gradientStatistics: objective must give one estimate a run, [${runs}], but got shape [${values.shape}]; sum over the other axes.`,
  );
}
