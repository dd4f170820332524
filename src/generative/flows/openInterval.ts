import * as tf from "@tensorflow/tfjs";
import { assertEvery } from "../distributions/check.ts";

/** The smallest float32 with all of its digits: below it, backends differ. */
export const SMALLEST = 2 ** -126;

/** The float32 next below 1. */
export const BELOW_ONE = 1 - 2 ** -24;

/**
 * z in (0, 1), where rounding made it 0 or 1: the neighbours inside.
 *
 * 1 − e^−20 is 1 in float32, and the logit of 1 is no number. What a layer gives out is taken back by its inverse.
 */
export function insideUnit(z: tf.Tensor): tf.Tensor {
  return z.clipByValue(SMALLEST, BELOW_ONE);
}

/**
 * x in [0, 1] with the ends moved inside, as if by rounding; NaN stays NaN, and what lies outside becomes so.
 *
 * @throws RangeError where x lies outside, in calls that may look at numbers: not inside a gradient
 */
export function fromUnit(what: string, x: tf.Tensor): tf.Tensor {
  assertEvery(what, "x must lie in [0, 1]", "rescale the data first, as scaleLayer(256) does bytes", x, isProbability);
  const ends = tf.where(x.equal(1), tf.fill(x.shape, BELOW_ONE), x);
  return tf.where(x.greaterEqual(0).logicalAnd(x.less(SMALLEST)), tf.fill(x.shape, SMALLEST), ends);
}

const isProbability = (value: number): boolean => value >= 0 && value <= 1;
