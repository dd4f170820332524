import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { type Conditional, kl } from "../distributions/index.ts";
import { assertFields, told } from "../exact/check.ts";
import type { LatentVariableModel } from "../models/index.ts";
import { assertModel } from "./assertModel.ts";
import { assertSamples } from "./assertSamples.ts";

/**
 * `E_q(z|x) [log p(x|z)] − β KL(q(z|x) ‖ p(z))`, in nats, one value a datum: [batch].
 *
 * A bound on log p(x) for β ≥ 1, the ELBO for β = 1. Higgins et al., β-VAE: Learning Basic Visual Concepts with a
 * Constrained Variational Framework, 2017, eq. 4.
 *
 * @throws RangeError where β is negative, infinite or NaN, or `samples` is not a positive integer
 */
export function betaElbo(
  model: LatentVariableModel,
  encoder: Conditional<"z", "x">,
  x: tf.Tensor,
  random: Random,
  options: { beta: number; samples?: number },
): tf.Tensor {
  assertFields("betaElbo", "options", options, ["beta"]);
  const { beta, samples = 1 } = options;
  if (!(Number.isFinite(beta) && beta >= 0)) {
    throw new RangeError(
      `betaElbo: beta must be 0 or more, but got ${told(beta)}; 1 is the ELBO, and below 0 a rate would be rewarded.`,
    );
  }
  assertSamples("betaElbo", samples);
  assertModel("betaElbo", model, encoder, x, random);
  const posterior = encoder.given(x); //                          q(z|x)
  const z = posterior.sample(random, samples); //                 [samples, batch, latent]
  const reconstruction = model.likelihood.given(z).logProb(x); // [samples, batch]
  const rate = kl(posterior, model.prior); //                     [batch]
  // A weight of 0 leaves the rate out, be it infinite.
  const counted = beta === 0 ? tf.where(rate.isInf(), tf.zerosLike(rate), rate) : rate;
  return reconstruction.mean(0).sub(counted.mul(beta));
}
