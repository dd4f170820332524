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
 * differ only in the weights of the rule.
 *
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
    const { points, logWeights = points.map(() => 0) } = options.rule;
    if (points.length === 0 || logWeights.length !== points.length) {
      throw new RangeError(
        `LatentGrid: rule must have as many weights as points, and at least one, but got ${logWeights.length} and ${points.length}; leave the weights out where z is discrete.`,
      );
    }
    this.points = points;
    this.logWeights = logWeights;
    this.logEvidence = logSumExp(points.map((z, i) => this.logJoint(z) + (logWeights[i] as number)));
  }

  /** log p(x, z) = log p(z) + log p(x|z), in nats. */
  logJoint(z: Z): number {
    return this.options.logPrior(z) + this.options.logLikelihood(z);
  }

  /** log p(z|x) = log p(x, z) − log p(x), in nats. */
  logPosterior(z: Z): number {
    return this.logJoint(z) - this.logEvidence;
  }

  /**
   * `E_q[f(z)]`, where what q rules out counts nothing.
   *
   * @throws RangeError where q does not sum to 1 over the rule, to 1e-6
   */
  expectation(logQ: (z: Z) => number, f: (z: Z) => number): number {
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

  /** `1 + χ²(p(z|x) ‖ q) = E_q[w²] / p(x)²`: one more than the relative variance of an importance weight. */
  secondMoment(logQ: (z: Z) => number): number {
    return Math.exp(
      logSumExp(this.points.map((z, i) => 2 * this.logPosterior(z) - logQ(z) + (this.logWeights[i] as number))),
    );
  }
}
