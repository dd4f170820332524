import * as tf from "@tensorflow/tfjs";
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
import type { Reparameterised, variable } from "./distribution.ts";
import { sumOfFew } from "./numbers.ts";

/**
 * `log N(x; μ, σ²) = −½ ((x − μ)/σ)² − log σ − ½ log 2π`, summed over the last axis.
 *
 * A diagonal Gaussian over vectors of length d. `mean` μ and `std` σ broadcast to [...batch, d].
 * Log-densities are in nats; a density may exceed 1, so a log-density may be positive.
 *
 * Beyond some 1e19 σ, where the square leaves the range of float32, log p(x) is −∞. Gradients need both squares within
 * it: x closer than that, and σ above 1e-19.
 *
 * @throws RangeError where shapes do not broadcast, a σ is not positive and finite, or something is NaN
 * @example
 * const standard = new Normal<"z">([0, 0], [1, 1]);
 * standard.logProb(tf.tensor([0, 0])).arraySync() // => -1.8378770351409912
 */
export class Normal<Name extends string = string> implements Reparameterised<Name> {
  declare readonly [variable]?: Name;
  readonly mean: tf.Tensor;
  readonly std: tf.Tensor;
  readonly shape: readonly number[];

  constructor(mean: TensorLike, std: TensorLike) {
    this.mean = toTensor(mean, "Normal", "mean");
    this.std = toTensor(std, "Normal", "std");
    this.shape = parameterShape("Normal", { mean: this.mean, std: this.std });
    assertPositive("Normal", "std", "pass standard deviations, not their logarithms", this.std);
  }

  /** x = μ + σ ε with ε ~ N(0, 1), differentiable in μ and σ. [...batch, d], or [samples, ...batch, d] */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("Normal", this.shape, samples, random);
    return this.transform(random.normal(shape));
  }

  /** μ + σ ε. [...batch, d] -> [...batch, d] */
  transform(noise: tf.Tensor): tf.Tensor {
    return this.mean.add(this.std.mul(noise));
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Normal", x, this.shape);
    const logProb = sumOfFew(logProbOfEntry, x, this.mean, this.std) ?? this.logProbOf(x);
    return assertDefined("Normal.logProb", "x, mean and std must be numbers", logProb);
  }

  private logProbOf(x: tf.Tensor): tf.Tensor {
    const z = x.sub(this.mean).div(this.std);
    return z.square().mul(-0.5).sub(this.std.log()).sub(HALF_LOG_2PI).sum(-1);
  }

  /** H = ½ log 2πe σ², in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    return this.std
      .log()
      .add(tf.zeros([...this.shape]))
      .add(HALF_LOG_2PI + 0.5)
      .sum(-1);
  }
}

function logProbOfEntry(x: number, mean: number, std: number): number {
  return -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - HALF_LOG_2PI;
}

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
