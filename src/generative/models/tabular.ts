import type { Random } from "../../engine/index.ts";
import { assertOrdering } from "../networks/index.ts";
import { BayesNet, type ConditionalProbability } from "./bayesNet.ts";

/**
 * `log p(x) = Σ_k log p(x_o(k) | x_o(1), …, x_o(k−1))`, a free logit for each bit and each history: 2^d − 1 of them.
 *
 * The chain rule with nothing left out: a Bayesian network in which every earlier bit is a parent. It can be any
 * distribution over {0, 1}^d, in any ordering, and for that it has as many parameters as there are vectors.
 *
 * @throws RangeError where the ordering is not a permutation, or has more than 12 dimensions
 * @example
 * new Tabular(new Random(1), [2, 0, 1]).parameterCount // => 7
 */
export class Tabular extends BayesNet {
  constructor(random: Random, ordering: readonly number[], options: { probability?: ConditionalProbability } = {}) {
    assertOrdering("Tabular", ordering);
    if (ordering.length > 12) {
      throw new RangeError(
        `Tabular: there must be at most 12 dimensions, but got ${ordering.length}; use a BayesNet with few parents or a MADE.`,
      );
    }
    const parents = ordering.map((_, i) => ordering.slice(0, ordering.indexOf(i)));
    super(random, parents, { ordering, ...options });
  }
}
