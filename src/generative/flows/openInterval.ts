import type * as tf from "@tensorflow/tfjs";
import { assertEvery } from "../distributions/check.ts";
import { isKnownWithin } from "../distributions/numbers.ts";
import { withGradient } from "../distributions/withGradient.ts";

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
  return insideOf(z);
}

/** Where the ends are taken, derivatives have become 0 by themselves. */
const insideOf = withGradient(
  z => z.clipByValue(SMALLEST, BELOW_ONE),
  (_, dy) => dy.clone(),
);

/**
 * x in [0, 1] with the ends moved inside, as if by rounding; NaN stays NaN, and what lies outside becomes so.
 *
 * @throws RangeError where x lies outside, in calls that may look at numbers: not inside a gradient
 */
export function fromUnit(what: string, x: tf.Tensor): tf.Tensor {
  assertEvery(what, "x must lie in [0, 1]", "rescale the data first, as scaleLayer(256) does bytes", x, {
    least: 0,
    most: 1,
  });
  return movedInside(x);
}

const movedInside = moved([SMALLEST, BELOW_ONE], x => x.sub(x.square()));

/**
 * x with what lies beyond the two limits moved there, and NaN where `room`, positive inside, is negative.
 *
 * The derivative is 1 where there is room, and 0 elsewhere. Comparisons would take most of the time in WebAssembly.
 */
export function moved(
  [least, most]: readonly [number, number],
  room: (x: tf.Tensor) => tf.Tensor,
): (x: tf.Tensor) => tf.Tensor {
  const move = withGradient(
    x => {
      const outside = room(x).sqrt().mul(0); // 0 inside, and NaN for a NaN, which clipping may swallow
      return x.clipByValue(least, most).add(outside);
    },
    (x, dy) => dy.mul(room(x).step()),
  );
  return x => (isKnownWithin(x, least, most) ? x : move(x));
}
