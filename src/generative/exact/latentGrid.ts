import { areNumbers, assertFields, assertFunction, assertList, assertNumbers, told } from "./check.ts";
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
  /** p(z|x) times the weight of each point, once it is asked for. */
  private masses: number[] | undefined;

  constructor(readonly options: LatentGridOptions<Z>) {
    if (!isGrid(options)) refuse(options);
    const { points, logWeights = points.map(() => 0) } = options.rule;
    this.points = points;
    this.logWeights = logWeights;
    const terms: number[] = [];
    for (let i = 0; i < points.length; i++) {
      const log = this.logJoint(points[i] as Z);
      if (typeof log !== "number" || !(log < Infinity)) {
        throw new RangeError(
          `LatentGrid: log p(x, z) must be a number or −∞, but got ${told(log)} at point ${i} of ${points.length}; mend logPrior or logLikelihood there.`,
        );
      }
      terms.push(log + (logWeights[i] as number));
    }
    this.logEvidence = logSumExp(terms);
  }

  /** log p(x, z) = log p(z) + log p(x|z), in nats: −∞ where p(z) is 0, whatever the likelihood says of such a z. */
  logJoint(z: Z): number {
    const logPrior = this.options.logPrior(z);
    return logPrior === -Infinity ? -Infinity : logPrior + this.options.logLikelihood(z);
  }

  /** log p(z|x) = log p(x, z) − log p(x), in nats. Throws where p(x) is 0: nothing follows from what cannot be. */
  logPosterior(z: Z): number {
    this.assertPosterior();
    return this.logJoint(z) - this.logEvidence;
  }

  private assertPosterior(): void {
    if (this.logEvidence > -Infinity) return;
    throw new RangeError(
      "LatentGrid: p(x) must be positive for a posterior, but got 0; no z of the rule explains this x.",
    );
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
    assertMass(mass);
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
    assertFunction("LatentGrid.secondMoment", "logQ", logQ);
    this.assertPosterior();
    this.masses ??= this.points.map((z, i) => Math.exp(this.logPosterior(z) + (this.logWeights[i] as number)));
    let [sum, ofQ] = [0, 0];
    for (let i = 0; i < this.points.length; i++) {
      const log = logQ(this.points[i] as Z);
      const p = this.masses[i] as number;
      const q = Math.exp(log + (this.logWeights[i] as number));
      ofQ += q;
      sum += q > SMALLEST ? (p / q) * p : this.termOf(i, log);
    }
    assertMass(ofQ);
    return sum;
  }

  /** A term of `secondMoment` by its logarithm, where q underflows. */
  private termOf(i: number, logQ: number): number {
    const logPosterior = this.logPosterior(this.points[i] as Z);
    return logPosterior === -Infinity ? 0 : Math.exp(2 * logPosterior - logQ + (this.logWeights[i] as number));
  }
}

/** Whether nothing is to be said of the options. */
function isGrid<Z>(options: LatentGridOptions<Z>): boolean {
  const { logPrior, logLikelihood, rule } = options ?? {};
  if (typeof logPrior !== "function" || typeof logLikelihood !== "function") return false;
  const { points, logWeights } = rule ?? {};
  if (!Array.isArray(points) || points.length === 0) return false;
  if (logWeights === undefined) return true;
  return areNumbers(logWeights) && logWeights.length === points.length;
}

function refuse<Z>(options: LatentGridOptions<Z>): void {
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
}

/** A mass of float64 that has all of its digits. */
const SMALLEST = 1e-300;

function assertMass(mass: number): void {
  if (Math.abs(mass - 1) < 1e-6) return;
  throw new RangeError(
    `LatentGrid.expectation: q must sum to 1 over the rule, but got ${mass}; normalise q, or take a wider or finer rule.`,
  );
}
