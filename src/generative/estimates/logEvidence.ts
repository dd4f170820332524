import * as tf from "@tensorflow/tfjs";
import { assertRandom, compile, inLoop, type Random } from "../../engine/index.ts";
import type { Conditional } from "../distributions/index.ts";
import { assertFields, assertMethods } from "../exact/check.ts";
import type { LatentVariableModel } from "../models/index.ts";
import { logImportanceWeights } from "../objectives/index.ts";
import { assertCounts, type DataSet, ranges, rowsOf, sizeOf } from "./dataSet.ts";
import { type LogEvidenceEstimate, summariseWeights } from "./weights.ts";

export interface EvidenceOptions {
  /** K, the draws of z for each datum. */
  samples: number;
  /** Draws evaluated at once for each datum: bounds the memory. */
  chunk?: number;
  /** Whether chunks run as a compiled graph, by default yes: the same numbers, several times sooner. */
  compiled?: boolean;
}

/**
 * `p(x) ≈ (1/K) Σ_k p(x|z_k) p(z_k) / q(z_k|x)` with z_k ~ q(z|x): importance sampling, one estimate a datum.
 *
 * x: [n, d], or a set of images. Unbiased for p(x) where q(z|x) > 0 wherever p(x, z) > 0; exact with a single draw
 * where q is the posterior. Weights are summed in float64. `average` of the `logProb` is the mean over the data.
 */
export async function importanceSampling(
  model: LatentVariableModel,
  proposal: Conditional<"z", "x">,
  x: DataSet,
  random: Random,
  options: EvidenceOptions,
): Promise<LogEvidenceEstimate[]> {
  assertFields("importanceSampling", "model", model, ["prior", "likelihood"]);
  assertMethods("importanceSampling", "proposal", proposal, ["given"]);
  const draw: Draw = (x, random, count) => logImportanceWeights(model, proposal, x, random, count);
  return estimate("importanceSampling", x, random, options, draw);
}

/**
 * `p(x) ≈ (1/K) Σ_k p(x|z_k)` with z_k ~ p(z): prior sampling, one estimate a datum.
 *
 * x: [n, d], or a set of images. Unbiased for p(x), but few draws land where p(x|z) is large: its relative variance
 * grows exponentially with the dimension of z.
 */
export async function priorSampling(
  model: LatentVariableModel,
  x: DataSet,
  random: Random,
  options: EvidenceOptions,
): Promise<LogEvidenceEstimate[]> {
  assertFields("priorSampling", "model", model, ["prior", "likelihood"]);
  return estimate("priorSampling", x, random, options, (x, random, count) => {
    // Each datum has its own draws: shared ones would tie the errors of the estimates together.
    const batch = x.shape[0] as number;
    const z = model.prior.sample(random, count * batch); // [count · batch, latent]
    return model.likelihood.given(z.reshape([count, batch, -1])).logProb(x); // [count, batch]
  });
}

/** The log-weights of some draws for each datum of a batch: [count, batch]. */
type Draw = (x: tf.Tensor, random: Random, count: number) => tf.Tensor;

/** As many data at once as keep x, repeated for every draw of a chunk, at some four million numbers. */
async function estimate(
  name: string,
  data: DataSet,
  random: Random,
  options: EvidenceOptions,
  draw: Draw,
): Promise<LogEvidenceEstimate[]> {
  // A script may leave the options out, and is told what is missing.
  const { samples, chunk = 100, compiled = true } = options ?? {};
  const [count, dimension] = sizeOf(name, data, "x");
  assertCounts(name, { samples, chunk });
  assertRandom(name, random);
  const batchSize = Math.max(1, Math.floor(MOST_NUMBERS / (Math.min(chunk, samples) * dimension)));
  const estimates: LogEvidenceEstimate[] = [];
  const step = compile(draw, { ...inLoop(compiled), name });
  try {
    for (const rows of ranges(count, batchSize)) {
      const x = rowsOf(data, rows); // [batch, d]
      const logWeights = await drawLogWeights(x, samples, chunk, count => step(x, random, count));
      estimates.push(...logWeights.map(summariseWeights));
      x.dispose();
    }
  } finally {
    step.dispose();
  }
  return estimates;
}

/** The log-weights of each datum: [batch][samples], in float64. */
async function drawLogWeights(
  x: tf.Tensor,
  samples: number,
  chunk: number,
  draw: (count: number) => tf.Tensor,
): Promise<Float64Array[]> {
  const batch = x.shape[0] as number;
  const logWeights = Array.from({ length: batch }, () => new Float64Array(samples));
  for (const { from, to } of ranges(samples, chunk)) {
    const values = tf.tidy(() => draw(to - from)); // [to − from, batch]
    const numbers = await values.data();
    values.dispose();
    for (let k = from; k < to; k++) {
      for (let i = 0; i < batch; i++) (logWeights[i] as Float64Array)[k] = numbers[(k - from) * batch + i] as number;
    }
  }
  return logWeights;
}

const MOST_NUMBERS = 2 ** 22;
