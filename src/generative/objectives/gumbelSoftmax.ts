import type { Tensor } from "@tensorflow/tfjs";
import { assertRandom, assertTensor, type Random } from "../../engine/index.ts";
import { assertFields } from "../exact/check.ts";
import { GumbelSoftmax } from "../distributions/index.ts";

export interface GumbelSoftmaxOptions {
  /** τ > 0. Towards 0 the draws become one-hot, and the variance of their gradient grows as 1/τ. */
  temperature: number;
  /** Draws for each batch entry; left out: one, without an axis for it. */
  samples?: number;
}

/**
 * `y_k = softmax((ℓ_k + g_k) / τ)` with g = −log(−log u), u ~ U(0, 1): a category, relaxed to shares of all of them.
 *
 * `logits` ℓ is [...batch, K]; y is [...batch, K] or [samples, ...batch, K], positive, with sum 1, and differentiable in
 * ℓ. The largest share is that of k with probability softmax(ℓ)_k, for every τ: rounded, y is an exact draw. Unrounded
 * it is not, so the gradient of E[f(y)] is that of Σ_k p_k f_k only in the limit τ → 0. Jang, Gu & Poole, Categorical
 * Reparameterization with Gumbel-Softmax, 2017; Maddison, Mnih & Teh, The Concrete Distribution, 2017.
 *
 * A logit of −∞ has the share 0. The density of y is that of `GumbelSoftmax`.
 *
 * @throws RangeError where the temperature is not positive, or logits are NaN, +∞ or all −∞
 */
export function gumbelSoftmax(logits: Tensor, random: Random, options: GumbelSoftmaxOptions): Tensor {
  assertTensor("gumbelSoftmax", "logits", logits);
  assertRandom("gumbelSoftmax", random);
  assertFields("gumbelSoftmax", "options", options, ["temperature"]);
  const { temperature, samples } = options;
  return new GumbelSoftmax(logits, temperature).sample(random, samples);
}
