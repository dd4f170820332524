import { det, inv, matrix, multiply, trace } from "mathjs";

/** A Gaussian over d variables: mean [d] and covariance [d][d]. */
export interface MultivariateGaussian {
  mean: readonly number[];
  covariance: readonly (readonly number[])[];
}

/**
 * `KL(q ‖ p) = ½ (tr(Σ_p⁻¹ Σ_q) + (μ_p − μ_q)ᵀ Σ_p⁻¹ (μ_p − μ_q) − d + log |Σ_p| − log |Σ_q|)`, in nats.
 *
 * @throws RangeError where dimensions differ or a covariance has no positive determinant
 * @example
 * const p = { mean: [0], covariance: [[1]] };
 * klGaussian({ mean: [1], covariance: [[1]] }, p) // => 0.5
 */
export function klGaussian(q: MultivariateGaussian, p: MultivariateGaussian): number {
  const d = p.mean.length;
  if (q.mean.length !== d) {
    throw new RangeError(
      `klGaussian: q and p must have the same dimension, but got ${q.mean.length} and ${d}; compare like with like.`,
    );
  }
  const precision = precisionMatrix("klGaussian", p.covariance);
  const difference = p.mean.map((mean, i) => mean - (q.mean[i] as number));
  const spread = trace(multiply(matrix(precision), matrix(mutable(q.covariance))));
  const distance = difference.reduce(
    (sum, a, i) => sum + a * difference.reduce((inner, b, j) => inner + (precision[i]?.[j] as number) * b, 0),
    0,
  );
  const volumes = Math.log(det(mutable(p.covariance))) - Math.log(det(mutable(q.covariance)));
  return 0.5 * (spread + distance - d + volumes);
}

/** Λ = Σ⁻¹, for a covariance that has one. */
export function precisionMatrix(what: string, covariance: readonly (readonly number[])[]): number[][] {
  const rows = mutable(covariance);
  if (rows.some(row => row.length !== rows.length) || !(det(rows) > 0)) {
    throw new RangeError(
      `${what}: a covariance must be square with a positive determinant, but got ${JSON.stringify(covariance)}; no direction may have variance 0.`,
    );
  }
  return inv(rows);
}

function mutable(rows: readonly (readonly number[])[]): number[][] {
  return rows.map(row => [...row]);
}
