import type { Tensor } from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import type { LatentVariableModel } from "../models/index.ts";
import { logImportanceWeights } from "./importanceWeights.ts";

/**
 * `L_K(x) = E [log (1/K) Σ_k w_k] ≤ log p(x)`, in nats, one value a datum: [batch].
 *
 * The importance-weighted bound from K = `samples` draws a datum. K = 1 is the ELBO, the bound never falls as K
 * grows, and it tends to log p(x). Burda, Grosse & Salakhutdinov, Importance Weighted Autoencoders, 2016, eq. 8.
 */
export function iwae(
  model: LatentVariableModel,
  encoder: Conditional<"z", "x">,
  x: Tensor,
  random: Random,
  { samples }: { samples: number },
): Tensor {
  return logImportanceWeights(model, encoder, x, random, samples).logSumExp(0).sub(Math.log(samples));
}
