import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import {
  assertDefined,
  assertEventShape,
  assertEvery,
  parameterShape,
  SMALLEST,
  sampleShape,
  type TensorLike,
  toTensor,
} from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";

/**
 * `log p(x) = −log(b − a)` for a ≤ x ≤ b and −∞ elsewhere, summed over the last axis.
 *
 * `low` a and `high` b broadcast to [...batch, d]. In nats.
 *
 * @throws RangeError where shapes do not broadcast or an interval is empty
 * @example
 * new Uniform<"u">([0, 0], [1, 4]).logProb(tf.tensor([0.5, 3])).arraySync().toFixed(4) // => "-1.3863"
 */
export class Uniform<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly low: tf.Tensor;
  readonly high: tf.Tensor;
  readonly shape: readonly number[];

  constructor(low: TensorLike, high: TensorLike) {
    this.low = toTensor(low, "Uniform", "low");
    this.high = toTensor(high, "Uniform", "high");
    this.shape = parameterShape("Uniform", { low: this.low, high: this.high });
    const width = tf.tidy(() => this.high.sub(this.low));
    const rule = (w: number) => (w === Infinity ? "the interval must be finite" : "high must be above low");
    assertEvery("Uniform", rule, "give two finite ends, the lower first", width, {
      least: SMALLEST,
      most: Number.MAX_VALUE,
    });
  }

  /** x = a + (b − a) u with u ~ U[0, 1). [...batch, d], or [samples, ...batch, d] */
  sample(random: Random, samples?: number): tf.Tensor {
    const shape = sampleShape("Uniform", this.shape, samples, random);
    const u = random.uniform(shape);
    return this.low.add(this.high.sub(this.low).mul(u));
  }

  /** log p(x) in nats, −∞ outside. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Uniform", x, this.shape);
    const outside = x.less(this.low).logicalOr(x.greater(this.high));
    const log = this.high.sub(this.low).log().neg().add(tf.zerosLike(x));
    const known = tf.where(x.isNaN(), x, log); // NaN is neither inside nor outside
    const logProb = tf.where(outside, tf.fill(log.shape, -Infinity), known).sum(-1);
    return assertDefined("Uniform.logProb", "x must be a number", logProb);
  }

  /** H = log(b − a), in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    return this.high.sub(this.low).log().sum(-1);
  }
}
