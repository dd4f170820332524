import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import { logSumExp } from "../distributions/logSumExp.ts";
import { assertChoice } from "../exact/check.ts";
import type { LatentVariableModel } from "../models/index.ts";
import { assertModel } from "./assertModel.ts";
import { assertSamples } from "./assertSamples.ts";
import { detached, scaleGradient } from "./detached.ts";
import { logImportanceWeights } from "./importanceWeights.ts";
import { stopGradient } from "./stopGradient.ts";

export interface IwaeOptions {
  /** K, the draws of z for each datum. */
  samples: number;
  /** How the encoder gets its gradient; the value, and the gradient of the model, are the same for all three. */
  estimator?: IwaeEstimator;
}

/**
 * With w̃_k = w_k / Σ_j w_j, and every z_k a function of φ and of noise:
 *
 * - `reparameterised`: Σ_k w̃_k ∇_φ log w_k. Unbiased; relative to its noise it falls as 1/√K (Rainforth et al.,
 *   Tighter Variational Bounds are Not Necessarily Better, 2018).
 * - `stl`: Σ_k w̃_k ∂log w_k/∂z_k ∂z_k/∂φ, "sticking the landing": no noise where q is the posterior, biased for
 *   K > 1 elsewhere (Roeder, Wu & Duvenaud, 2017).
 * - `dreg`: Σ_k w̃_k² ∂log w_k/∂z_k ∂z_k/∂φ, doubly reparameterised: unbiased, no noise where q is the posterior,
 *   and better with K (Tucker, Lawson, Gu & Maddison, 2019, eq. 8).
 */
export type IwaeEstimator = "reparameterised" | "stl" | "dreg";

/**
 * `L_K(x) = E [log (1/K) Σ_k w_k] ≤ log p(x)`, in nats, one value a datum: [batch].
 *
 * The importance-weighted bound from K = `samples` draws a datum. K = 1 is the ELBO, the bound never falls as K
 * grows, and it tends to log p(x); −∞, with gradient 0, where all K weights of a datum are zero. Burda, Grosse &
 * Salakhutdinov, Importance Weighted Autoencoders, 2016, eq. 8.
 *
 * @throws RangeError where `samples` is not a positive integer
 * @throws TypeError for `stl` and `dreg` where q(z|x) is not Gaussian
 */
export function iwae(
  model: LatentVariableModel,
  encoder: Conditional<"z", "x">,
  x: tf.Tensor,
  random: Random,
  options: IwaeOptions,
): tf.Tensor {
  const { samples, estimator = "reparameterised" } = options ?? {}; // a script may leave the options out
  assertSamples("iwae", samples);
  assertChoice("iwae", "estimator", estimator, ["reparameterised", "stl", "dreg"]);
  assertModel("iwae", model, encoder, x, random);
  if (estimator === "reparameterised") return bound(logImportanceWeights(model, encoder, x, random, samples));
  const proposal = encoder.given(x);
  const logWeights = (z: tf.Tensor) => {
    const joint = model.likelihood.given(z).logProb(x).add(model.prior.logProb(z)); //        [K, batch]
    return joint.sub(detached(proposal).logProb(z)); //                                       [K, batch]
  };
  const z = proposal.sample(random, samples); //                                              [K, batch, latent]
  if (estimator === "stl") return bound(logWeights(z));
  // The bound weighs the path of z_k with w̃_k; scaled by w̃_k once more on its way to φ, that is w̃_k².
  const fixed = logWeights(stopGradient(z));
  const total = logSumExp(fixed, 0);
  const none = total.equal(-Infinity); // all weights of a datum are zero: none has a share
  const shares = fixed.sub(tf.where(none, tf.zerosLike(total), total)).exp();
  const weights = stopGradient(shares); //                                                    w̃, [K, batch]
  return bound(logWeights(scaleGradient(z, weights.expandDims(-1))));
}

/** log (1/K) Σ_k w_k. [K, batch] -> [batch] */
function bound(logWeights: tf.Tensor): tf.Tensor {
  return logSumExp(logWeights, 0).sub(Math.log(logWeights.shape[0] as number));
}
