import { eigs, matrix } from "mathjs";
import { logSumExp } from "./logSumExp.ts";

/** Points and the logarithms of their weights: ∫ f ≈ Σ_i exp(logWeights_i) f(points_i). */
export interface Quadrature {
  points: readonly number[];
  logWeights: readonly number[];
}

/**
 * `E_{z ~ N(0, 1)} f(z) ≈ Σ_i w_i f(z_i)`: Gauss–Hermite quadrature in the probabilists' scaling.
 *
 * Exact for polynomials of degree 2n − 1. Points and weights from the eigenvalues of the Jacobi matrix with
 * off-diagonal √1, √2, …: Golub & Welsch, Calculation of Gauss Quadrature Rules, 1969.
 */
export function gaussHermite(n: number): Quadrature {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`gaussHermite: n must be a positive integer, but got ${n}; 20 to 60 points are usual.`);
  }
  const jacobi = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (Math.abs(i - j) === 1 ? Math.sqrt(Math.max(i, j)) : 0)),
  );
  const pairs = eigs(matrix(jacobi)).eigenvectors.map(({ value, vector }) => {
    const components = (vector as unknown as { toArray(): number[] }).toArray();
    const norm = components.reduce((sum, c) => sum + c * c, 0);
    return { point: value as number, weight: (components[0] as number) ** 2 / norm };
  });
  pairs.sort((a, b) => a.point - b.point);
  return { points: pairs.map(p => p.point), logWeights: pairs.map(p => Math.log(p.weight)) };
}

/**
 * The trapezoidal rule on [from, to] with n points.
 *
 * For a smooth function that has died out at both ends its error falls faster than any power of the spacing, so
 * it is the safe choice for a posterior much narrower than the prior: ten points a standard deviation are exact
 * to double precision.
 */
export function trapezoid(from: number, to: number, n: number): Quadrature {
  if (!(to > from) || !Number.isInteger(n) || n < 2) {
    throw new RangeError(
      `trapezoid: from < to and n ≥ 2 are needed, but got [${from}, ${to}] and n = ${n}; as in trapezoid(-8, 8, 801).`,
    );
  }
  const step = (to - from) / (n - 1);
  const points = Array.from({ length: n }, (_, i) => from + i * step);
  const logWeights = points.map((_, i) => Math.log(i === 0 || i === n - 1 ? step / 2 : step));
  return { points, logWeights };
}

/**
 * Simpson's rule on [from, to] with an odd number n of points: weights 1, 4, 2, 4, … 1, times a third of the spacing.
 *
 * For a smooth function that has not died out at the ends: its error falls as the fourth power of the spacing.
 */
export function simpson(from: number, to: number, n: number): Quadrature {
  if (n % 2 !== 1) throw new RangeError(`simpson: n must be odd, but got ${n}; use n = ${n + 1}.`);
  const { points } = trapezoid(from, to, n);
  const third = (to - from) / (n - 1) / 3;
  const logWeights = points.map((_, i) => Math.log(third * (i === 0 || i === n - 1 ? 1 : i % 2 === 1 ? 4 : 2)));
  return { points, logWeights };
}

/**
 * `log ∫ exp(f(z)) dz` over one latent dimension, in nats, from a log-density f.
 *
 * With `trapezoid`, f is log p(x, z) and the result log p(x). With `gaussHermite`, f is log p(x|z): the standard
 * normal prior is in the weights.
 *
 * @example
 * // ∫ N(z; 0, 1) dz = 1
 * logIntegral(z => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI), trapezoid(-9, 9, 301)).toFixed(9) // => "0.000000000"
 */
export function logIntegral(f: (z: number) => number, { points, logWeights }: Quadrature): number {
  return logSumExp(points.map((z, i) => f(z) + (logWeights[i] as number)));
}

/** `log ∫∫ exp(f(z₁, z₂)) dz₁ dz₂` with the same rule along both axes, in nats. */
export function logIntegral2d(f: (z1: number, z2: number) => number, rule: Quadrature): number {
  return logIntegral(z1 => logIntegral(z2 => f(z1, z2), rule), rule);
}

/** A rule over vectors: ∫ f(z) dz ≈ Σ_i exp(logWeights_i) f(points_i), points_i of [d]. */
export interface VectorQuadrature {
  points: readonly (readonly number[])[];
  logWeights: readonly number[];
}

/**
 * The same rule along each of d axes: n^d points, the last axis fastest.
 *
 * @throws RangeError for more than a million points
 * @example
 * productRule(gaussHermite(2), 2).points.length // => 4
 */
export function productRule({ points, logWeights }: Quadrature, d: number): VectorQuadrature {
  if (!Number.isInteger(d) || d < 1 || points.length ** d > 1e6) {
    throw new RangeError(
      `productRule: d must be a positive integer with at most a million points in all, but got d = ${d} with ${points.length} points an axis; sample where there are more.`,
    );
  }
  let rule: VectorQuadrature = { points: [[]], logWeights: [0] };
  for (let axis = 0; axis < d; axis++) {
    const before = rule;
    rule = {
      points: before.points.flatMap(start => points.map(next => [...start, next])),
      logWeights: before.logWeights.flatMap(start => logWeights.map(next => start + next)),
    };
  }
  return rule;
}
