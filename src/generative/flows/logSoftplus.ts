import * as tf from "@tensorflow/tfjs";
import { isKnownWithin } from "../distributions/numbers.ts";

/**
 * `log log(1 + e^r)`, entry by entry, which tends to r on the left: the logarithm of a scale that a softplus keeps
 * positive, also where that scale is 0 in float32.
 *
 * Below −4 by the series log(1 + e) = e (1 − e/2 + e²/3 − e³/4 + …), to 2e-8; above to 3e-6, as softplus allows.
 */
export function logSoftplus(r: tf.Tensor): tf.Tensor {
  if (isKnownWithin(r, -4, Number.MAX_VALUE)) return r.softplus().log();
  // Each branch sees only what it can take: the derivative of the other is multiplied by 0.
  const small = r.minimum(-4);
  const e = small.exp();
  const series = e
    .mul(-1 / 4)
    .add(1 / 3)
    .mul(e)
    .sub(1 / 2)
    .mul(e)
    .add(1);
  return tf.where(r.less(-4), small.add(series.log()), r.maximum(-4).softplus().log());
}
