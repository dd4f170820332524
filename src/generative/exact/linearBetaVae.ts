/** What the best linear β-VAE does with one direction of the data. */
export interface BetaDirection {
  /** w², the squared length of the column of W along it; 0 where the direction has collapsed. */
  weight: number;
  /** The variance of q(z|x): 1 where it has collapsed onto the prior. */
  posteriorVariance: number;
  /** KL(q(z|x) ‖ p(z)) on average over x, in nats. */
  rate: number;
  /** E |x − W z|² along it, with z ~ q(z|x). */
  distortion: number;
}

/**
 * `w² = max(λ − β σ², 0)`: the optimum of `E[log N(x; W z, σ² I)] − β KL(q(z|x) ‖ N(0, I))` along an eigenvector of the
 * covariance of the data with the eigenvalue λ, for a fixed σ², a linear encoder and enough latent dimensions.
 *
 * With s = β σ²: a direction of λ ≤ s collapses, any other has the rate ½ log(λ/s) and the distortion s: the rate–
 * distortion function of a Gaussian source. Higgins et al., β-VAE, 2017; for β = 1 Lucas, Tucker, Grosse & Norouzi,
 * Don't Blame the ELBO!, 2019.
 *
 * @throws RangeError where an eigenvalue is negative, or the noise or β not positive
 * @example
 * linearBetaVae([4, 1], { variance: 0.5, beta: 4 }).map(({ weight }) => weight) // => [2, 0]
 */
export function linearBetaVae(
  eigenvalues: readonly number[],
  { variance, beta }: { variance: number; beta: number },
): BetaDirection[] {
  if (!(variance > 0) || !(beta > 0) || eigenvalues.some(lambda => !(lambda >= 0))) {
    throw new RangeError(
      `linearBetaVae: eigenvalues must be 0 or more, variance and beta positive, but got [${eigenvalues}], ${variance}, ${beta}; pass σ², not σ.`,
    );
  }
  const s = beta * variance;
  return eigenvalues.map(lambda => {
    const weight = Math.max(lambda - s, 0);
    return {
      weight,
      posteriorVariance: s / (weight + s),
      rate: weight > 0 ? 0.5 * Math.log(lambda / s) : 0,
      distortion: Math.min(lambda, s),
    };
  });
}
