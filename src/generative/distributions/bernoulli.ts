import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
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
 * `logits` is [...batch, d]. Working with logits keeps the log-probability finite where p rounds to 0 or 1.
 * In nats. x between 0 and 1 is allowed (grey pixels); the value is then a cross-entropy, not a log-probability.
 *
 * @throws RangeError where x is outside [0, 1]
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
    return x.mul(this.logits).sub(this.logits.softplus()).sum(-1);
  }

  /** H = log(1 + e^ℓ) − p ℓ, in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    return this.logits.softplus().sub(this.probabilities.mul(this.logits)).sum(-1);
  }
}
