import { assertFields, assertFunction, assertNumber, assertNumbers, told } from "./check.ts";
import { gaussRule } from "./gaussRule.ts";
import { logSumExp } from "./logSumExp.ts";
import { assertMatrix } from "./matrices.ts";

/** Points and the logarithms of their weights: ∫ f ≈ Σ_i exp(logWeights_i) f(points_i). */
export interface Quadrature {
  points: readonly number[];
  logWeights: readonly number[];
}

/**
 * `E_{z ~ N(0, 1)} f(z) ≈ Σ_i w_i f(z_i)`: Gauss–Hermite quadrature in the probabilists' scaling.
 *
 * Exact for polynomials of degree 2n − 1, to 1e-12 relative for n up to 200 and beyond: the weights of the tails,
 * e^−380 at n = 200, are as good as those of the middle. From the recurrence with √1, √2, …: see `gaussRule`.
 *
 * @throws RangeError where n is no positive integer
 * @example
 * gaussHermite(3).points.map(z => z.toFixed(6)) // => ["-1.732051", "0.000000", "1.732051"]
 */
export function gaussHermite(n: number): Quadrature {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`gaussHermite: n must be a positive integer, but got ${told(n)}; 20 to 60 points are usual.`);
  }
  return gaussRule(n, Math.sqrt);
}

/**
 * `∫_from^to f(z) dz ≈ Σ_i w_i f(z_i)`: Gauss–Legendre quadrature.
 *
 * Exact for polynomials of degree 2n − 1, to 1e-12 relative: for a smooth f that has not died out at the ends, as an
 * expectation over a uniform z. From the recurrence with k / √(4k² − 1): see `gaussRule`.
 *
 * @throws RangeError where n is no positive integer or the interval is empty or not finite
 * @example
 * logIntegral(z => 3 * Math.log(z), gaussLegendre(0, 1, 2)).toFixed(9) // => "-1.386294361"
 */
export function gaussLegendre(from: number, to: number, n: number): Quadrature {
  if (!isInterval(from, to) || !Number.isInteger(n) || n < 1) {
    throw new RangeError(
      `gaussLegendre: from < to and n ≥ 1 are needed, but got [${told(from)}, ${told(to)}] and n = ${told(n)}; as in gaussLegendre(0, 1, 20).`,
    );
  }
  const { points, logWeights } = gaussRule(n, k => k / Math.sqrt(4 * k * k - 1));
  const half = (to - from) / 2;
  return {
    // From the nearer end, so that no point leaves the interval by rounding.
    points: points.map(z => (z < 0 ? from + half * (1 + z) : to - half * (1 - z))),
    logWeights: logWeights.map(log => log + Math.log(to - from)),
  };
}

/**
 * The trapezoidal rule on [from, to] with n points, the first and the last at the ends.
 *
 * For a smooth function that has died out at both ends its error falls faster than any power of the spacing, so
 * it is the safe choice for a posterior much narrower than the prior: ten points a standard deviation are exact
 * to double precision. Else it is exact to degree 1.
 *
 * @throws RangeError where the interval is empty or not finite, or n is not an integer from 2
 */
export function trapezoid(from: number, to: number, n: number): Quadrature {
  return evenRule("trapezoid", from, to, n);
}

function evenRule(what: string, from: number, to: number, n: number): Quadrature {
  if (!isInterval(from, to) || !Number.isInteger(n) || n < 2) {
    throw new RangeError(
      `${what}: from < to and n ≥ 2 are needed, but got [${told(from)}, ${told(to)}] and n = ${told(n)}; as in ${what}(-8, 8, 801).`,
    );
  }
  const step = (to - from) / (n - 1);
  const points = Array.from({ length: n }, (_, i) => (i === n - 1 ? to : from + i * step));
  const logWeights = points.map((_, i) => Math.log(i === 0 || i === n - 1 ? step / 2 : step));
  return { points, logWeights };
}

/**
 * Simpson's rule on [from, to] with an odd number n of points: weights 1, 4, 2, 4, … 1, times a third of the spacing.
 *
 * For a smooth function that has not died out at the ends: exact to degree 3, and its error falls as the fourth power
 * of the spacing.
 *
 * @throws RangeError where the interval is empty or not finite, or n is not an odd integer from 3
 */
export function simpson(from: number, to: number, n: number): Quadrature {
  if (!(Number.isInteger(n) && n % 2 === 1 && n >= 3)) {
    throw new RangeError(
      `simpson: n must be odd and at least 3, but got ${told(n)}; use n = ${2 * Math.max(1, Math.floor(n / 2) || 1) + 1}.`,
    );
  }
  const { points } = evenRule("simpson", from, to, n);
  const third = (to - from) / (n - 1) / 3;
  const logWeights = points.map((_, i) => Math.log(third * (i === 0 || i === n - 1 ? 1 : i % 2 === 1 ? 4 : 2)));
  return { points, logWeights };
}

/**
 * `log ∫ exp(f(z)) dz` over one latent dimension, in nats, from a log-density f.
 *
 * With `trapezoid`, f is log p(x, z) and the result log p(x). With `gaussHermite`, f is log p(x|z): the standard
 * normal prior is in the weights. −∞ where f is −∞ at every point.
 *
 * @throws RangeError where f is NaN, or the rule has not one weight a point
 * @example
 * // ∫ N(z; 0, 1) dz = 1
 * logIntegral(z => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI), trapezoid(-9, 9, 301)).toFixed(9) // => "0.000000000"
 */
export function logIntegral(f: (z: number) => number, rule: Quadrature): number {
  assertFunction("logIntegral", "f", f);
  assertRule("logIntegral", rule);
  return integralOf("logIntegral", f, rule);
}

function integralOf(what: string, f: (z: number) => number, { points, logWeights }: Quadrature): number {
  const terms = points.map((z, i) => {
    const value = f(z);
    if (typeof value !== "number") assertNumber(what, "f", value);
    return value + (logWeights[i] as number);
  });
  const integral = logSumExp(terms);
  if (!Number.isNaN(integral)) return integral;
  throw new RangeError(
    `${what}: f must be a number or −∞ at every point, but got NaN at ${points[terms.findIndex(Number.isNaN)]}; mend f there, or leave the point out.`,
  );
}

/** Throws unless this is a rule over [d] for an expectation: a weight for each point, and a sum of 1. */
export function assertExpectation(what: string, rule: VectorQuadrature): void {
  assertFields(what, "rule", rule, ["points", "logWeights"]);
  assertMatrix(what, rule.points);
  assertWeights(what, rule);
  assertSumOfOne(what, rule);
}

/** The weights of a rule, after a look that they sum to 1, to 1e-6. */
export function assertSumOfOne(what: string, { logWeights }: { logWeights: readonly number[] }): Float64Array {
  const weights = new Float64Array(logWeights);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.exp(weights[i] as number);
    total += weights[i] as number;
  }
  if (Math.abs(total - 1) <= 1e-6) return weights;
  throw new RangeError(
    `${what}: the weights of the rule must sum to 1, but got ${total}; take a rule for N(0, 1), as gaussHermite is.`,
  );
}

function isInterval(from: number, to: number): boolean {
  return typeof from === "number" && typeof to === "number" && to > from && Number.isFinite(to - from);
}

/** Throws unless a rule has points, all of them numbers, and the logarithm of a weight for each. */
export function assertRule(what: string, rule: Quadrature): void {
  assertFields(what, "rule", rule, ["points", "logWeights"]);
  const { points, logWeights } = rule;
  assertNumbers(what, "the points of the rule", points);
  assertWeights(what, { points, logWeights });
}

function assertWeights(
  what: string,
  { points, logWeights }: { points: ArrayLike<unknown>; logWeights: ArrayLike<number> },
): void {
  assertNumbers(what, "the log-weights of the rule", logWeights);
  if (points.length === logWeights.length && points.length > 0) return;
  throw new RangeError(
    `${what}: a rule must have a weight for each of its points, and one at least, but got ${logWeights.length} for ${points.length}; make one with gaussHermite or trapezoid.`,
  );
}

/** `log ∫∫ exp(f(z₁, z₂)) dz₁ dz₂` with the same rule along both axes, in nats. */
export function logIntegral2d(f: (z1: number, z2: number) => number, rule: Quadrature): number {
  assertFunction("logIntegral2d", "f", f);
  assertRule("logIntegral2d", rule);
  return integralOf("logIntegral2d", z1 => integralOf("logIntegral2d", z2 => f(z1, z2), rule), rule);
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
export function productRule(one: Quadrature, d: number): VectorQuadrature {
  assertRule("productRule", one);
  const { points, logWeights } = one;
  if (!Number.isInteger(d) || d < 1 || points.length ** d > 1e6) {
    throw new RangeError(
      `productRule: d must be a positive integer with at most a million points in all, but got d = ${told(d)} with ${points.length} points an axis; sample where there are more.`,
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
