import * as tf from "@tensorflow/tfjs";
import { withGradient } from "./withGradient.ts";
import { LARGEST } from "./withoutInfinities.ts";

/**
 * `log Σ_i exp a_i` along an axis, −∞ where every a_i is −∞: [..., n, ...] -> [..., ...], in any of tfjs's backends.
 *
 * The log-sum-exp of tfjs is NaN there, in value and in gradient; here the gradient is 0. +∞ where an a_i is +∞.
 */
export function logSumExp(a: tf.Tensor, axis: number): tf.Tensor {
  const largest = largestOf(a, axis);
  const sum = a.sub(largest.clipByValue(-LARGEST, LARGEST)).exp().sum(axis);
  const empty = sum.equal(0).toFloat(); // log 1 and not log 0, whose derivative is ∞
  return sum
    .add(empty)
    .log()
    .add(largest.squeeze([axis]));
}

/** With the derivative 0: what is taken off and added again changes nothing. */
const largestOf = (a: tf.Tensor, axis: number): tf.Tensor =>
  withGradient(
    a => a.max(axis, true),
    a => tf.zerosLike(a),
  )(a);
