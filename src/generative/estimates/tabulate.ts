import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertCount, assertMethods } from "../exact/check.ts";
import { vectors } from "../exact/index.ts";

/**
 * `log p(x)` of all 2^d binary vectors, in the order of `binaryVectors(d)`, in nats; of all K^d with K `values`.
 *
 * Whether a model of d bits is a distribution is no matter of opinion: Σ_x p(x) is the log-sum-exp of this, and
 * must be 0 in logarithms. Takes any function of x, so that what is not a distribution can be found out.
 *
 * @throws RangeError where there are more than 2²⁰ vectors, or logProb gives anything else than one number each
 * @example
 * const fair = new Bernoulli<"x">([0, 0, 0]);
 * Math.exp(logSumExp(tabulate(fair, 3))).toFixed(5) // => "1.00000"
 */
export function tabulate(model: { logProb(x: tf.Tensor): tf.Tensor }, d: number, values = 2): Float64Array {
  assertMethods("tabulate", "model", model, ["logProb"]);
  assertCount("tabulate", "d", d, "it is how many entries x has");
  assertCount("tabulate", "values", values, "bits have 2", 2);
  const count = values ** d;
  if (count > 2 ** 20) {
    throw new RangeError(
      `tabulate: there must be at most 2^20 vectors, but got ${values}^${d}; sample where they are too many.`,
    );
  }
  const table = tf.tidy(() => {
    const logProb = model.logProb(tf.tensor2d(vectors(d, values)));
    assertTensor("tabulate", "what logProb returns", logProb);
    if (logProb.size === count) return logProb.dataSync<"float32">();
    throw new RangeError(
      `tabulate: logProb must give one number a vector, [${count}], but got shape [${logProb.shape}]; sum over the other axes.`,
    );
  });
  return Float64Array.from(table);
}
