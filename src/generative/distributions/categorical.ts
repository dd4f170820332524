import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertCategories, assertEventShape, sampleShape, type TensorLike, toTensor } from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";
import { drawCategories } from "./drawCategories.ts";

/**
 * `log p(x) = ℓ_x − log Σ_k exp ℓ_k`, summed over the last axis of x: independent variables with values 0 … K − 1.
 *
 * `logits` ℓ is [...batch, d, K], up to a constant for each variable; x is [...batch, d] and holds the numbers of the
 * values. In nats. With `logits` = log p, whatever p sums to, the probabilities are p / Σ p.
 *
 * @throws RangeError where logits lack an axis, or x is not an integer from 0 to K − 1
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
    this.logits = toTensor(logits);
    if (this.logits.rank < 2 || this.logits.size === 0) {
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

  /** The numbers of the values drawn, as floats. [...batch, d], or [samples, ...batch, d]. Not differentiable. */
  sample(random: Random, samples?: number): tf.Tensor {
    return tf.tidy(() =>
      drawCategories("Categorical", random, this.probabilities, sampleShape("Categorical", this.shape, samples)),
    );
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Categorical", x, this.shape);
    assertCategories("Categorical", x, this.categories, "pass the numbers of the values, not one-hot vectors");
    const chosen = x.expandDims(-1).equal(tf.range(0, this.categories)).toFloat(); // [...batch, d, K]
    return this.logits.sub(this.logits.logSumExp(-1, true)).mul(chosen).sum(-1).sum(-1);
  }

  /** H = −Σ_k p_k log p_k, in nats, summed over the variables: [...batch]. */
  entropy(): tf.Tensor {
    const logProb = this.logits.sub(this.logits.logSumExp(-1, true));
    return logProb.exp().mul(logProb).sum(-1).sum(-1).neg();
  }
}
