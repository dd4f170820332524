import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
  assertDefined,
  assertEventShape,
  assertEvery,
  assertNumbers,
  parameterShape,
  sampleShape,
  type TensorLike,
  toTensor,
} from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";

/**
 * `log p(x) = x ℓ − log(1 + e^ℓ)`, summed over the last axis: independent bits with logits ℓ = log p/(1 − p).
 *
 * `logits` is [...batch, d]. Working with logits keeps the log-probability finite where p rounds to 0 or 1; a logit of
 * −∞ or ∞ is a p of exactly 0 or 1, and the other value then has log p(x) = −∞. In nats. x between 0 and 1 is allowed (grey pixels); the value is then a cross-entropy, not a log-probability.
 *
 * @throws RangeError where x is outside [0, 1] or a logit is NaN
 * @example
 * const fair = new Bernoulli<"x">([0, 0, 0]);
 * fair.logProb(tf.tensor([1, 0, 1])).arraySync() // => -2.079441547393799
 */
export class Bernoulli<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly logits: tf.Tensor;
  readonly shape: readonly number[];

  constructor(logits: TensorLike) {
    this.logits = toTensor(logits);
    this.shape = parameterShape("Bernoulli", { logits: this.logits });
  }

  /** p = 1 / (1 + e^−ℓ), the probability of a 1. [...batch, d] */
  get probabilities(): tf.Tensor {
    return this.logits.sigmoid();
  }

  /** Independent zeros and ones. [...batch, d], or [samples, ...batch, d]. Not differentiable. */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("Bernoulli", this.shape, samples);
    assertNumbers("Bernoulli.sample", "logits", this.logits);
    return random.bernoulli(this.probabilities.broadcastTo(shape));
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Bernoulli", x, this.shape);
    assertEvery(
      "Bernoulli.logProb",
      "x must lie in [0, 1]",
      "divide pixels by 255",
      x,
      value => value >= 0 && value <= 1,
    );
    // With r = round(x): x ℓ − log(1 + e^ℓ) = (x − r) ℓ − log(1 + e^((1 − 2r) ℓ)), for bits the second term alone.
    const r = x.round();
    const bits = this.logits.mul(r.mul(-2).add(1)).softplus();
    const grey = x.sub(r).mul(this.logits.clipByValue(-LARGEST, LARGEST)); // not 0 · ∞ where x is a bit
    const logProb = grey.sub(bits).sum(-1);
    const never = tf.fill(logProb.shape, -Infinity);
    return assertDefined("Bernoulli.logProb", NUMBERS, tf.where(logProb.less(-LARGEST / 1e8), never, logProb));
  }

  /** H = log(1 + e^ℓ) − p ℓ, 0 where p is 0 or 1, in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    const distance = this.logits.abs().neg();
    const certain = distance.isInf();
    const finite = tf.where(certain, tf.zerosLike(distance), distance);
    const entropy = finite.softplus().sub(finite.sigmoid().mul(finite));
    return assertDefined("Bernoulli.entropy", NUMBERS, tf.where(certain, tf.zerosLike(entropy), entropy).sum(-1));
  }
}

const NUMBERS = "logits must be numbers";
/** What stands for ∞ in products, the smallest of which has a factor of 2⁻²⁴; what is below that is −∞. */
const LARGEST = 3e38;
