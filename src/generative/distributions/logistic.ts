import type * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
  assertDefined,
  assertEventShape,
  assertPositive,
  parameterShape,
  sampleShape,
  type TensorLike,
  toTensor,
} from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";

/**
 * `log p(x) = −log(1 + e^y) − log(1 + e^−y) − log s` with y = (x − μ)/s, summed over the last axis.
 *
 * A density whose integral has a closed form, the sigmoid: F(x) = 1/(1 + e^−y). `mean` μ and `scale` s broadcast to
 * [...batch, d]; the standard deviation is π s/√3. In nats.
 *
 * @throws RangeError where shapes do not broadcast, a scale is not positive, or something is NaN
 * @example
 * new Logistic<"z">([0], [1]).logProb(tf.tensor([0])).arraySync().toFixed(4) // => "-1.3863"
 */
export class Logistic<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly mean: tf.Tensor;
  readonly scale: tf.Tensor;
  readonly shape: readonly number[];

  constructor(mean: TensorLike, scale: TensorLike) {
    this.mean = toTensor(mean, "Logistic", "mean");
    this.scale = toTensor(scale, "Logistic", "scale");
    this.shape = parameterShape("Logistic", { mean: this.mean, scale: this.scale });
    assertPositive("Logistic", "scale", "pass scales, not their logarithms", this.scale);
  }

  /** x = μ + s log(u/(1 − u)) with u uniform, differentiable in μ and s. [...batch, d], or [samples, ...batch, d] */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("Logistic", this.shape, samples, random);
    const u = random.uniform(shape).clipByValue(SMALLEST, 1);
    return this.mean.add(this.scale.mul(u.log().sub(u.mul(-1).add(1).log())));
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Logistic", x, this.shape);
    const y = x.sub(this.mean).div(this.scale);
    // By |y|, for −y − 2 log(1 + e^−y) would be ∞ − ∞ at −∞.
    const distance = y.abs();
    const tails = distance.add(distance.neg().softplus().mul(2));
    return assertDefined("Logistic.logProb", NUMBERS, tails.neg().sub(this.scale.log()).sum(-1));
  }

  /** log F(x) = −log(1 + e^−y), in nats, for each variable: [...batch, d] -> [...batch, d] */
  logCdf(x: tf.Tensor): tf.Tensor {
    return x.sub(this.mean).div(this.scale).neg().softplus().neg();
  }

  /** log (1 − F(x)) = −log(1 + e^y), in nats, for each variable: [...batch, d] -> [...batch, d] */
  logSurvival(x: tf.Tensor): tf.Tensor {
    return x.sub(this.mean).div(this.scale).softplus().neg();
  }

  /** H = log s + 2, in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    const each = this.scale.log().add(2);
    return each.broadcastTo([...this.shape]).sum(-1);
  }
}

const NUMBERS = "x, mean and scale must be numbers";

/** Random.uniform draws multiples of 2⁻²⁴ and may draw 0, whose logit is −∞. */
const SMALLEST = 2 ** -25;
