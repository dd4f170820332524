import { assertFields, assertList, told } from "./check.ts";
import { exponentOf } from "./elimination.ts";

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
 * `latent` is how many directions there are at most, those of the largest λ first; as many as eigenvalues where it is left
 * out. With s = β σ²: a direction of λ ≤ s collapses, any other has the rate ½ log(λ/s) and the distortion s: the rate–
 * distortion function of a Gaussian source. Higgins et al., β-VAE, 2017; for β = 1 Lucas, Tucker, Grosse & Norouzi,
 * Don't Blame the ELBO!, 2019.
 *
 * @throws RangeError where an eigenvalue is negative, the noise or β not positive, one is not finite, or latent no count
 * @example
 * linearBetaVae([4, 1], { variance: 0.5, beta: 4 }).map(({ weight }) => weight) // => [2, 0]
 */
export function linearBetaVae(
  eigenvalues: readonly number[],
  options: { variance: number; beta: number; latent?: number },
): BetaDirection[] {
  assertList("linearBetaVae", "eigenvalues", eigenvalues);
  const { variance, beta, latent = eigenvalues.length } = options ?? {};
  const wrong = firstWrong(eigenvalues);
  if (wrong >= 0 || !isPositive(variance) || !isPositive(beta)) {
    assertFields("linearBetaVae", "options", options, ["variance", "beta"]);
    throw new RangeError(
      `linearBetaVae: eigenvalues must be 0 or more, variance and beta positive, all finite, but got ${wrong >= 0 ? told(eigenvalues[wrong]) : "those"}, ${told(variance)}, ${told(beta)}; pass σ², not σ.`,
    );
  }
  if (!(Number.isInteger(latent) && latent >= 0 && latent <= eigenvalues.length)) {
    throw new RangeError(
      `linearBetaVae: latent must be a number of directions, at most the ${eigenvalues.length} eigenvalues, but got ${told(latent)}; leave it out for all of them.`,
    );
  }
  const s = beta * variance;
  const learned = largestOf(eigenvalues, latent);
  return eigenvalues.map((lambda, i) => {
    if (learned?.has(i) === false) return { weight: 0, posteriorVariance: 1, rate: 0, distortion: lambda };
    if (lambda <= s) return { weight: 0, posteriorVariance: 1, rate: 0, distortion: lambda };
    const part = share(beta, variance, lambda);
    return { weight: lambda - s, posteriorVariance: part, rate: rateOf(part, beta, variance, lambda), distortion: s };
  });
}

/** The places of the largest, the first of equal ones; undefined where that is all of them. */
function largestOf(values: readonly number[], count: number): Set<number> | undefined {
  if (count === values.length) return undefined;
  const ranks = [...values.keys()].sort((i, j) => (values[j] as number) - (values[i] as number));
  return new Set(ranks.slice(0, count));
}

/** β σ²/λ, also where β σ² or a quotient leaves float64; λ is larger. */
function share(beta: number, variance: number, lambda: number): number {
  const most = Math.max(beta, variance);
  const least = Math.min(beta, variance);
  const ratio = most / lambda;
  return ratio < Infinity ? ratio * least : most * (least / lambda);
}

/** ½ log(λ/(β σ²)), from β σ²/λ where that has all of its digits. */
function rateOf(part: number, beta: number, variance: number, lambda: number): number {
  const isNormal = part > 2 ** -1000;
  return isNormal ? -0.5 * Math.log(part) : 0.5 * (Math.log(lambda) - Math.log(beta) - Math.log(variance));
}

/**
 * `σ² = Σ_i>m λ_i / (d − β m)`, m = the number of i ≤ k with λ_i > β σ²: the noise that the best linear β-VAE learns.
 *
 * For d eigenvalues and k = `latent`. With s = β σ² the objective of `linearBetaVae` at its optimum has the derivative
 * (β Σ_i≤k min(1, λ_i/s) + β Σ_i>k λ_i/s − d) / 2s, whose bracket only falls in s: one maximum, no other. For β = 1 it is
 * the noise of probabilistic PCA, and no direction collapses that its likelihood keeps; for β > 1 the noise grows with
 * what collapses, until at λ_1 ≤ β (Σ λ)/d everything has. β = 1: Lucas, Tucker, Grosse & Norouzi, Don't Blame the ELBO!,
 * 2019, section 4; with σ² learned, β ≠ 1 is no bound on log p(x): Rybkin, Daniilidis & Levine, Simple and Effective VAE
 * Training with Calibrated Decoders, 2021.
 *
 * @throws RangeError where there is no maximum: no variance is left to the noise, and β is not more than 1
 * @example
 * linearBetaVariance([4, 1, 1], { beta: 1, latent: 1 }) // => 1
 */
export function linearBetaVariance(eigenvalues: readonly number[], options: { beta: number; latent?: number }): number {
  assertList("linearBetaVariance", "eigenvalues", eigenvalues);
  assertFields("linearBetaVariance", "options", options, ["beta"]);
  const { beta, latent = eigenvalues.length } = options;
  const wrong = firstWrong(eigenvalues);
  const isCount = Number.isInteger(latent) && latent >= 0 && latent <= eigenvalues.length;
  if (wrong >= 0 || !isPositive(beta) || !isCount) {
    throw new RangeError(
      `linearBetaVariance: eigenvalues must be 0 or more, beta positive and latent a number of directions, at most as many, but got ${wrong >= 0 ? told(eigenvalues[wrong]) : "those"}, ${told(beta)}, ${told(latent)}; pass variances.`,
    );
  }
  // In units of a power of 2 near the largest, so that no sum overflows.
  const unit = 2 ** exponentOf(eigenvalues.reduce((most, lambda) => Math.max(most, lambda), 0));
  const sorted = eigenvalues.map(lambda => lambda / unit).sort((a, b) => b - a);
  const d = sorted.length;
  const explained = (s: number) => sorted.reduce((sum, lambda) => sum + Math.min(1, lambda / s), 0);
  const active = sorted.filter((lambda, i) => i < latent && beta * explained(lambda) < d).length;
  const rest = sorted.slice(active).reduce((sum, lambda) => sum + lambda, 0);
  const variance = (rest / (d - beta * active)) * unit;
  if (!(variance > 0)) {
    throw new RangeError(
      `linearBetaVariance: some variance must be left for the noise, but got ${rest * unit} beyond ${active} of ${d} directions; take fewer latent dimensions.`,
    );
  }
  return variance;
}

/** Of an eigenvalue that is no variance; −1 where there is none. */
function firstWrong(eigenvalues: readonly number[]): number {
  for (let i = 0; i < eigenvalues.length; i++) {
    const lambda = eigenvalues[i] as number;
    if (!(Number.isFinite(lambda) && lambda >= 0)) return i;
  }
  return -1;
}

const isPositive = (value: number) => Number.isFinite(value) && value > 0;
