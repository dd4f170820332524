import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import type { LatentVariableModel } from "../models/index.ts";
import { logImportanceWeights } from "../objectives/index.ts";
import { type LogEvidenceEstimate, summariseWeights } from "./weights.ts";

export interface EvidenceOptions {
  /** K, the draws of z for each datum. */
  samples: number;
  /** Draws evaluated at once: bounds the memory, and changes no number. */
  chunk?: number;
}

/**
 * `p(x) ≈ (1/K) Σ_k p(x|z_k) p(z_k) / q(z_k|x)` with z_k ~ q(z|x): importance sampling, one estimate a datum.
 *
 * x: [batch, d]. Unbiased for p(x) where q(z|x) > 0 wherever p(x, z) > 0; exact with a single draw where q is
 * the posterior. Weights are summed in float64.
 */
export async function importanceSampling(
  model: LatentVariableModel,
  proposal: Conditional<"z", "x">,
  x: tf.Tensor,
  random: Random,
  { samples, chunk = 100 }: EvidenceOptions,
): Promise<LogEvidenceEstimate[]> {
  const logWeights = await drawLogWeights(x, samples, chunk, count =>
    logImportanceWeights(model, proposal, x, random, count),
  );
  return logWeights.map(summariseWeights);
}

/**
 * `p(x) ≈ (1/K) Σ_k p(x|z_k)` with z_k ~ p(z): prior sampling, one estimate a datum.
 *
 * x: [batch, d]. Unbiased for p(x), but few draws land where p(x|z) is large: its relative variance grows
 * exponentially with the dimension of z.
 */
export async function priorSampling(
  model: LatentVariableModel,
  x: tf.Tensor,
  random: Random,
  { samples, chunk = 100 }: EvidenceOptions,
): Promise<LogEvidenceEstimate[]> {
  const logWeights = await drawLogWeights(x, samples, chunk, count => {
    // Each datum has its own draws: shared ones would tie the errors of the estimates together.
    const batch = x.shape[0] as number;
    const z = model.prior.sample(random, count * batch); // [count · batch, latent]
    return model.likelihood.given(z.reshape([count, batch, -1])).logProb(x); // [count, batch]
  });
  return logWeights.map(summariseWeights);
}

/** The log-weights of each datum: [batch][samples], in float64. */
export async function drawLogWeights(
  x: tf.Tensor,
  samples: number,
  chunk: number,
  draw: (count: number) => tf.Tensor,
): Promise<Float64Array[]> {
  if (x.rank !== 2 || x.shape[0] === 0) {
    throw new RangeError(
      `log p(x): x must be [batch, d] with at least one datum, but got shape [${x.shape}]; reshape x to [1, d] for one.`,
    );
  }
  for (const [name, value] of Object.entries({ samples, chunk })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`log p(x): ${name} must be a positive integer, but got ${value}; as in { samples: 1000 }.`);
    }
  }
  const batch = x.shape[0] as number;
  const logWeights = Array.from({ length: batch }, () => new Float64Array(samples));
  for (let done = 0; done < samples; done += chunk) {
    const count = Math.min(chunk, samples - done);
    const values = tf.tidy(() => draw(count)); // [count, batch]
    const numbers = await values.data();
    values.dispose();
    for (let k = 0; k < count; k++) {
      for (let i = 0; i < batch; i++) (logWeights[i] as Float64Array)[done + k] = numbers[k * batch + i] as number;
    }
  }
  return logWeights;
}
