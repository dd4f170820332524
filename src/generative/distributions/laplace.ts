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
import { signOf } from "./signOf.ts";

/**
 * `log p(x) = −|x − μ|/b − log 2b`, summed over the last axis.
 *
 * The density whose maximum-likelihood mean is the median: −log p is the absolute error. `mean` μ and `scale` b broadcast
 * to [...batch, d]; the standard deviation is √2 b. In nats.
 *
 * @throws RangeError where shapes do not broadcast, a scale is not positive and finite, or something is NaN
 * @example
 * new Laplace<"x">([0], [1]).logProb(tf.tensor([2])).arraySync().toFixed(4) // => "-2.6931"
 */
export class Laplace<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly mean: tf.Tensor;
  readonly scale: tf.Tensor;
  readonly shape: readonly number[];

  constructor(mean: TensorLike, scale: TensorLike) {
    this.mean = toTensor(mean, "Laplace", "mean");
    this.scale = toTensor(scale, "Laplace", "scale");
    this.shape = parameterShape("Laplace", { mean: this.mean, scale: this.scale });
    assertPositive("Laplace", "scale", "pass scales, not their logarithms", this.scale);
  }

  /**
   * x = μ − b sign(v) log(1 − |v|) with v uniform on (−1, 1), differentiable in μ and b. [...batch, d], or
   * [samples, ...batch, d]
   */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("Laplace", this.shape, samples, random);
    const v = random.uniform(shape).mul(2).sub(1).maximum(LOWEST);
    const noise = v.abs().neg().add(1).log().mul(signOf(v)).neg();
    return this.mean.add(this.scale.mul(noise));
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Laplace", x, this.shape);
    const distance = x.sub(this.mean).abs().div(this.scale);
    const logProb = distance.add(this.scale.log()).add(Math.LN2).sum(-1).neg();
    return assertDefined("Laplace.logProb", "x, mean and scale must be numbers", logProb);
  }

  /** H = 1 + log 2b, in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    const each = this.scale.log().add(1 + Math.LN2);
    return each.broadcastTo([...this.shape]).sum(-1);
  }
}

/** Random.uniform may draw 0, whose v of −1 would be x = −∞. */
const LOWEST = 2 ** -24 - 1;
