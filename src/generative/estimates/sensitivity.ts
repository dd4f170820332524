import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertFunction, assertIndex } from "../exact/check.ts";

/**
 * `|∂ℓ_i / ∂x_j|` for every j: how far the logit of one dimension moves with each input, at x. [d]
 *
 * A row of the Jacobian, by one backward pass. Where it is 0 there is no path, or terms happen to cancel or relus to be
 * off: positive weights, or a random smooth network, tell the two apart.
 *
 * @param conditional [1, d] -> [1, d], the logits
 * @throws RangeError where x is not [d] or [1, d], i not one of 0 … d − 1, or conditional gives another shape
 */
export function sensitivity(conditional: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, i: number): Float64Array {
  assertFunction("sensitivity", "conditional", conditional);
  assertTensor("sensitivity", "x", x);
  const d = x.shape.at(-1) ?? 0;
  if (d === 0 || x.size !== d || x.rank > 2) {
    throw new RangeError(`sensitivity: x must be [d] or [1, d], but got shape [${x.shape}]; take one row of it.`);
  }
  assertIndex("sensitivity", "i", i, d);
  const row = tf.tidy(() =>
    tf
      .grad((x: tf.Tensor) => logitsOf(conditional, x).slice([0, i], [1, 1]).asScalar())(x.reshape([1, d]))
      .abs()
      .dataSync(),
  );
  return Float64Array.from(row);
}

/** Of another shape a slice would read beside the logits. */
function logitsOf(conditional: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): tf.Tensor {
  const logits = conditional(x);
  assertTensor("sensitivity", "what conditional returns", logits);
  if (tf.util.arraysEqual(logits.shape, x.shape)) return logits;
  throw new RangeError(
    `sensitivity: conditional must return a logit for each dimension, [${x.shape}], but got shape [${logits.shape}]; slice what it returns.`,
  );
}
