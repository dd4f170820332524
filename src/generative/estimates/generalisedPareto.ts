/** `p(x) = (1/σ) (1 + k x/σ)^(−1/k − 1)`, x ≥ 0: the limit of every tail above a high threshold (Pickands, 1975). */
export interface GeneralisedPareto {
  /** k: moments of order below 1/k are finite. */
  shape: number;
  /** σ */
  scale: number;
}

/**
 * k̂ and σ̂ of Zhang & Stephens for ascending exceedances x > 0, with the weak prior of PSIS that pulls short tails to 0.5.
 *
 * An average over 30 + ⌊√n⌋ values of θ = −k/σ, weighted by their profile likelihood. Zhang & Stephens, A New and
 * Efficient Estimation Method for the Generalized Pareto Distribution, 2009; the prior counts as ten draws: Vehtari et
 * al., Pareto Smoothed Importance Sampling, 2024, appendix C.
 */
export function fitGeneralisedPareto(x: readonly number[]): GeneralisedPareto {
  const n = x.length;
  const largest = x[n - 1] as number;
  const quartile = x[Math.floor(n / 4 + 0.5) - 1] as number;
  const grid = 30 + Math.floor(Math.sqrt(n));
  const candidates = Array.from({ length: grid }, (_, i) => {
    const theta = 1 / largest + (1 - Math.sqrt(grid / (i + 0.5))) / (3 * quartile);
    const k = meanLog(x, theta);
    return { theta, logLikelihood: n * (Math.log(-theta / k) - k - 1) };
  });
  const best = Math.max(...candidates.map(c => c.logLikelihood));
  const weights = candidates.map(c => Math.exp(c.logLikelihood - best));
  const total = weights.reduce((sum, w) => sum + w, 0);
  const theta = candidates.reduce((sum, c, i) => sum + (c.theta * (weights[i] as number)) / total, 0);
  const k = meanLog(x, theta);
  return { shape: (n * k + PRIOR_COUNT * 0.5) / (n + PRIOR_COUNT), scale: -k / theta };
}

/** `F⁻¹(u) = σ ((1 − u)^−k − 1)/k`, for k = 0 its limit −σ log(1 − u); u from 0 to 1, exclusive. */
export function paretoQuantile({ shape, scale }: GeneralisedPareto, u: number): number {
  const log = Math.log1p(-u);
  return scale * (Math.abs(shape) < Number.EPSILON ? -log : Math.expm1(-shape * log) / shape);
}

/** (1/n) Σ log(1 − θ x_i) */
function meanLog(x: readonly number[], theta: number): number {
  return x.reduce((sum, value) => sum + Math.log1p(-theta * value), 0) / x.length;
}

const PRIOR_COUNT = 10;
