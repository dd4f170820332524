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
export function secondMoment({ posterior, proposal }: { posterior: Gaussian; proposal: Gaussian }): number {
  for (const [name, { mean, variance }] of Object.entries({ posterior, proposal })) {
    if (!(variance > 0 && Number.isFinite(variance))) {
      throw new RangeError(
        `secondMoment: the variance of the ${name} must be positive, but got ${variance}; it is τ² or v, not a logarithm.`,
      );
    }
    if (!Number.isFinite(mean)) {
      throw new RangeError(`secondMoment: the mean of the ${name} must be finite, but got ${mean}; it is μ or m.`);
    }
  }
  // In units of τ, so that no product of variances over- or underflows.
  const ratio = proposal.variance / posterior.variance; //      v / τ²
  const margin = 2 * ratio - 1; //                              (2v − τ²) / τ²
  if (margin <= 0) return Infinity;
  const distance = (posterior.mean - proposal.mean) / Math.sqrt(posterior.variance); // (μ − m) / τ
  return (ratio / Math.sqrt(margin)) * Math.exp(distance ** 2 / margin);
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
 * @throws RangeError where moment is below 1, there is no dimension, or the deviation is not positive
 */
export function samplesNeeded(moment: number, dimensions: number, relativeStandardDeviation: number): number {
  if (!(moment >= 1) || !(dimensions > 0) || !(relativeStandardDeviation > 0)) {
    throw new RangeError(
      `samplesNeeded: moment must be at least 1, dimensions and deviation positive, but got ${moment}, ${dimensions} and ${relativeStandardDeviation}; a second moment is 1 + χ².`,
    );
  }
  return Math.expm1(dimensions * Math.log(moment)) / relativeStandardDeviation ** 2;
}
