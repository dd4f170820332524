import type { Tensor } from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { type Conditional, kl } from "../distributions/index.ts";
import type { LatentVariableModel } from "../models/index.ts";

/**
 * `E_q(z|x) [log p(x|z)] − β KL(q(z|x) ‖ p(z))`, in nats, one value a datum: [batch].
 *
 * A bound on log p(x) for β ≥ 1, the ELBO for β = 1. Higgins et al., β-VAE: Learning Basic Visual Concepts with a
 * Constrained Variational Framework, 2017, eq. 4.
 *
 * @throws RangeError where β is negative
 */
export function betaElbo(
  model: LatentVariableModel,
  encoder: Conditional<"z", "x">,
  x: Tensor,
  random: Random,
  { beta, samples = 1 }: { beta: number; samples?: number },
): Tensor {
  if (!(beta >= 0)) {
    throw new RangeError(`betaElbo: beta must be 0 or more, but got ${beta}; below 0 it would reward a rate.`);
  }
  const posterior = encoder.given(x); //                          q(z|x)
  const z = posterior.sample(random, samples); //                 [samples, batch, latent]
  const reconstruction = model.likelihood.given(z).logProb(x); // [samples, batch]
  return reconstruction.mean(0).sub(kl(posterior, model.prior).mul(beta));
}
