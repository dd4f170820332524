import { assertFields, assertList, point, told } from "./check.ts";
import { assertProbabilities, expectation, isOne } from "./entropy.ts";
import { logSumExp } from "./logSumExp.ts";

export interface GaussianMixtureParameters {
  /** π: [K], summing to 1 */
  weights: readonly number[];
  /** μ: [K] */
  means: readonly number[];
  /** σ: [K], positive */
  stds: readonly number[];
}

/**
 * `p(x) = Σ_k π_k N(x; μ_k, σ_k²)`: a mixture of Gaussians over one variable, in float64.
 *
 * The simplest model with something hidden: z = k says which component made x. Bishop, Pattern Recognition and
 * Machine Learning, 2006, eq. 9.7.
 *
 * @throws RangeError where lengths disagree, weights do not sum to 1 or a σ is not positive
 * @example
 * const pair = new GaussianMixture({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 1] });
 * pair.responsibilities(0).map(r => r.toFixed(2)) // => ["0.50", "0.50"]
 */
export class GaussianMixture implements GaussianMixtureParameters {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly stds: readonly number[];

  constructor(parameters: GaussianMixtureParameters) {
    const total = assertMixture("GaussianMixture", parameters);
    const { weights, means, stds } = parameters;
    this.weights = isOne(total) ? weights : weights.map(weight => weight / total);
    this.means = means;
    this.stds = stds;
  }

  /** log p(x, z = k) = log π_k + log N(x; μ_k, σ_k²), in nats: [K]. */
  logJoint(x: number): number[] {
    point("GaussianMixture", x);
    return this.weights.map((weight, k) => {
      const std = this.stds[k] as number;
      return Math.log(weight) - 0.5 * ((x - (this.means[k] as number)) / std) ** 2 - Math.log(std) - HALF_LOG_2PI;
    });
  }

  /** log p(x) in nats. */
  logProb(x: number): number {
    return logSumExp(this.logJoint(x));
  }

  /** p(z = k | x), the posterior by Bayes' rule: [K]. Throws where log p(x) is −∞ or NaN. */
  responsibilities(x: number): number[] {
    const logJoint = this.logJoint(x);
    const logProb = logSumExp(logJoint);
    if (!(logProb > -Infinity)) {
      throw new RangeError(
        `GaussianMixture: x must be where float64 has a density, but got ${x} with log p(x) = ${logProb}; rescale the data.`,
      );
    }
    return logJoint.map(log => Math.exp(log - logProb));
  }

  /** `μ = Σ π_k μ_k` and `σ² = Σ π_k (σ_k² + μ_k²) − μ²`: the Gaussian with the smallest KL(p ‖ q). */
  moments(): { mean: number; std: number } {
    const expected = (term: (k: number) => number) =>
      this.weights.reduce((sum, weight, k) => sum + weight * term(k), 0);
    const mean = expected(k => this.means[k] as number);
    // About the mean: the difference of two large squares would lose digits.
    const variance = expected(k => (this.stds[k] as number) ** 2 + ((this.means[k] as number) - mean) ** 2);
    if (variance > SAFE[0] && variance < SAFE[1]) return { mean, std: Math.sqrt(variance) };
    const parts = this.weights.flatMap((weight, k) => {
      const share = Math.sqrt(weight);
      return [share * (this.stds[k] as number), share * ((this.means[k] as number) - mean)];
    });
    return { mean, std: Math.hypot(...parts) };
  }
}

/**
 * Throws unless there are weights that sum to 1, and a finite mean and a positive std for each.
 *
 * @returns the sum of the weights, to divide them by
 */
export function assertMixture(what: string, parameters: GaussianMixtureParameters): number {
  const total = sumOfMixture(parameters);
  return isOne(total) ? total : sumOrRefuse(what, parameters);
}

/** The sum of the weights, or NaN where something may be wrong: one look at each number, as many a model is made in a loop. */
function sumOfMixture(parameters: GaussianMixtureParameters): number {
  const { weights, means, stds } = parameters ?? {};
  if (!Array.isArray(weights) || !Array.isArray(means) || !Array.isArray(stds)) return Number.NaN;
  const K = weights.length;
  if (means.length !== K || stds.length !== K) return Number.NaN;
  let total = 0;
  let zero = 0;
  for (let k = 0; k < K; k++) {
    const weight = weights[k];
    const mean = means[k];
    const std = stds[k];
    if (typeof weight !== "number" || typeof mean !== "number" || typeof std !== "number") return Number.NaN;
    if (!(weight >= 0 && std > 0)) return Number.NaN;
    total += weight;
    zero += 0 * mean + 0 * std; // NaN from the first that is not finite on
  }
  return zero === 0 ? total : zero;
}

function sumOrRefuse(what: string, parameters: GaussianMixtureParameters): number {
  assertFields(what, "parameters", parameters, ["weights", "means", "stds"]);
  const { weights, means, stds } = parameters;
  assertList(what, "weights", weights);
  assertList(what, "means", means);
  assertList(what, "stds", stds);
  if (weights.length !== means.length || weights.length !== stds.length) {
    throw new RangeError(
      `${what}: weights, means and stds must have one entry a component, but got ${weights.length}, ${means.length} and ${stds.length}; make them equally long.`,
    );
  }
  assertProbabilities(`${what} weights`, weights);
  for (let k = 0; k < stds.length; k++) {
    const std = stds[k] as number;
    if (Number.isFinite(std) && std > 0) continue;
    throw new RangeError(
      `${what}: stds must be positive and finite, but got ${told(std)}; pass scales, not logarithms, and leave out a component that has collapsed on a point.`,
    );
  }
  for (let k = 0; k < means.length; k++) {
    const mean = means[k] as number;
    if (Number.isFinite(mean)) continue;
    throw new RangeError(
      `${what}: means must be finite, but got ${told(mean)}; leave a component without a place out.`,
    );
  }
  return expectation(weights, () => 1);
}

/** Variances whose terms do not overflow, nor underflow where they count. */
const SAFE = [1e-250, 1e300] as const;

const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
