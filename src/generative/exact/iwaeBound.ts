/** An importance weight w of K draws: the values that log w takes, and the logarithm of how often it takes each. */
export interface WeightDistribution {
  /** log w_i in nats. */
  logWeights: readonly number[];
  /** log P(w = w_i): of a z with few values, or of the nodes of a quadrature over z ~ q. They sum to 1. */
  logProbabilities: readonly number[];
}

/**
 * `L_K = E[log (1/K) Σ_k w_k] = log c + ∫₀^∞ (e^−t − φ(t/K)^K) / t dt` with φ(t) = E[e^(−t w/c)], in nats.
 *
 * The importance-weighted bound without a draw, for every K at the price of one integral: the logarithm is
 * log S = ∫ (e^−t − e^−tS)/t dt (Frullani), and the Laplace transform of a sum of independent weights is a power.
 * c = E[w] keeps the numbers near 1. The trapezoidal rule in log t converges geometrically.
 *
 * @throws RangeError where K is no positive integer or the probabilities do not sum to 1
 * @example
 * const coin = { logWeights: [0, Math.LN2], logProbabilities: [-Math.LN2, -Math.LN2] };
 * iwaeBound(coin, 1).toFixed(6) // => "0.346574"
 */
export function iwaeBound({ logWeights, logProbabilities }: WeightDistribution, K: number): number {
  const probabilities = logProbabilities.map(Math.exp);
  assertWeights(logWeights, probabilities, K);
  const largest = Math.max(...logWeights);
  const mean = logWeights.reduce((sum, log, i) => sum + Math.exp(log - largest) * (probabilities[i] as number), 0);
  const logMean = largest + Math.log(mean);
  const relative = logWeights.map(log => Math.exp(log - logMean)); // w/c, of mean 1
  let integral = 0;
  for (let u = FROM; u < TO; u += STEP) {
    const t = Math.exp(u);
    let missing = 0; // 1 − φ(t/K), without cancellation
    for (let i = 0; i < relative.length; i++) {
      missing -= (probabilities[i] as number) * Math.expm1((-t * (relative[i] as number)) / K);
    }
    const power = Math.exp(K * Math.log1p(-Math.min(missing, 1)));
    integral += Math.exp(-t) - power;
    if (u > 5 && power < 1e-17) break;
  }
  return logMean + integral * STEP;
}

/**
 * `χ² = Var[w] / E[w]²`, the relative variance of one weight: log p(x) − L_K tends to χ²/2K.
 *
 * Infinite where the second moment is. Maddison et al., Filtering Variational Objectives, 2017, proposition 1.
 */
export function relativeVariance({ logWeights, logProbabilities }: WeightDistribution): number {
  const largest = Math.max(...logWeights);
  const moment = (power: number) =>
    logWeights.reduce((sum, log, i) => sum + Math.exp(power * (log - largest) + (logProbabilities[i] as number)), 0);
  return moment(2) / moment(1) ** 2 - 1;
}

function assertWeights(logWeights: readonly number[], probabilities: readonly number[], K: number): void {
  if (!Number.isInteger(K) || K < 1) {
    throw new RangeError(`iwaeBound: K must be a positive integer, but got ${K}; it counts draws.`);
  }
  const total = probabilities.reduce((sum, p) => sum + p, 0);
  if (logWeights.length !== probabilities.length || !(Math.abs(total - 1) < 1e-6)) {
    throw new RangeError(
      `iwaeBound: logProbabilities must be as many as logWeights and sum to 1, but got ${probabilities.length} for ${logWeights.length} that sum to ${total}; normalise them.`,
    );
  }
}

/** The range of log t: below, the integrand is under 1e-16; above, e^−t is 0 and only weights near 0 still count. */
const FROM = -36;
const TO = 700;
const STEP = 1 / 16;
