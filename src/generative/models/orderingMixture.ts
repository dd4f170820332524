import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import type { Distribution } from "../distributions/index.ts";
import { sampleShape } from "../distributions/check.ts";
import type { variable } from "../distributions/distribution.ts";
import { logSumExp } from "../distributions/logSumExp.ts";
import type { Autoregressive } from "./autoregressive.ts";

/**
 * `p(x) = (1/K) Σ_k p_k(x)`: a mixture of autoregressive models, such as one for each of K orderings.
 *
 * Probabilities are averaged, by log-sum-exp, since they underflow; averaging logits or log-probabilities gives
 * something that does not sum to 1. By concavity of the logarithm its NLL is at most the mean of the members'.
 * Ensembles over orderings: Uria, Murray & Larochelle, A Deep and Tractable Density Estimator, 2014, section 3.
 *
 * @throws RangeError for no members, or members of different dimensions
 */
export class OrderingMixture implements Distribution<"x"> {
  declare readonly [variable]?: "x";

  constructor(readonly members: readonly Autoregressive[]) {
    const dimensions = new Set(members.map(member => member.dimensions));
    if (dimensions.size !== 1) {
      throw new RangeError(
        `OrderingMixture: members must be one or more models of the same dimension, but got dimensions [${[...dimensions]}]; ` +
          "give each the same x.",
      );
    }
  }

  /** log p(x) in nats. x: [...batch, d] -> [...batch] */
  logProb(x: tf.Tensor): tf.Tensor {
    const each = this.members.map(member => member.logProb(x));
    return logSumExp(tf.stack(each), 0).sub(Math.log(this.members.length));
  }

  /** A member, then a draw from it. [d], or [samples, d]. */
  sample(random: Random, samples?: number): tf.Tensor {
    const [first] = this.members as [Autoregressive];
    const shape = sampleShape("OrderingMixture", [first.dimensions], samples, random);
    const draws = Array.from({ length: samples ?? 1 }, () => {
      const member = this.members[random.integer(this.members.length)] as Autoregressive;
      return member.sample(random);
    });
    return tf.stack(draws).reshape(shape);
  }
}
