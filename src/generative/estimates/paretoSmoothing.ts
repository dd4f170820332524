import { paretoQuantile } from "./generalisedPareto.ts";
import { upperTail } from "./paretoK.ts";

export interface SmoothedWeights {
  /** Smoothed log-weights, in the order and on the scale of the raw ones: not normalised. */
  logWeights: Float64Array;
  /** k̂ of the raw weights, as `paretoK` has it; above 0.7 smoothing does not help. */
  paretoK: number;
}

/**
 * The largest weights replaced by quantiles `u + F⁻¹((i − ½)/M)`, i = 1 … M, of the Pareto tail fitted above u.
 *
 * Pareto-smoothed importance sampling: the order of the weights stays, except that equal ones in the tail get different
 * quantiles, the earlier one the smaller, and none becomes larger than the largest raw one,
 * so that few draws no longer decide an average; the price is a bias that goes to 0 with more draws where k̂ < 0.7. Hand
 * the result to `summariseWeights` or `logMeanExp`. Weights without a tail to fit (k̂ of ±∞) come back as they are. In
 * nats. Vehtari, Simpson, Gelman, Yao & Gabry, Pareto Smoothed Importance Sampling, 2024, section 2.3; the numbers of
 * `arviz.psislw(log_weights, normalize=False)`.
 *
 * @throws RangeError for fewer than 25 weights, for a NaN or a +∞ among them, or where all are zero
 * @example
 * const raw = Array.from({ length: 100 }, (_, i) => -2 * Math.log(1 - i / 100));
 * const smoothed = paretoSmoothedImportanceSampling(raw);
 * Math.max(...smoothed.logWeights) <= Math.max(...raw) // => true
 * smoothed.paretoK > 0.7 // => true
 */
export function paretoSmoothedImportanceSampling(logWeights: ArrayLike<number>): SmoothedWeights {
  const { shape, largest, cutoff, fit } = upperTail("paretoSmoothedImportanceSampling", logWeights);
  const smoothed = Float64Array.from(logWeights);
  if (!fit) return { logWeights: smoothed, paretoK: shape };
  const threshold = Math.exp(cutoff);
  const tail = Array.from(smoothed.keys())
    .filter(i => (smoothed[i] as number) - largest > cutoff)
    .sort((a, b) => (smoothed[a] as number) - (smoothed[b] as number));
  tail.forEach((at, i) => {
    const quantile = threshold + paretoQuantile(fit, (i + 0.5) / tail.length);
    smoothed[at] = largest + Math.min(0, Math.log(quantile));
  });
  return { logWeights: smoothed, paretoK: shape };
}
