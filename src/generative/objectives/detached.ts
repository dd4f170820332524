import * as tf from "@tensorflow/tfjs";
import { assertTensor, inWords } from "../../engine/index.ts";
import { type Distribution, MultivariateNormal, Normal } from "../distributions/index.ts";
import { stopGradient } from "./stopGradient.ts";

/**
 * The same distribution, to whose parameters no gradient passes: log q(z) then depends on φ through z alone.
 *
 * @throws TypeError for a family whose parameters it does not know
 */
export function detached<Name extends string>(q: Distribution<Name>): Distribution<Name> {
  if (q instanceof Normal) return new Normal<Name>(stopGradient(q.mean), stopGradient(q.std));
  if (q instanceof MultivariateNormal) {
    return new MultivariateNormal<Name>(stopGradient(q.mean), stopGradient(q.scale));
  }
  throw new TypeError(
    `detached: q must be a Normal or a MultivariateNormal, but got ${inWords(q)}; use the plain estimator with it.`,
  );
}

/** The same values; the gradient that comes back through them is multiplied by `factor`, which itself gets none. */
export function scaleGradient(x: tf.Tensor, factor: tf.Tensor): tf.Tensor {
  assertTensor("scaleGradient", "x", x);
  assertTensor("scaleGradient", "factor", factor);
  const scaled = tf.customGrad((value, by, save) => {
    (save as unknown as (kept: tf.Tensor[]) => void)([by as tf.Tensor]);
    return {
      value: (value as tf.Tensor).clone(),
      gradFunc: (upstream: tf.Tensor, saved: tf.Tensor[]) => {
        const [kept] = saved as [tf.Tensor];
        return [upstream.mul(kept), tf.zerosLike(kept)];
      },
    };
  });
  return scaled(x, factor);
}
