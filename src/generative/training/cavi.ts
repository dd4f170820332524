import { assertCount, assertFields, assertList } from "../exact/check.ts";
import { assertMean, Covariance } from "../exact/covariance.ts";
import { klGaussian, type MultivariateGaussian } from "../exact/gaussian.ts";
import { assertVector } from "../exact/matrices.ts";

export interface CaviOptions {
  /** The means to begin with: [d]. */
  start: readonly number[];
  /** Passes over all coordinates. */
  sweeps: number;
}

/** What coordinate ascent came to. */
export interface CaviResult {
  /** m of the start, and after each update of one coordinate: [1 + sweeps · d][d]. */
  means: number[][];
  /** v_i = 1 / Λ_ii, the same from the first update on: [d]. */
  variances: number[];
  /** −KL(q ‖ p) in nats, for each entry of `means`: the ELBO of a target that is normalised. Never falls. */
  elbos: number[];
}

/**
 * `m_i ← μ_i − Λ_ii⁻¹ Σ_j≠i Λ_ij (m_j − μ_j)`, `v_i = 1 / Λ_ii`: coordinate ascent on q(z) = Π N(z_i; m_i, v_i).
 *
 * The best factorised approximation of a Gaussian target with precision Λ, by the measure KL(q ‖ p), one factor at a
 * time. The means become right; the variances are those of z_i with all the others known, hence too small. Bishop,
 * Pattern Recognition and Machine Learning, 2006, eq. 10.12–10.15.
 *
 * @throws RangeError where the start has another dimension than the target, or sweeps is no count
 * @example
 * const target = { mean: [1, 2], covariance: [[1, 0.5], [0.5, 1]] };
 * cavi(target, { start: [0, 0], sweeps: 30 }).means.at(-1).map(m => m.toFixed(6)) // => ["1.000000", "2.000000"]
 */
export function cavi(target: MultivariateGaussian, options: CaviOptions): CaviResult {
  assertFields("cavi", "target", target, ["mean", "covariance"]);
  assertFields("cavi", "options", options, ["start", "sweeps"]);
  const { mean, covariance } = target;
  const { start, sweeps } = options;
  assertList("cavi", "start", start);
  assertCount("cavi", "sweeps", sweeps, "it counts passes over all coordinates", 0);
  assertMean("cavi", mean, covariance);
  if (start.length !== mean.length) {
    throw new RangeError(
      `cavi: start must have an entry for each of ${mean.length} coordinates, but got ${start.length}; begin anywhere, as in [0, 0].`,
    );
  }
  assertVector("cavi", "start", start, mean.length);
  const factor = new Covariance("cavi", covariance);
  const precision = factor.precision;
  const variances = precision.map((row, i) => 1 / (row[i] as number));
  const means = [[...start]];
  for (let update = 0; update < sweeps * mean.length; update++) {
    const i = update % mean.length;
    const m = [...(means.at(-1) as number[])];
    const row = precision[i] as number[];
    const pull = row.reduce((sum, l, j) => (j === i ? sum : sum + l * ((m[j] as number) - (mean[j] as number))), 0);
    m[i] = (mean[i] as number) - pull * (variances[i] as number);
    means.push(m);
  }
  // The variances never change, so only the distance of the means is left to fall.
  const diagonal = variances.map((variance, i) => variances.map((_, j) => (i === j ? variance : 0)));
  const gap = klGaussian({ mean, covariance: diagonal }, target);
  const elbos = means.map(m => -(gap + 0.5 * factor.squaredDistance(m, mean)));
  return { means, variances, elbos };
}
