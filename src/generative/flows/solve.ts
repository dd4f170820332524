import * as tf from "@tensorflow/tfjs";
import { bySections, type Ends, SMALLEST } from "./sections.ts";

/**
 * `x with F(x) = z`, entry by entry, for an increasing F: an interval is halved, then one Newton step taken.
 *
 * `from` and `to` are where F(from) ≤ z ≤ F(to), entry by entry: whoever calls knows an interval that cannot miss.
 * As long as an end is 0 or several times the other, both are halved as logarithms: so 34 halvings come to the rounding
 * of x, also of one that is 1e-30 of the interval. The last step has the derivative dx/dz = 1/F′(x), and with respect to parameters
 * −∂F/F′, which halving has not; its value stays within the rounding of x, for in a flat place z − F(x) is rounding
 * noise, which a small slope would enlarge without bound.
 */
export function solveIncreasing(
  z: tf.Tensor,
  F: (x: tf.Tensor) => tf.Tensor,
  /** log F′ */
  logSlope: (x: tf.Tensor) => tf.Tensor,
  bracket: { from: tf.Tensor; to: tf.Tensor },
  /** Whether F(x) < z, where there is a quicker way to tell. */
  isBelow: (x: tf.Tensor) => tf.Tensor = x => stopGradient(F(x)).less(stopGradient(z)),
  /** How many parts an interval is cut into at once: above 2, isBelow is asked of [parts − 1, ...] places. */
  parts = 2,
): tf.Tensor {
  const ends = { from: stopGradient(bracket.from), to: stopGradient(bracket.to) };
  const { from, width } = parts > 2 ? bySections(ends, isBelow, parts) : byHalves(ends, isBelow);
  const x = from.add(width.mul(0.5));
  const inverseSlope = stopGradient(logSlope(x)).neg().clipByValue(-LARGEST_LOG, LARGEST_LOG).exp();
  const step = z.sub(F(x)).mul(inverseSlope);
  const value = stopGradient(step);
  const rounding = width.add(x.abs().mul(ROUNDING));
  return x.add(value.minimum(rounding).maximum(rounding.neg())).add(step.sub(value));
}

function byHalves({ from, to }: Ends, isBelow: (x: tf.Tensor) => tf.Tensor): { from: tf.Tensor; width: tf.Tensor } {
  for (let i = 0; i < AS_LOGARITHMS; i++) {
    const middle = middleOf(from, to);
    const below = isBelow(middle);
    from = tf.where(below, middle, from);
    to = tf.where(below, to, middle);
  }
  let width = to.sub(from);
  for (let i = AS_LOGARITHMS; i < HALVINGS; i++) {
    width = width.mul(0.5);
    const middle = from.add(width);
    from = tf.where(isBelow(middle), middle, from);
  }
  return { from, width };
}

/** 0 between ends of two signs; √(from · to) between those of one sign that are far apart, as 0 is; else their mean. */
function middleOf(from: tf.Tensor, to: tf.Tensor): tf.Tensor {
  const sizes = [from, to].map(end => end.abs().maximum(SMALLEST)) as [tf.Tensor, tf.Tensor];
  const far = sizes[0].maximum(sizes[1]).greater(sizes[0].minimum(sizes[1]).mul(4));
  const negative = from.less(0);
  const crossed = negative.logicalAnd(to.greater(0));
  const size = sizes[0].sqrt().mul(sizes[1].sqrt());
  const geometric = tf.where(crossed, tf.zerosLike(from), tf.where(negative, size.neg(), size));
  return tf.where(far.logicalOr(crossed), geometric, from.mul(0.5).add(to.mul(0.5)));
}

/** The same value, with a derivative of zero. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  return tf.customGrad(x => ({ value: (x as tf.Tensor).clone(), gradFunc: () => tf.zerosLike(x as tf.Tensor) }))(x);
}

/** One for ends of two signs, and eight until one is no more than four times the other: then middles are means. */
const AS_LOGARITHMS = 9;

/** From there to less than the rounding of x. */
const HALVINGS = AS_LOGARITHMS + 25;

/** e^±80 is a float32, and so is its product with a step. */
const LARGEST_LOG = 80;

/** Two units in the last place. */
const ROUNDING = 2 ** -22;
