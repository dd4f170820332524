import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { assertEvery, assertEventShape, parameterShape, sampleShape, type TensorLike, toTensor } from "./check.ts";
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
    this.low = toTensor(low);
    this.high = toTensor(high);
    this.shape = parameterShape("Uniform", { low: this.low, high: this.high });
    const width = tf.tidy(() => this.high.sub(this.low));
    assertEvery("Uniform", "high must be above low", "swap them", width, w => w > 0);
  }

  /** x = a + (b − a) u with u ~ U[0, 1). [...batch, d], or [samples, ...batch, d] */
  sample(random: Random, samples?: number): tf.Tensor {
    const u = random.uniform(sampleShape("Uniform", this.shape, samples));
    return this.low.add(this.high.sub(this.low).mul(u));
  }

  /** log p(x) in nats, −∞ outside. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    assertEventShape("Uniform", x, this.shape);
    const inside = x.greaterEqual(this.low).logicalAnd(x.lessEqual(this.high));
    const log = this.high.sub(this.low).log().neg().add(tf.zerosLike(x));
    return tf.where(inside, log, tf.fill(log.shape, -Infinity)).sum(-1);
  }

  /** H = log(b − a), in nats, summed over the last axis: [...batch]. */
  entropy(): tf.Tensor {
    return this.high.sub(this.low).log().sum(-1);
  }
}
