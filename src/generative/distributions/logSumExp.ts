import * as tf from "@tensorflow/tfjs";

/**
 * `log Σ_i exp a_i` along an axis, −∞ where every a_i is −∞: [..., n, ...] -> [..., ...], in any of tfjs's backends.
 *
 * The log-sum-exp of tfjs is NaN there, in value and in gradient; here the gradient is 0. +∞ where an a_i is +∞.
 */
export function logSumExp(a: tf.Tensor, axis: number): tf.Tensor {
  const largest = a.max(axis, true);
  const shift = tf.where(largest.isInf(), tf.zerosLike(largest), largest);
  const sum = a.sub(shift).exp().sum(axis);
  const empty = sum.equal(0);
  const log = tf
    .where(empty, tf.onesLike(sum), sum)
    .log()
    .add(shift.squeeze([axis]));
  return tf.where(empty, tf.fill(sum.shape, -Infinity), log);
}
