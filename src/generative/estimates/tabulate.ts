import * as tf from "@tensorflow/tfjs";
import { vectors } from "../exact/index.ts";

/**
 * `log p(x)` of all 2^d binary vectors, in the order of `binaryVectors(d)`, in nats; of all K^d with K `values`.
 *
 * Whether a model of d bits is a distribution is no matter of opinion: Σ_x p(x) is the log-sum-exp of this, and
 * must be 0 in logarithms. Takes any function of x, so that what is not a distribution can be found out.
 *
 * @example
 * const fair = new Bernoulli<"x">([0, 0, 0]);
 * Math.exp(logSumExp(tabulate(fair, 3))).toFixed(5) // => "1.00000"
 */
export function tabulate(model: { logProb(x: tf.Tensor): tf.Tensor }, d: number, values = 2): Float64Array {
  return Float64Array.from(tf.tidy(() => model.logProb(tf.tensor2d(vectors(d, values))).dataSync()));
}
