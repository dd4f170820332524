import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertCategories, assertDefined, assertEventShape, sampleShape, type TensorLike, toTensor } from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";
import { drawCategories } from "./drawCategories.ts";
import { belowLargest, logNormaliser, logSoftmax } from "./logSumExp.ts";
import { FEW, isRecorded } from "./numbers.ts";
import { LARGEST, withoutInfinities } from "./withoutInfinities.ts";

/**
 * `log p(x) = ℓ_x − log Σ_k exp ℓ_k`, summed over the last axis of x: independent variables with values 0 … K − 1.
 *
 * `logits` ℓ is [...batch, d, K], up to a constant for each variable; x is [...batch, d] and holds the numbers of the
 * values. In nats. With `logits` = log p, whatever p sums to, the probabilities are p / Σ p; a logit of −∞ is a
 * probability of exactly 0.
 *
 * @throws RangeError where logits lack an axis, or x is not an integer from 0 to K − 1, or logits are no distribution:
 *   NaN or +∞ among them, or −∞ all of them
 * @example
 * const die = new Categorical<"x">([[0, 0, 0, 0, 0, 0]]);
 * die.logProb(tf.tensor([3])).arraySync().toFixed(4) // => "-1.7918"
 */
export class Categorical<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly logits: tf.Tensor;
  /** [...batch, d] */
  readonly shape: readonly number[];
  /** K */
  readonly categories: number;

  constructor(logits: TensorLike) {
    this.logits = toTensor(logits, "Categorical", "logits");
    if (this.logits.rank < 2 || this.logits.shape.at(-1) === 0) {
      throw new RangeError(
        `Categorical: logits must be [...batch, d, K], but got shape [${this.logits.shape}]; one variable is [[ℓ_0, ℓ_1, …]].`,
      );
    }
    this.shape = this.logits.shape.slice(0, -1);
    this.categories = this.logits.shape.at(-1) as number;
  }

  /** p_k = exp ℓ_k / Σ_j exp ℓ_j. [...batch, d, K] */
  get probabilities(): tf.Tensor {
    return this.logits.softmax();
  }

  /** log p_k = ℓ_k − log Σ_j exp ℓ_j, in nats. [...batch, d, K] */
  get logProbabilities(): tf.Tensor {
    return logSoftmax(this.logits);
  }

  /** The numbers of the values drawn, as floats. [...batch, d], or [samples, ...batch, d]. Not differentiable. */
  sample(random: Random, samples?: number): tf.Tensor {
    return tf.tidy(() =>
      drawCategories(
        "Categorical",
        random,
        this.probabilities,
        sampleShape("Categorical", this.shape, samples, random),
      ),
    );
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Categorical", x, this.shape);
    assertCategories("Categorical", x, this.categories, "pass the numbers of the values, not one-hot vectors");
    const few = this.logProbOfFew(x);
    if (few) return assertDefined("Categorical.logProb", LOGITS, few);
    const chosen = x.expandDims(-1).equal(tf.range(0, this.categories)); // [...batch, d, K]
    const logits = belowLargest(this.logits);
    const finite = withoutInfinities(logits); // not 0 · ∞ where another value is chosen
    const picked = finite.mul(chosen.toFloat()).sum(-1).sub(logNormaliser(logits)); // [...batch, d]
    const logProb = tf.where(picked.less(-LARGEST / 1.001), tf.fill(picked.shape, -Infinity), picked).sum(-1);
    return assertDefined("Categorical.logProb", LOGITS, logProb);
  }

  /** Where a loop takes less time than operators, and nothing is recorded. */
  private logProbOfFew(x: tf.Tensor): tf.Tensor | undefined {
    if (this.logits.size > FEW || isRecorded() || !tf.util.arraysEqual(x.shape, [...this.shape])) return undefined;
    const [logits, values] = [this.logits.dataSync<"float32">(), x.dataSync()];
    const logProb = Float32Array.from(values, (k, i) => {
      const own = logits.subarray(i * this.categories, (i + 1) * this.categories);
      const largest = own.reduce((most, logit) => Math.max(most, logit), -Infinity);
      const sum = own.reduce((sum, logit) => sum + Math.exp(logit - largest), 0); // NaN for +∞, or −∞ alone
      return (own[k] as number) - largest - Math.log(sum);
    });
    return tf.tensor(logProb, x.shape, "float32").sum(-1);
  }

  /** H = −Σ_k p_k log p_k with 0 log 0 = 0, in nats, summed over the variables: [...batch]. */
  entropy(): tf.Tensor {
    const logProb = this.logProbabilities;
    const surprise = logProb.exp().mul(withoutInfinities(logProb)); // 0 log 0 = 0
    return assertDefined("Categorical.entropy", LOGITS, surprise.sum(-1).sum(-1).neg());
  }
}

/** What logits must be, for the messages of all that has some. */
export const LOGITS = "logits must be numbers below +∞ of which one is above −∞";
