import * as tf from "@tensorflow/tfjs";
import { isKnownWithin } from "./numbers.ts";
import { withGradient } from "./withGradient.ts";
import { LARGEST } from "./withoutInfinities.ts";

/**
 * `log Σ_i exp a_i` along an axis, −∞ where every a_i is −∞: [..., n, ...] -> [..., ...], in any of tfjs's backends.
 *
 * The log-sum-exp of tfjs is NaN there, in value and in gradient; here the gradient is 0. +∞ where an a_i is +∞.
 */
export function logSumExp(a: tf.Tensor, axis: number): tf.Tensor {
  if (isKnownWithin(a, -LARGEST, LARGEST)) return a.logSumExp(axis);
  const largest = largestOf(a, axis);
  const sum = a.sub(largest.clipByValue(-LARGEST, LARGEST)).exp().sum(axis);
  const empty = sum.equal(0).toFloat(); // log 1 and not log 0, whose derivative is ∞
  return sum
    .add(empty)
    .log()
    .add(largest.squeeze([axis]));
}

/**
 * `ℓ − log Σ_k exp ℓ_k` along the last axis: log-probabilities from logits, of any common offset. [..., K] -> [..., K]
 *
 * The offset goes first: float32 has no digits of log 2 beside one of 1e8. NaN where a logit is NaN or +∞, or all are −∞.
 */
export function logSoftmax(logits: tf.Tensor): tf.Tensor {
  const shifted = belowLargest(logits);
  return shifted.sub(logNormaliser(shifted, true));
}

/** ℓ − max ℓ along the last axis, for what no common offset of ℓ changes: the largest has the derivative 0. */
export function belowLargest(logits: tf.Tensor): tf.Tensor {
  return logits.sub(largestOf(logits, -1));
}

/** log Σ_k exp ℓ_k along the last axis, of what `belowLargest` gives. */
export function logNormaliser(shifted: tf.Tensor, keepAxis = false): tf.Tensor {
  return shifted.exp().sum(-1, keepAxis).log();
}

/** With the derivative 0: what is taken off and added again changes nothing. */
const largestOf = (a: tf.Tensor, axis: number): tf.Tensor =>
  withGradient(
    a => a.max(axis, true),
    a => tf.zerosLike(a),
  )(a);
