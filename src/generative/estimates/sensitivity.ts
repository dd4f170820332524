import * as tf from "@tensorflow/tfjs";

/**
 * `|∂ℓ_i / ∂x_j|` for every j: how far the logit of one dimension moves with each input, at x. [d]
 *
 * A row of the Jacobian, by one backward pass. Where it is 0 there is no path, or terms happen to cancel or relus to be
 * off: positive weights, or a random smooth network, tell the two apart.
 */
export function sensitivity(conditional: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, i: number): Float64Array {
  const row = tf.tidy(() =>
    tf
      .grad((x: tf.Tensor) => conditional(x).slice([0, i], [1, 1]).asScalar())(x.reshape([1, -1]))
      .abs()
      .dataSync(),
  );
  return Float64Array.from(row);
}
