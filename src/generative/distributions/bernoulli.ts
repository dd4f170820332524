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
import { withGradient } from "./withGradient.ts";
import { LARGEST, withoutInfinities } from "./withoutInfinities.ts";

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
    this.logits = toTensor(logits, "Bernoulli", "logits");
    this.shape = parameterShape("Bernoulli", { logits: this.logits });
  }

  /** p = 1 / (1 + e^−ℓ), the probability of a 1. [...batch, d] */
  get probabilities(): tf.Tensor {
    return this.logits.sigmoid();
  }

  /** Independent zeros and ones. [...batch, d], or [samples, ...batch, d]. Not differentiable. */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("Bernoulli", this.shape, samples, random);
    assertNumbers("Bernoulli.sample", "logits", this.logits);
    return random.bernoulli(this.probabilities.broadcastTo(shape));
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Bernoulli", x, this.shape);
    assertEvery("Bernoulli.logProb", "x must lie in [0, 1]", "divide pixels by 255", x, { least: 0, most: 1 });
    // log(1 + e^ℓ) = max(ℓ, 0) + log(1 + e^−|ℓ|): what is left of x ℓ for a bit is exactly 0 or −|ℓ|.
    const finite = withoutInfinities(this.logits);
    const lost = x.mul(finite).sub(relu(finite)).sum(-1);
    const logProb = lost.sub(restOfSoftplus(this.logits).sum(-1));
    const never = tf.fill(logProb.shape, -Infinity);
    return assertDefined("Bernoulli.logProb", NUMBERS, tf.where(logProb.less(IMPOSSIBLE), never, logProb));
  }

  /** H = log(1 + e^ℓ) − p ℓ, 0 where p is 0 or 1, in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    return assertDefined("Bernoulli.entropy", NUMBERS, entropyOf(this.logits).sum(-1));
  }
}

/** max(ℓ, 0), whose derivative is counted in `restOfSoftplus`. */
const relu = withGradient(
  x => x.relu(),
  x => tf.zerosLike(x),
);

/** log(1 + e^ℓ) − max(ℓ, 0) = log(1 + e^−|ℓ|), with the derivative of log(1 + e^ℓ), which has no corner at 0. */
const restOfSoftplus = withGradient(
  logits => logits.abs().neg().softplus(),
  (logits, dy) => dy.mul(logits.sigmoid()),
);

/** log(1 + e^−|ℓ|) + |ℓ| / (1 + e^|ℓ|), for each bit; its derivative is −ℓ p (1 − p). */
const entropyOf = withGradient(
  logits => {
    const distance = logits.abs();
    const odds = distance.neg().exp();
    const share = odds.div(odds.add(1)); // 0 at ∞, which a sigmoid need not be
    return distance
      .neg()
      .softplus()
      .add(share.mul(distance.clipByValue(0, LARGEST)));
  },
  (logits, dy) => {
    const p = logits.sigmoid();
    return dy.mul(p.sub(1).mul(p).mul(logits.clipByValue(-LARGEST, LARGEST)));
  },
);

const NUMBERS = "logits must be numbers";
/** A product of what stands for ∞ with the smallest distance of a grey x from a bit, 2⁻²⁴; what is below is −∞. */
const IMPOSSIBLE = -LARGEST / 1e8;
