import { assertCount, assertFields, assertFinite, assertPositive, told } from "./check.ts";

/**
 * `E_q [w²] / p(x)² = v / (τ √(2v − τ²)) · exp((μ − m)² / (2v − τ²))`: the second moment of importance weights.
 *
 * For a Gaussian posterior N(μ, τ²) of z and a proposal q = N(m, v), one dimension. It is 1 + χ²(posterior ‖ q):
 * subtract 1 for the relative variance of one weight, raise to the power D for D independent dimensions.
 * Infinite exactly when v ≤ τ²/2: the proposal's tails are too light. 1 when q is the posterior.
 *
 * @example
 * secondMoment({ posterior: { mean: 0, variance: 1 }, proposal: { mean: 0, variance: 1 } }) // => 1
 */
export function secondMoment(gaussians: { posterior: Gaussian; proposal: Gaussian }): number {
  assertFields("secondMoment", "gaussians", gaussians, ["posterior", "proposal"]);
  const { posterior, proposal } = gaussians;
  assertGaussian("posterior", posterior);
  assertGaussian("proposal", proposal);
  // In units of τ, so that no product of variances over- or underflows.
  const ratio = proposal.variance / posterior.variance; //      v / τ²
  // (2v − τ²) / τ²; where that is small, v − τ²/2 has no rounding, but v / τ² has.
  const margin = ratio < 1 ? (2 * (proposal.variance - posterior.variance / 2)) / posterior.variance : 2 * ratio - 1;
  if (margin <= 0) return Infinity;
  if (margin === Infinity) return wideMoment(posterior, proposal);
  const distance = (posterior.mean - proposal.mean) / Math.sqrt(posterior.variance); // (μ − m) / τ
  const squares = distance ** 2;
  const exponent = squares < Infinity ? squares / margin : (distance / Math.sqrt(margin)) ** 2;
  return (ratio / Math.sqrt(margin)) * Math.exp(exponent);
}

function assertGaussian(name: string, gaussian: Gaussian): void {
  assertFields("secondMoment", name, gaussian, ["mean", "variance"]);
  const { mean, variance } = gaussian;
  if (Number.isFinite(mean) && Number.isFinite(variance) && variance > 0) return;
  assertPositive("secondMoment", `the variance of the ${name}`, variance, "it is τ² or v, not a logarithm");
  assertFinite("secondMoment", `the mean of the ${name}`, mean, "it is μ or m");
}

/** The same where 2v/τ² is beyond all float64 numbers, and τ² nothing beside 2v: `√(v / 2τ²) exp((μ − m)² / 2v)`. */
function wideMoment(posterior: Gaussian, proposal: Gaussian): number {
  const distance = (posterior.mean / 2 - proposal.mean / 2) / Math.sqrt(proposal.variance / 2); // (μ − m) / √2v
  return (Math.sqrt(proposal.variance) / Math.sqrt(posterior.variance)) * Math.SQRT1_2 * Math.exp(distance ** 2);
}

export interface Gaussian {
  mean: number;
  variance: number;
}

/**
 * The number of draws K for which p̂(x) has the given relative standard deviation: K = (E_q [w²]/p² − 1) / r².
 *
 * `moment` is the second moment for one dimension, `dimensions` the number of independent ones. ∞ where it is.
 *
 * @throws RangeError where moment is below 1, dimensions is no positive integer, or the deviation not positive and finite
 */
export function samplesNeeded(moment: number, dimensions: number, relativeStandardDeviation: number): number {
  if (typeof moment !== "number" || !(moment >= 1)) {
    throw new RangeError(
      `samplesNeeded: moment must be at least 1, but got ${told(moment)}; a second moment is 1 + χ².`,
    );
  }
  assertCount("samplesNeeded", "dimensions", dimensions, "it counts those that are independent");
  assertPositive("samplesNeeded", "relativeStandardDeviation", relativeStandardDeviation, "0.1 is ten percent");
  if (moment === 1) return 0;
  const square = relativeStandardDeviation ** 2;
  const variance = Math.expm1(dimensions * Math.log(moment));
  return square < Infinity ? variance / square : variance / relativeStandardDeviation / relativeStandardDeviation;
}
