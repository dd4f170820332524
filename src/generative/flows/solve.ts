import * as tf from "@tensorflow/tfjs";

/**
 * `x with F(x) = z`, entry by entry, for an increasing F: an interval is halved, then one Newton step taken.
 *
 * That step has the derivative dx/dz = 1/F′(x), and with respect to parameters −∂F/F′, which halving has not. x is
 * looked for in [−reach, reach]; 40 halvings of 2 · 10⁴ leave less than float32 can tell apart.
 */
export function solveIncreasing(
  z: tf.Tensor,
  F: (x: tf.Tensor) => { value: tf.Tensor; logSlope: tf.Tensor },
  { reach = 1e4, halvings = 40 }: { reach?: number; halvings?: number } = {},
): tf.Tensor {
  const target = stopGradient(z);
  let from: tf.Tensor = tf.fill(z.shape, -reach);
  let to: tf.Tensor = tf.fill(z.shape, reach);
  for (let i = 0; i < halvings; i++) {
    const middle = from.add(to).mul(0.5);
    const below = stopGradient(F(middle).value).less(target);
    from = tf.where(below, middle, from);
    to = tf.where(below, to, middle);
  }
  const x = stopGradient(from.add(to).mul(0.5));
  const { value, logSlope } = F(x);
  const slope = stopGradient(logSlope).exp().clipByValue(1e-6, 1e6);
  return x.add(z.sub(value).div(slope));
}

/** The same value, with a derivative of zero. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  return tf.customGrad(x => ({ value: (x as tf.Tensor).clone(), gradFunc: () => tf.zerosLike(x as tf.Tensor) }))(x);
}
