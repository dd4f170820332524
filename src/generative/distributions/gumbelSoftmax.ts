import * as tf from "@tensorflow/tfjs";
import { inWords, type Random } from "../../engine/index.ts";
import { assertDefined, assertEventShape, sampleShape, type TensorLike, toTensor } from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";
import { belowLargest, logSoftmax } from "./logSumExp.ts";
import { isKnownWithin } from "./numbers.ts";

/**
 * `log p(y) = log (K − 1)! + (K − 1) log τ + Σ_k (ℓ_k − (τ + 1) log y_k) − K log Σ_k exp(ℓ_k − τ log y_k)`.
 *
 * A category relaxed to shares y of all K of them, the Concrete distribution: a density on the simplex, over its first
 * K − 1 coordinates. `logits` ℓ is [...batch, K], up to a constant; y is [...batch, K], positive, with sum 1. In nats.
 * Near the corners the density is unbounded for small τ and float32 rounds shares to 0: an exact 0 counts as the smallest
 * normal number, and `sampleLog` with `logProbOfLog` stays in logarithms throughout. Maddison, Mnih & Teh, The Concrete
 * Distribution, 2017, eq. 10 and 26; Jang, Gu & Poole, Categorical Reparameterization with Gumbel-Softmax, 2017.
 *
 * @throws RangeError where the temperature is not positive and finite, there is no logit, or something is NaN
 * @example
 * const even = new GumbelSoftmax<"y">([0, 0, 0], 1);
 * even.logProb(tf.tensor([0.2, 0.3, 0.5])).arraySync().toFixed(4) // => "0.7001"
 */
export class GumbelSoftmax<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly logits: tf.Tensor;
  /** [...batch, K] */
  readonly shape: readonly number[];

  constructor(
    logits: TensorLike,
    readonly temperature: number,
  ) {
    this.logits = toTensor(logits, "GumbelSoftmax", "logits");
    this.shape = this.logits.shape;
    if (!this.shape.at(-1)) {
      throw new RangeError(
        `GumbelSoftmax: logits must be [...batch, K], but got shape [${this.shape}]; give one a value.`,
      );
    }
    if (!(Number.isFinite(temperature) && temperature > 0)) {
      throw new RangeError(
        `GumbelSoftmax: temperature must be positive, but got ${inWords(temperature)}; 0.5 is usual, and 0 is Categorical.`,
      );
    }
  }

  /** y = softmax((ℓ + g)/τ), differentiable in ℓ. [...batch, K], or [samples, ...batch, K] */
  sample(random: Random, samples?: number): tf.Tensor {
    return this.perturbed(random, samples).softmax();
  }

  /** log y of the same draw, of which none is −∞ where all logits are finite. [...batch, K], or [samples, ...batch, K] */
  sampleLog(random: Random, samples?: number): tf.Tensor {
    const scores = this.perturbed(random, samples);
    return logSoftmax(scores);
  }

  /** log p(y) in nats, −∞ off the simplex (by more than 1e-4 in the sum). y: [...batch, K] -> [...batch] */
  logProb(y: tf.Tensor): tf.Tensor {
    assertEventShape("GumbelSoftmax", y, this.shape);
    const outside = y.less(0).any(-1).logicalOr(y.sum(-1).sub(1).abs().greater(1e-4));
    const shares = tf.where(outside.expandDims(-1), tf.fill(y.shape, 1 / (y.shape.at(-1) as number)), y);
    const logShares = shares.maximum(SMALLEST).log();
    const logProb = this.logProbOfLog(logShares).sub(logShares.sum(-1)); // of log y, times |d log y / dy|
    return tf.where(outside.logicalOr(tf.zerosLike(logProb).toBool()), tf.fill(logProb.shape, -Infinity), logProb);
  }

  /** The log-density of log y, over K − 1 of its coordinates: ExpConcrete. [...batch, K] -> [...batch] */
  logProbOfLog(logY: tf.Tensor): tf.Tensor {
    assertEventShape("GumbelSoftmax", logY, this.shape);
    const K = this.shape.at(-1) as number;
    const scores = belowLargest(this.logits).sub(belowLargest(logY).mul(this.temperature)); // ℓ − τ log y, up to a constant
    const logProb = logSoftmax(scores)
      .sum(-1)
      .add(logFactorial(K - 1) + (K - 1) * Math.log(this.temperature));
    return assertDefined("GumbelSoftmax.logProb", "y and logits must be numbers, and a logit above −∞", logProb);
  }

  /** (ℓ + g)/τ up to a constant, g = −log(−log u), such that none overflows. */
  private perturbed(random: Random, samples: number | undefined): tf.Tensor {
    const shape = sampleShape("GumbelSoftmax", this.shape, samples, random);
    const noise = random.uniform(shape).maximum(SMALLEST).log().neg().log();
    const isOrdinary = this.temperature > 1e-3 && isKnownWithin(this.logits, -100, 100);
    if (isOrdinary) return this.logits.sub(noise).div(this.temperature);
    const scores = belowLargest(this.logits).sub(noise);
    const perturbed = scores.sub(scores.max(-1, true)).div(Math.max(this.temperature, SMALLEST));
    return assertDefined("GumbelSoftmax.sample", "logits must be numbers below +∞ of which one is above −∞", perturbed);
  }
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let i = 2; i <= n; i++) sum += Math.log(i);
  return sum;
}

/** The smallest normal float32: a uniform number may be 0, and its logarithm must be finite. */
const SMALLEST = 2 ** -126;
