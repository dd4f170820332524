import * as tf from "@tensorflow/tfjs";

/** Where F(from) ≤ z ≤ F(to), entry by entry. */
export interface Ends {
  from: tf.Tensor;
  to: tf.Tensor;
}

/**
 * The intervals that `solveIncreasing` halves, cut in `parts` at once: [parts − 1, ...] places are looked at in each step. For
 * compiled steps, where an operator on a hundred numbers takes as long as one on three hundred.
 */
export function bySections(
  ends: Ends,
  isBelow: (x: tf.Tensor) => tf.Tensor,
  parts: number,
): { from: tf.Tensor; width: tf.Tensor } {
  const steps = (halvings: number) => Math.ceil(halvings / Math.log2(parts));
  const places = tf.range(1, parts).reshape([-1, ...ends.from.shape.map(() => 1)]);
  let { from, to } = ofOneSign(ends, isBelow);
  const shares = places.div(parts);
  for (let i = 0; i < steps(AS_LOGARITHMS); i++) {
    const middles = geometric(from, to, shares);
    const below = isBelow(middles);
    [from, to] = [tf.where(below, middles, from).max(0), tf.where(below, to, middles).min(0)];
  }
  let width = to.sub(from);
  for (let i = 0; i < steps(AS_NUMBERS); i++) {
    width = width.mul(1 / parts);
    const count = isBelow(from.add(width.mul(places)))
      .toFloat()
      .sum(0);
    from = from.add(width.mul(count));
  }
  return { from, width };
}

/** An interval that has 0 inside is cut there. */
function ofOneSign({ from, to }: Ends, isBelow: (x: tf.Tensor) => tf.Tensor): Ends {
  const middle = from.maximum(0).add(to.minimum(0)); // 0, or the end that is nearer to it
  const below = isBelow(middle);
  return { from: tf.where(below, middle, from), to: tf.where(below, to, middle) };
}

/** Between ends of one sign, at shares of the way from the logarithm of one to that of the other. */
function geometric(from: tf.Tensor, to: tf.Tensor, shares: tf.Tensor): tf.Tensor {
  const [a, b] = [from, to].map(end => end.abs().maximum(SMALLEST).log()) as [tf.Tensor, tf.Tensor];
  const sizes = b.sub(a).mul(shares).add(a).exp();
  const signs = from.less(0).toFloat().mul(-2).add(1);
  return sizes.mul(signs).maximum(from).minimum(to);
}

/** A smaller size counts as this one. */
export const SMALLEST = 2 ** -126;

/** From 2⁻¹²⁶ … 2¹²⁸ to one octave. */
const AS_LOGARITHMS = 8;

/** To half of the rounding of a number that is known to an octave. */
const AS_NUMBERS = 25;
