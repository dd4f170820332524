import { eigs, matrix } from "mathjs";
import type { LinearGaussianOptions } from "./linearGaussian.ts";
import type { Rows } from "./matrices.ts";

/** Where data lie and how they spread, largest spread first. */
export interface PrincipalComponents {
  /** [d] */
  mean: number[];
  /** λ_i, the variance along each axis, over n and not n − 1: [d]. */
  variances: number[];
  /** u_i, of length 1, in rows: [d][d]. */
  axes: number[][];
}

/**
 * `S = (1/n) Σ (x − x̄)(x − x̄)ᵀ = Σ_i λ_i u_i u_iᵀ` with λ_1 ≥ λ_2 ≥ …: principal component analysis.
 *
 * No linear autoencoder with k latent dimensions has a smaller mean ‖x − x̂‖² than Σ_{i>k} λ_i, and those that have it
 * span u_1 … u_k. Baldi & Hornik, Neural Networks and Principal Component Analysis, 1989.
 *
 * @throws RangeError for fewer than two rows
 * @example
 * principalComponents([[-1, 0], [1, 0]]).variances // => [1, 0]
 */
export function principalComponents(rows: Rows): PrincipalComponents {
  const n = rows.length;
  if (n < 2) throw new RangeError(`principalComponents: rows must be two or more, but got ${n}; add data.`);
  const d = rows[0]?.length ?? 0;
  const mean = Array.from({ length: d }, (_, i) => rows.reduce((sum, x) => sum + (x[i] as number), 0) / n);
  const centred = rows.map(x => x.map((value, i) => value - (mean[i] as number)));
  const covariance = mean.map((_, i) =>
    mean.map((_, j) => centred.reduce((sum, x) => sum + (x[i] as number) * (x[j] as number), 0) / n),
  );
  const pairs = eigs(matrix(covariance)).eigenvectors.map(({ value, vector }) => {
    const components = (vector as unknown as { toArray(): number[] }).toArray();
    const length = Math.hypot(...components);
    return { variance: Math.max(value as number, 0), axis: components.map(c => c / length) };
  });
  pairs.sort((a, b) => b.variance - a.variance);
  return { mean, variances: pairs.map(p => p.variance), axes: pairs.map(p => p.axis) };
}

/** `c_i = u_i · (x − x̄)`, the first k coordinates of x along the axes. */
export function project({ mean, axes }: PrincipalComponents, x: readonly number[], latent: number): number[] {
  return axes
    .slice(0, latent)
    .map(axis => axis.reduce((sum, u, i) => sum + u * ((x[i] as number) - (mean[i] as number)), 0));
}

/**
 * `W = U (Λ − s² I)^½`, `s² = (1/(d − k)) Σ_{i>k} λ_i`: probabilistic PCA of largest likelihood, with k latent dimensions.
 *
 * Any rotation W R is as likely; this W has orthogonal columns, hence a diagonal posterior. Tipping & Bishop,
 * Probabilistic Principal Component Analysis, 1999, eq. 14 and 15.
 *
 * @throws RangeError where no dimension is left for the noise
 */
export function ppcaMle({ mean, variances, axes }: PrincipalComponents, latent: number): LinearGaussianOptions {
  const d = mean.length;
  if (!Number.isInteger(latent) || latent < 1 || latent >= d) {
    throw new RangeError(
      `ppcaMle: latent must be an integer from 1 to ${d - 1}, but got ${latent}; the noise is what the other dimensions hold.`,
    );
  }
  const noise2 = variances.slice(latent).reduce((sum, v) => sum + v, 0) / (d - latent);
  const weights = mean.map((_, i) =>
    axes
      .slice(0, latent)
      .map((axis, k) => (axis[i] as number) * Math.sqrt(Math.max((variances[k] as number) - noise2, 0))),
  );
  return { weights, offset: mean, noise: Math.sqrt(noise2) };
}
