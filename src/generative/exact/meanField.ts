import { det } from "mathjs";
import { type MultivariateGaussian, precisionMatrix } from "./gaussian.ts";

/** The best factorised Gaussian for a Gaussian, and what factorising costs. */
export interface MeanField {
  /** The mean of the target: [d]. */
  mean: number[];
  /** 1 / Λ_ii: [d]. */
  variances: number[];
  /** KL(q ‖ p) in nats. */
  gap: number;
}

/**
 * `q(z) = Π_i N(z_i; μ_i, 1/Λ_ii)`, `KL(q ‖ p) = ½ (Σ_i log Λ_ii − log |Λ|)`: the smallest KL of any factorised q.
 *
 * For p = N(μ, Λ⁻¹). Each variance is that of z_i with all others known, so q is never wider than p. In two dimensions
 * with correlation ρ the gap is −½ log(1 − ρ²). `cavi` climbs to it. Bishop, Pattern Recognition and Machine
 * Learning, 2006, section 10.1.2.
 *
 * @throws RangeError where the covariance has no positive determinant
 * @example
 * meanField({ mean: [0, 0], covariance: [[1, 0.9], [0.9, 1]] }).gap.toFixed(4) // => "0.8304"
 */
export function meanField({ mean, covariance }: MultivariateGaussian): MeanField {
  const precision = precisionMatrix("meanField", covariance);
  const diagonal = precision.map((row, i) => row[i] as number);
  const gap = 0.5 * (diagonal.reduce((sum, value) => sum + Math.log(value), 0) - Math.log(det(precision)));
  return { mean: [...mean], variances: diagonal.map(value => 1 / value), gap };
}
