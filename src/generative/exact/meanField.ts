import { assertFields } from "./check.ts";
import { assertMean, Covariance } from "./covariance.ts";
import type { MultivariateGaussian } from "./gaussian.ts";

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
 * with correlation ρ the gap is −½ log(1 − ρ²). `cavi` climbs to it. The gap is the same in any units, and never
 * negative: it is ½ Σ_i log(Var[z_i | z_1 … z_i−1] Λ_ii), one term for what the later variables say of z_i. Bishop,
 * Pattern Recognition and Machine Learning, 2006, section 10.1.2.
 *
 * @throws RangeError where the mean has another dimension, or the covariance is not symmetric and positive definite
 * @example
 * meanField({ mean: [0, 0], covariance: [[1, 0.9], [0.9, 1]] }).gap.toFixed(4) // => "0.8304"
 */
export function meanField(target: MultivariateGaussian): MeanField {
  assertFields("meanField", "target", target, ["mean", "covariance"]);
  const { mean, covariance } = target;
  assertMean("meanField", mean, covariance);
  const factor = new Covariance("meanField", covariance);
  const { dimension: d, exponents } = factor;
  const inverse = factor.inverseFactor.high;
  const variances: number[] = [];
  let gap = 0;
  for (let i = 0; i < d; i++) {
    // Λ_ii = 1/D_i + Σ_k>i (L⁻¹)_ki² / D_k, in units of S_i⁻²; inverse has the S_i⁻¹ in it already.
    const unit = 2 ** (exponents[i] as number);
    const own = factor.pivot(i)[0];
    let later = 0;
    for (let k = i + 1; k < d; k++) later += ((inverse[k * d + i] as number) * unit) ** 2 / factor.pivot(k)[0];
    gap += 0.5 * Math.log1p(own * later);
    variances.push((own / (1 + own * later)) * unit * unit);
  }
  return { mean: [...mean], variances, gap };
}
