import type { Tensor } from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import type { LatentVariableModel } from "../models/index.ts";
import { assertModel } from "./assertModel.ts";
import { assertSamples } from "./assertSamples.ts";

/**
 * `log w_k = log p(x|z_k) + log p(z_k) − log q(z_k|x)` with z_k ~ q(z|x), in nats: [samples, batch].
 *
 * E_q [w] = p(x) where q(z|x) > 0 wherever p(x, z) > 0. Differentiable in the model and, through the
 * reparameterised draws, in the encoder. Burda, Grosse & Salakhutdinov, 2016, eq. 7.
 *
 * @throws RangeError where `samples` is not a positive integer
 */
export function logImportanceWeights(
  model: LatentVariableModel,
  encoder: Conditional<"z", "x">,
  x: Tensor,
  random: Random,
  samples: number,
): Tensor {
  assertSamples("logImportanceWeights", samples);
  assertModel("logImportanceWeights", model, encoder, x, random);
  const proposal = encoder.given(x);
  const z = proposal.sample(random, samples); //                                             [samples, batch, latent]
  const joint = model.likelihood.given(z).logProb(x).add(model.prior.logProb(z)); //         [samples, batch]
  return joint.sub(proposal.logProb(z));
}
