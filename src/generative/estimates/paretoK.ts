/**
 * The shape k̂ of a generalised Pareto distribution fitted to the largest importance weights.
 *
 * The weights have finite moments of order below 1/k: from k = 0.5 on their variance is infinite, and above 0.7
 * the estimate cannot be trusted at any practical number of draws. −∞ where the largest weights are all equal.
 * Only the largest min(n/5, 3√n) of n weights are used. Vehtari, Simpson, Gelman, Yao & Gabry, Pareto Smoothed
 * Importance Sampling, 2024; fit by Zhang & Stephens, A New and Efficient Estimation Method for the Generalized
 * Pareto Distribution, 2009.
 *
 * @throws RangeError for fewer than 25 weights: their tail is too short to fit
 */
export function paretoK(logWeights: ArrayLike<number>): number {
  const n = logWeights.length;
  const tail = Math.ceil(Math.min(n / 5, 3 * Math.sqrt(n)));
  if (tail < 5) {
    throw new RangeError(`paretoK: at least 25 weights are needed, but got ${n}; draw more samples.`);
  }
  const sorted = Float64Array.from(logWeights).sort();
  const largest = sorted[n - 1] as number;
  const threshold = Math.exp((sorted[n - tail - 1] as number) - largest);
  const exceedances = Array.from(sorted.subarray(n - tail), logWeight => Math.exp(logWeight - largest) - threshold);
  // Weights equal to their rounding error have no tail; a fit would only describe the rounding.
  if (!(1 - threshold > tail * Number.EPSILON * 64)) return -Infinity;
  return generalisedParetoShape(exceedances.map(x => Math.max(x, Number.MIN_VALUE)));
}

/** k̂ of Zhang & Stephens for ascending exceedances, with the weak prior of PSIS that pulls short tails to 0.5. */
function generalisedParetoShape(x: readonly number[]): number {
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
  return (n * k + PRIOR_COUNT * 0.5) / (n + PRIOR_COUNT);
}

/** (1/n) Σ log(1 − θ x_i) */
function meanLog(x: readonly number[], theta: number): number {
  return x.reduce((sum, value) => sum + Math.log1p(-theta * value), 0) / x.length;
}

const PRIOR_COUNT = 10;
