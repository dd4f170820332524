import { assertFields, assertFunction, assertList, assertNumbers, told } from "./check.ts";
import { logSumExp } from "./logSumExp.ts";

export interface LatentGridOptions<Z> {
  /** log p(z), in nats. */
  logPrior: (z: Z) => number;
  /** log p(x|z) of the one datum x that this is about, in nats. */
  logLikelihood: (z: Z) => number;
  /** Where z may be: a `trapezoid`, a `productRule`, or the values of a discrete z, whose weights are left out. */
  rule: { points: readonly Z[]; logWeights?: readonly number[] };
}

/** The ELBO of one q and what it is made of, in nats. */
export interface ElboParts {
  /** E_q[log p(x|z)] */
  reconstruction: number;
  /** KL(q ‖ p(z)) */
  kl: number;
  /** E_q[log p(x, z)] */
  energy: number;
  /** H(q) = E_q[−log q(z)] */
  entropy: number;
  /** E_q[log p(x, z) − log q(z)] */
  elbo: number;
  /** KL(q ‖ p(z|x)), by its definition. */
  gap: number;
}

/**
 * `log p(x) = log Σ_z p(x, z)`, and every expectation under any q(z), by summing over all z: in float64.
 *
 * The exact twin of variational inference for one datum. z is a number, a vector or a name; a sum and an integral
 * differ only in the weights of the rule. Where a log-density is −∞, z cannot be, and counts nothing.
 *
 * @throws RangeError where the rule has not one weight a point, or log p(x, z) is NaN or ∞ at a point
 * @example
 * // A coin of unknown side up, seen through a channel that lies one time in ten.
 * const coin = new LatentGrid({
 *   logPrior: () => Math.log(0.5),
 *   logLikelihood: (z: number) => Math.log(z === 1 ? 0.9 : 0.1),
 *   rule: { points: [0, 1] },
 * });
 * Math.exp(coin.logPosterior(1)).toFixed(3) // => "0.900"
 */
export class LatentGrid<Z = number> {
  /** log p(x), in nats. */
  readonly logEvidence: number;
  readonly points: readonly Z[];
  private readonly logWeights: readonly number[];

  constructor(readonly options: LatentGridOptions<Z>) {
    assertFields("LatentGrid", "options", options, ["logPrior", "logLikelihood", "rule"]);
    assertFunction("LatentGrid", "logPrior", options.logPrior);
    assertFunction("LatentGrid", "logLikelihood", options.logLikelihood);
    assertFields("LatentGrid", "rule", options.rule, ["points"]);
    assertList("LatentGrid", "the points of the rule", options.rule.points);
    const { points, logWeights = points.map(() => 0) } = options.rule;
    assertNumbers("LatentGrid", "the log-weights of the rule", logWeights);
    if (points.length === 0 || logWeights.length !== points.length) {
      throw new RangeError(
        `LatentGrid: rule must have as many weights as points, and at least one, but got ${logWeights.length} and ${points.length}; leave the weights out where z is discrete.`,
      );
    }
    this.points = points;
    this.logWeights = logWeights;
    const logJoint = points.map(z => this.logJoint(z));
    const wrong = logJoint.findIndex(log => typeof log !== "number" || !(log < Infinity));
    if (wrong >= 0) {
      throw new RangeError(
        `LatentGrid: log p(x, z) must be a number or −∞, but got ${told(logJoint[wrong])} at point ${wrong} of ${points.length}; mend logPrior or logLikelihood there.`,
      );
    }
    this.logEvidence = logSumExp(logJoint.map((log, i) => log + (logWeights[i] as number)));
  }

  /** log p(x, z) = log p(z) + log p(x|z), in nats: −∞ where p(z) is 0, whatever the likelihood says of such a z. */
  logJoint(z: Z): number {
    const logPrior = this.options.logPrior(z);
    return logPrior === -Infinity ? -Infinity : logPrior + this.options.logLikelihood(z);
  }

  /** log p(z|x) = log p(x, z) − log p(x), in nats. Throws where p(x) is 0: nothing follows from what cannot be. */
  logPosterior(z: Z): number {
    if (this.logEvidence === -Infinity) {
      throw new RangeError(
        "LatentGrid: p(x) must be positive for a posterior, but got 0; no z of the rule explains this x.",
      );
    }
    return this.logJoint(z) - this.logEvidence;
  }

  /**
   * `E_q[f(z)]`, where what q rules out counts nothing.
   *
   * @throws RangeError where q does not sum to 1 over the rule, to 1e-6, or f is NaN where q is positive
   */
  expectation(logQ: (z: Z) => number, f: (z: Z) => number): number {
    assertFunction("LatentGrid.expectation", "logQ", logQ);
    assertFunction("LatentGrid.expectation", "f", f);
    let [sum, mass] = [0, 0];
    this.points.forEach((z, i) => {
      const weight = Math.exp(logQ(z) + (this.logWeights[i] as number));
      mass += weight;
      if (weight > 0) sum += weight * f(z);
    });
    if (!(Math.abs(mass - 1) < 1e-6)) {
      throw new RangeError(
        `LatentGrid.expectation: q must sum to 1 over the rule, but got ${mass}; normalise q, or take a wider or finer rule.`,
      );
    }
    if (Number.isNaN(sum)) {
      throw new RangeError(
        "LatentGrid.expectation: f must be a number where q is positive, but got NaN or ∞ and −∞; mend f or q there.",
      );
    }
    return sum;
  }

  /** The evidence lower bound of q with all its parts, each by a sum of its own. */
  parts(logQ: (z: Z) => number): ElboParts {
    const { logPrior, logLikelihood } = this.options;
    const expect = (f: (z: Z) => number) => this.expectation(logQ, f);
    return {
      reconstruction: expect(logLikelihood),
      kl: expect(z => logQ(z) - logPrior(z)),
      energy: expect(z => this.logJoint(z)),
      entropy: expect(z => -logQ(z)),
      elbo: expect(z => this.logJoint(z) - logQ(z)),
      gap: expect(z => logQ(z) - this.logPosterior(z)),
    };
  }

  /**
   * `1 + χ²(p(z|x) ‖ q) = E_q[w²] / p(x)²`: one more than the relative variance of an importance weight.
   *
   * ∞ where q is 0 and the posterior is not.
   *
   * @throws RangeError where q does not sum to 1 over the rule, to 1e-6
   */
  secondMoment(logQ: (z: Z) => number): number {
    this.expectation(logQ, () => 0);
    const terms = this.points.map((z, i) => {
      const logPosterior = this.logPosterior(z);
      return logPosterior === -Infinity ? -Infinity : 2 * logPosterior - logQ(z) + (this.logWeights[i] as number);
    });
    return Math.exp(logSumExp(terms));
  }
}
