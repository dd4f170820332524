import * as tf from "@tensorflow/tfjs";
import { isTracing } from "../../engine/index.ts";
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
 * x in [0, 1] with the ends moved inside, as if by rounding; NaN stays NaN, and what lies outside becomes so. For `logit`.
 *
 * @throws RangeError where x lies outside, in calls that may look at numbers: not inside a gradient
 */
export function fromUnit(what: string, x: tf.Tensor): tf.Tensor {
  if (isKnownWithin(x, SMALLEST, BELOW_ONE)) return x;
  assertEvery(what, "x must lie in [0, 1]", "rescale the data first, as scaleLayer(256) does bytes", x, {
    least: 0,
    most: 1,
  });
  return isValueOfStep() ? x : movedInside(x);
}

/** `log x − log(1 − x)`, of what `fromUnit` gives. */
export const logit = (x: tf.Tensor): tf.Tensor => logOf(x).sub(logOfRest(x));

/** `−log x − log(1 − x)`, the logarithm of its derivative. */
export const logitDerivative = (x: tf.Tensor): tf.Tensor => logOf(x).add(logOfRest(x)).neg();

const logOf = (x: tf.Tensor) => fromLeast(x.log(), Math.log(SMALLEST));
const logOfRest = (x: tf.Tensor) => fromLeast(x.neg().add(1).log(), Math.log(1 - BELOW_ONE));

/** Where x was not moved inside, its logarithm is, from −∞ at an end. */
const fromLeast = (log: tf.Tensor, least: number) => (isValueOfStep() ? log.maximum(least) : log);

/** tanh⁻¹ for z in [−1, 1], whose ends stand for their neighbours inside. */
export function inverseTanh(what: string, z: tf.Tensor): tf.Tensor {
  if (isKnownWithin(z, -BELOW_ONE, BELOW_ONE)) return z.atanh();
  assertEvery(what, "z must lie in [−1, 1]", "rescale it first", z, { least: -1, most: 1 });
  if (!isValueOfStep()) return betweenOnes(z).atanh();
  const largest = Math.atanh(BELOW_ONE);
  return z.atanh().clipByValue(-largest, largest);
}

/**
 * Whether a compiled step asks for a value and no derivative. There every call is checked, and a function may be taken
 * before the ends are moved: it is ∞ at them, but that has no derivative.
 */
function isValueOfStep(): boolean {
  return isTracing() && tf.engine().state.gradientDepth === 0;
}

/**
 * x with what lies beyond the two limits moved there, and NaN where `room`, positive inside, is negative.
 *
 * The derivative is 1 where there is room, and 0 elsewhere. Comparisons would take most of the time in WebAssembly.
 */
function moved(
  [least, most]: readonly [number, number],
  room: (x: tf.Tensor) => tf.Tensor,
): (x: tf.Tensor) => tf.Tensor {
  return withGradient(
    x => {
      const outside = room(x).sqrt().mul(0); // 0 inside, and NaN for a NaN, which clipping may swallow
      return x.clipByValue(least, most).add(outside);
    },
    (x, dy) => dy.mul(room(x).step()),
  );
}

const movedInside = moved([SMALLEST, BELOW_ONE], x => x.sub(x.square()));
const betweenOnes = moved([-BELOW_ONE, BELOW_ONE], z => z.square().neg().add(1));
