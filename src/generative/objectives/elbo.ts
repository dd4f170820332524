import type { Tensor } from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { type Conditional, kl } from "../distributions/index.ts";
import { assertChoice } from "../exact/check.ts";
import type { LatentVariableModel } from "../models/index.ts";
import { assertModel } from "./assertModel.ts";
import { assertSamples } from "./assertSamples.ts";
import { logImportanceWeights } from "./importanceWeights.ts";

export interface ElboOptions {
  /** Draws of z for each datum; their average is the estimate. */
  samples?: number;
  /** `kl`: the KL term exactly, where the pair of families has a closed form. `joint`: all of it from the draws. */
  form?: "kl" | "joint";
}

/**
 * `ELBO(x) = E_q(z|x) [log p(x|z)] − KL(q(z|x) ‖ p(z)) ≤ log p(x)`, in nats, one value a datum: [batch].
 *
 * The expectation is estimated with reparameterised draws, so gradients reach the encoder. The second form,
 * `{ form: "joint" }`, is E_q [log p(x, z) − log q(z|x)]: the same number on average, for any pair of families,
 * with another variance. Kingma & Welling, Auto-Encoding Variational Bayes, 2014, eq. 7 (joint) and eq. 10 (kl).
 *
 * @throws RangeError where `samples` is not a positive integer
 */
export function elbo(
  model: LatentVariableModel,
  encoder: Conditional<"z", "x">,
  x: Tensor,
  random: Random,
  options: ElboOptions = {},
): Tensor {
  const { samples, form } = { ...defaults, ...options };
  assertSamples("elbo", samples);
  assertChoice("elbo", "form", form, ["kl", "joint"]);
  assertModel("elbo", model, encoder, x, random);
  if (form === "joint") return logImportanceWeights(model, encoder, x, random, samples).mean(0);
  const posterior = encoder.given(x); //                          q(z|x)
  const z = posterior.sample(random, samples); //                 [samples, batch, latent]
  const reconstruction = model.likelihood.given(z).logProb(x); // [samples, batch]
  return reconstruction.mean(0).sub(kl(posterior, model.prior));
}

const defaults = { samples: 1, form: "kl" } as const satisfies ElboOptions;
