import * as tf from "@tensorflow/tfjs";
import { isTracing, type Random } from "../../engine/index.ts";
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
import { isKnownWithin, sumOfFew } from "./numbers.ts";
import { withGradient, withGradients } from "./withGradient.ts";
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
    const few = sumOfFew(logProbOfBit, this.logits, x);
    if (few) return assertDefined("Bernoulli.logProb", NUMBERS, few);
    const logProb = logProbOfBits(this.logits, x);
    const given = canBeImpossible(logProb)
      ? tf.where(logProb.less(IMPOSSIBLE), tf.fill(logProb.shape, -Infinity), logProb)
      : logProb;
    return assertDefined("Bernoulli.logProb", NUMBERS, given);
  }

  /** H = log(1 + e^ℓ) − p ℓ, 0 where p is 0 or 1, in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    const few = sumOfFew(entropyOfBit, this.logits, this.logits);
    return assertDefined("Bernoulli.entropy", NUMBERS, few ?? entropyOf(this.logits).sum(-1));
  }
}

/**
 * Σ_i x_i ℓ_i − log(1 + e^ℓ_i), whose derivatives are x − σ(ℓ) and ℓ.
 *
 * With log(1 + e^ℓ) = max(ℓ, 0) + log(1 + e^−|ℓ|): what is left of x ℓ for a bit is then exactly 0 or −|ℓ|.
 */
const logProbOfBits = withGradients(
  (logits, x) => {
    const finite = withoutInfinities(logits);
    const lost = (x as tf.Tensor).mul(finite).sub(finite.relu()).sum(-1);
    return lost.sub(logits.abs().neg().softplus().sum(-1));
  },
  ([logits, x], dy) => {
    const [l, bits, each] = [logits, x, dy.expandDims(-1)] as [tf.Tensor, tf.Tensor, tf.Tensor];
    return [slopeOfLogits(l, bits, each), each.mul(withoutInfinities(l))];
  },
);

/** The same of one bit. */
function logProbOfBit(logit: number, x: number): number {
  const size = Math.abs(logit);
  const lost = logit > 0 ? 1 - x : x; // 0 · ∞ = 0
  return (lost === 0 ? 0 : -lost * size) - Math.log1p(Math.exp(-size));
}

/** dy (x − σ(ℓ)); of every row x with every row ℓ, as in a mixture, the sums of a product: dyᵀ x − (Σ dy) σ(ℓ). */
function slopeOfLogits(logits: tf.Tensor, x: tf.Tensor, each: tf.Tensor): tf.Tensor {
  const p = logits.sigmoid();
  const [K, d] = logits.shape as [number, number];
  const pairs = logits.rank === 2 && x.shape.at(-2) === 1 && x.size / d === each.size / K;
  if (!pairs) return each.mul(x.sub(p));
  const [dy, rows] = [each.reshape([-1, K]) as tf.Tensor2D, x.reshape([-1, d]) as tf.Tensor2D];
  return dy.matMul(rows, true, false).sub(dy.sum(0).expandDims(-1).mul(p));
}

/** log(1 + e^−|ℓ|) + |ℓ| / (1 + e^|ℓ|), for each bit; its derivative is −ℓ p (1 − p). */
const entropyOf = withGradient(
  logits => {
    const distance = logits.abs();
    const nearer = distance.neg();
    if (isKnownWithin(logits, -80, 80)) return nearer.softplus().add(nearer.sigmoid().mul(distance));
    const odds = nearer.exp();
    const share = odds.div(odds.add(1)); // 0 at ∞, which a sigmoid need not be
    return nearer.softplus().add(share.mul(distance.clipByValue(0, LARGEST)));
  },
  (logits, dy) => {
    const p = logits.sigmoid();
    return dy.mul(p.sub(1).mul(p).mul(logits.clipByValue(-LARGEST, LARGEST)));
  },
);

function entropyOfBit(logit: number): number {
  const size = Math.abs(logit);
  const odds = Math.exp(-size);
  return Math.log1p(odds) + (odds === 0 ? 0 : (size * odds) / (1 + odds));
}

function canBeImpossible(logProb: tf.Tensor): boolean {
  return isTracing() || logProb.dataSync().some(value => value < IMPOSSIBLE);
}

const NUMBERS = "logits must be numbers";
/** A product of what stands for ∞ with the smallest distance of a grey x from a bit, 2⁻²⁴; what is below is −∞. */
const IMPOSSIBLE = -LARGEST / 1e8;
