import * as tf from "@tensorflow/tfjs";

/**
 * `x with F(x) = z`, entry by entry, for an increasing F: an interval is halved, then one Newton step taken.
 *
 * `from` and `to` are where F(from) ≤ z ≤ F(to), entry by entry: whoever calls knows an interval that cannot miss.
 * 40 halvings leave 1e-12 of it. The last step has the derivative dx/dz = 1/F′(x), and with respect to parameters
 * −∂F/F′, which halving has not; its value stays within the rounding of x, for in a flat place z − F(x) is rounding
 * noise, which a small slope would enlarge without bound.
 */
export function solveIncreasing(
  z: tf.Tensor,
  F: (x: tf.Tensor) => tf.Tensor,
  /** log F′ */
  logSlope: (x: tf.Tensor) => tf.Tensor,
  bracket: { from: tf.Tensor; to: tf.Tensor },
  halvings = 40,
): tf.Tensor {
  const target = stopGradient(z);
  let [from, to] = [stopGradient(bracket.from), stopGradient(bracket.to)];
  for (let i = 0; i < halvings; i++) {
    const middle = from.mul(0.5).add(to.mul(0.5));
    const below = stopGradient(F(middle)).less(target);
    from = tf.where(below, middle, from);
    to = tf.where(below, to, middle);
  }
  const x = from.mul(0.5).add(to.mul(0.5));
  const inverseSlope = stopGradient(logSlope(x)).neg().clipByValue(-LARGEST_LOG, LARGEST_LOG).exp();
  const step = z.sub(F(x)).mul(inverseSlope);
  const value = stopGradient(step);
  const rounding = to.sub(from).add(x.abs().mul(ROUNDING));
  return x.add(value.minimum(rounding).maximum(rounding.neg())).add(step.sub(value));
}

/** The same value, with a derivative of zero. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  return tf.customGrad(x => ({ value: (x as tf.Tensor).clone(), gradFunc: () => tf.zerosLike(x as tf.Tensor) }))(x);
}

/** e^±80 is a float32, and so is its product with a step. */
const LARGEST_LOG = 80;

/** Two units in the last place. */
const ROUNDING = 2 ** -22;
