import * as tf from "@tensorflow/tfjs";
import { inWords, type Random } from "../../engine/index.ts";
import { LOGITS } from "./categorical.ts";
import { assertDefined, assertEventShape, type TensorLike, toTensor } from "./check.ts";
import type { Distribution, variable } from "./distribution.ts";
import { drawCategories } from "./drawCategories.ts";
import { logSoftmax, logSumExp } from "./logSumExp.ts";

/**
 * `log p(x) = log Σ_k π_k p_k(x)`: a mixture of K members of one family, by log-sum-exp.
 *
 * `logits` are log π up to a constant, [...batch, K]. `components` is one distribution whose last batch axis counts
 * the components: parameters [...batch, K, d] for x of [...batch, d]. In nats; −∞ where no component has x. A logit of −∞ is a component
 * without weight. There is no closed form for its
 * entropy. Bishop, Pattern Recognition and Machine Learning, 2006, eq. 9.7.
 *
 * @throws RangeError where the components are not as many as the logits, or logits are no distribution: NaN or +∞
 *   among them, or −∞ all of them
 * @example
 * const pair = new Mixture<"x">([0, 0], new Normal([[-2], [2]], [[1], [1]]));
 * pair.logProb(tf.tensor([0])).arraySync().toFixed(4) // => "-2.9189"
 */
export class Mixture<Name extends string = string> implements Distribution<Name> {
  declare readonly [variable]?: Name;
  readonly logits: tf.Tensor;
  readonly components: Distribution<Name>;
  /** [...batch, d] */
  readonly shape: readonly number[];

  constructor(logits: TensorLike, components: Distribution<Name> & { readonly shape: readonly number[] }) {
    this.logits = toTensor(logits, "Mixture", "logits");
    if (typeof components?.logProb !== "function" || !Array.isArray(components.shape)) {
      throw new TypeError(
        `Mixture: components must be a distribution with a shape, but got ${inWords(components)}; as in new Normal([[-2], [2]], [[1], [1]]).`,
      );
    }
    this.components = components;
    this.shape = [...components.shape.slice(0, -2), ...components.shape.slice(-1)];
    if (!this.logits.shape.at(-1) || components.shape.at(-2) !== this.logits.shape.at(-1)) {
      throw new RangeError(
        `Mixture: components must be [...batch, K, d] with as many members as logits, but got shape [${components.shape}] and logits [${this.logits.shape}]; give each member a row.`,
      );
    }
  }

  /** log π_k, normalised. [...batch, K] */
  get logWeights(): tf.Tensor {
    return logSoftmax(this.logits);
  }

  /** log p(x, z = k) = log π_k + log p_k(x), in nats. x: [...batch, d] -> [...batch, K] */
  logJoint(x: tf.Tensor): tf.Tensor {
    return assertDefined("Mixture.logJoint", LOGITS, this.joint(x));
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    return assertDefined("Mixture.logProb", LOGITS, logSumExp(this.joint(x), -1));
  }

  /**
   * p(z = k | x), the share of each component in x. x: [...batch, d] -> [...batch, K]
   *
   * @throws RangeError where no component has x: nothing is known of z given what cannot be
   */
  responsibilities(x: tf.Tensor): tf.Tensor {
    return assertDefined("Mixture.responsibilities", "a component must have x", this.logJoint(x).softmax());
  }

  /** A component by its weight, then a draw from it. [...batch, d], or [samples, ...batch, d]. */
  sample(random: Random, samples?: number): tf.Tensor {
    return tf.tidy(() => {
      const draws = this.components.sample(random, samples); // [...batch, K, d]
      const [K, shape] = [draws.shape.at(-2) as number, draws.shape.slice(0, -2)];
      const index = drawCategories("Mixture", random, this.weightsOfEach(K), shape); // [...batch]
      const chosen = index.expandDims(-1).equal(tf.range(0, K)).expandDims(-1); // [...batch, K, 1]
      return tf.where(chosen, draws, tf.zerosLike(draws)).sum(-2);
    });
  }

  /** π for each member of the batch of the components: [...batch, K] */
  private weightsOfEach(K: number): tf.Tensor {
    const batch = this.shape.slice(0, -1);
    const own = this.logits.shape.slice(0, -1);
    if (own.length === 0) return this.logits.softmax();
    if (own.length <= batch.length && own.every((n, i) => n === 1 || n === batch.at(i - own.length))) {
      return this.logits.softmax().broadcastTo([...batch, K]);
    }
    throw new RangeError(
      `Mixture.sample: each member of the batch must have its own components, but got logits [${this.logits.shape}] for components of batch [${batch}]; repeat the components.`,
    );
  }

  private joint(x: tf.Tensor): tf.Tensor {
    assertEventShape("Mixture", x, this.shape);
    return this.components.logProb(x.expandDims(-2)).add(this.logWeights);
  }
}
