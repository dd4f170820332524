import { assertFields, assertList } from "./check.ts";
import { assertMean, Covariance } from "./covariance.ts";
import { divide, get, multiply, set, squareRoot, subtract, zeros } from "./doubleDouble.ts";

/** A Gaussian over d variables: mean [d] and covariance [d][d]. */
export interface MultivariateGaussian {
  mean: readonly number[];
  covariance: readonly (readonly number[])[];
}

/**
 * `KL(q ‖ p) = ½ (tr(Σ_p⁻¹ Σ_q) + (μ_p − μ_q)ᵀ Σ_p⁻¹ (μ_p − μ_q) − d + log |Σ_p| − log |Σ_q|)`, in nats.
 *
 * Computed as a sum of terms none of which is negative: with A = A_p⁻¹ A_q of the Cholesky factors,
 * ½ Σ_i (a_ii² − 1 − log a_ii²) + ½ Σ_j<i a_ij² + ½ |A_p⁻¹ (μ_p − μ_q)|². So the KL of Gaussians that hardly differ keeps
 * its digits, 1e-20 as well as 1e20, in any units.
 *
 * @throws RangeError where dimensions differ, or a covariance is not symmetric and positive definite
 * @example
 * const p = { mean: [0], covariance: [[1]] };
 * klGaussian({ mean: [1], covariance: [[1]] }, p) // => 0.5
 */
export function klGaussian(q: MultivariateGaussian, p: MultivariateGaussian): number {
  assertFields("klGaussian", "q", q, ["mean", "covariance"]);
  assertFields("klGaussian", "p", p, ["mean", "covariance"]);
  assertList("klGaussian", "the mean of q", q.mean);
  assertList("klGaussian", "the mean of p", p.mean);
  const d = p.mean.length;
  if (q.mean.length !== d) {
    throw new RangeError(
      `klGaussian: q and p must have the same dimension, but got ${q.mean.length} and ${d}; compare like with like.`,
    );
  }
  for (const { mean, covariance } of [q, p]) assertMean("klGaussian", mean, covariance);
  const [Q, P] = [new Covariance("klGaussian, q", q.covariance), new Covariance("klGaussian, p", p.covariance)];
  const A = P.whiten(rootOf(Q), { triangular: true });
  let kl = 0.5 * P.squaredDistance(p.mean, q.mean);
  for (let i = 0; i < d; i++) {
    const pivot = P.pivot(i)[0];
    for (let j = 0; j < i; j++) kl += (0.5 * (A.high[i * d + j] as number) ** 2) / pivot;
    const units = (Q.exponents[i] as number) - (P.exponents[i] as number);
    const ratio = divide(Q.pivot(i), P.pivot(i)); // a_ii² / 4^units
    kl += 0.5 * excess(ratio, units);
  }
  return kl;
}

/** A with A Aᵀ = Σ, as `whiten` takes it. */
function rootOf(covariance: Covariance) {
  const { dimension: d, exponents, factors } = covariance;
  const root = zeros(d, d);
  for (let j = 0; j < d; j++) {
    const diagonal = squareRoot(covariance.pivot(j));
    for (let i = j; i < d; i++) {
      const [high, low] = i === j ? diagonal : multiply(get(factors, i, j), diagonal);
      const unit = 2 ** (exponents[i] as number);
      set(root, i, j, [high * unit, low * unit]);
    }
  }
  return root;
}

/** `t − 1 − log t` of t = r 4^units, without loss near t = 1. */
function excess(r: readonly [number, number], units: number): number {
  const t = [r[0] * 4 ** units, r[1] * 4 ** units] as const;
  const [u] = subtract(t, [1, 0]);
  if (!(Math.abs(u) < 0.5)) return t[0] - 1 - (Math.log(r[0]) + 2 * units * Math.LN2);
  // log(1 + u) = 2 (y + y³/3 + y⁵/5 + …) and u − 2y = u y, with y = u / (2 + u).
  const y = u / (2 + u);
  let series = 0;
  for (let k = 41; k >= 3; k -= 2) series = series * y * y + 1 / k;
  return y * (u - 2 * y * y * series);
}
