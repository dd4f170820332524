import { assertCount, assertFields, assertList, assertNumbers, told } from "./check.ts";
import { logSumExp } from "./logSumExp.ts";
import { log1mExp } from "./probability.ts";

/** An importance weight w of K draws: the values that log w takes, and the logarithm of how often it takes each. */
export interface WeightDistribution {
  /** log w_i in nats; −∞ for a weight of 0. */
  logWeights: readonly number[];
  /** log P(w = w_i): of a z with few values, or of the nodes of a quadrature over z ~ q. They sum to 1. */
  logProbabilities: readonly number[];
}

/**
 * `L_K = E[log (1/K) Σ_k w_k] = log c + ∫₀^∞ (e^−t − φ(t/K)^K) / t dt` with φ(t) = E[e^(−t w/c)], in nats.
 *
 * The importance-weighted bound without a draw, for every K at the price of one integral: the logarithm is
 * log S = ∫ (e^−t − e^−tS)/t dt (Frullani), and the Laplace transform of a sum of independent weights is a power.
 * c = E[w] keeps the numbers near 1. The trapezoidal rule in u = log t converges geometrically; where no weight is near
 * e^−u the integrand is constant, so that the log-weights may span any range. To 1e-12 of that range. −∞ where a
 * weight of 0 has positive probability: all K may be 0.
 *
 * @throws RangeError where K is no positive integer, the probabilities do not sum to 1, or a log-weight is NaN or ∞
 * @example
 * const coin = { logWeights: [0, Math.LN2], logProbabilities: [-Math.LN2, -Math.LN2] };
 * iwaeBound(coin, 1).toFixed(6) // => "0.346574"
 */
export function iwaeBound(weights: WeightDistribution, K: number): number {
  assertCount("iwaeBound", "K", K, "it counts draws");
  const atoms = atomsOf(weights, sharesOf("iwaeBound", weights));
  if (atoms.some(({ logWeight }) => logWeight === -Infinity)) return -Infinity;
  if (K === 1) return atoms.reduce((sum, { p, logWeight }) => sum + p * logWeight, 0);
  const logMean = logSumExp(atoms.map(({ logWeight, logP }) => logWeight + logP));
  return (
    logMean +
    integral(
      atoms.map(({ p, logWeight }) => ({ p, relative: logWeight - logMean })),
      K,
    )
  );
}

/**
 * `χ² = Var[w] / E[w]² = E[(w/E[w] − 1)²]`, the relative variance of one weight: log p(x) − L_K tends to χ²/2K.
 *
 * Infinite where the second moment is. Maddison et al., Filtering Variational Objectives, 2017, proposition 1.
 *
 * @throws RangeError where the probabilities do not sum to 1, a log-weight is NaN or ∞, or all weights are 0
 */
export function relativeVariance(weights: WeightDistribution): number {
  const given = sharesOf("relativeVariance", weights);
  const { shares, total } = given;
  const { logWeights, logProbabilities } = weights;
  const largest = largestOf(logWeights, shares);
  const relative: number[] = [];
  let mean = 0;
  for (let i = 0; i < shares.length; i++) {
    relative.push(Math.exp((logWeights[i] as number) - largest));
    mean += (shares[i] as number) * (relative[i] as number);
  }
  mean /= total;
  let moment = 0;
  for (let i = 0; i < shares.length; i++) {
    const share = shares[i] as number;
    if (share > SMALLEST) moment += share * ((relative[i] as number) / mean - 1) ** 2;
    else if (logProbabilities[i] !== -Infinity) moment = Number.NaN; // of a large weight it may count
  }
  return moment > SMALLEST && moment < Infinity ? moment / total : momentByLogarithms(weights, given);
}

/** Of the weights that occur: beside a larger one that never does, they could lose digits. */
function largestOf(logWeights: readonly number[], shares: readonly number[]): number {
  return shares.reduce((most, share, i) => (share > 0 ? Math.max(most, logWeights[i] as number) : most), -Infinity);
}

/** The same, where numbers leave the range of float64. */
function momentByLogarithms(weights: WeightDistribution, shares: Shares): number {
  const atoms = atomsOf(weights, shares);
  const logMean = logSumExp(atoms.map(({ logWeight, logP }) => logWeight + logP));
  if (logMean === -Infinity) {
    throw new RangeError("relativeVariance: a weight must be positive, but got only 0; q misses all of the posterior.");
  }
  return Math.exp(logSumExp(atoms.map(({ logWeight, logP }) => logP + 2 * logDistance(logWeight - logMean))));
}

/** What has digits enough above the smallest float64. */
const SMALLEST = 1e-280;

/** `log |e^a − 1|` */
function logDistance(a: number): number {
  return a > 0 ? a + log1mExp(-a) : log1mExp(a);
}

/** A weight that occurs. */
interface Atom {
  p: number;
  logP: number;
  logWeight: number;
}

function atomsOf({ logWeights, logProbabilities }: WeightDistribution, { shares, total }: Shares): Atom[] {
  const logTotal = Math.log(total);
  const atoms = logWeights.map((logWeight, i) => {
    return { p: (shares[i] as number) / total, logP: (logProbabilities[i] as number) - logTotal, logWeight };
  });
  return atoms.filter(({ logP }) => logP > -Infinity);
}

/** The probabilities, and what they sum to: nearly 1. */
interface Shares {
  shares: readonly number[];
  total: number;
}

/** After a look at all of them, and at the weights. */
function sharesOf(what: string, weights: WeightDistribution): Shares {
  assertFields(what, "weights", weights, ["logWeights", "logProbabilities"]);
  const { logWeights, logProbabilities } = weights;
  assertNumbers(what, "logProbabilities", logProbabilities, true);
  assertList(what, "logWeights", logWeights);
  const shares: number[] = [];
  let total = 0;
  for (let i = 0; i < logProbabilities.length; i++) {
    const share = Math.exp(logProbabilities[i] as number);
    shares.push(share);
    total += share;
  }
  if (logWeights.length !== logProbabilities.length || !(Math.abs(total - 1) < 1e-6)) {
    throw new RangeError(
      `${what}: logProbabilities must be as many as logWeights and sum to 1, but got ${logProbabilities.length} for ${logWeights.length} that sum to ${total}; normalise them.`,
    );
  }
  for (let i = 0; i < logWeights.length; i++) {
    const log = logWeights[i];
    if (typeof log === "number" && log < Infinity) continue;
    throw new RangeError(
      `${what}: a log-weight must be a number or −∞, but got ${told(log)}; look at where q has no density and p has.`,
    );
  }
  return { shares, total };
}

/** `∫ (e^−t − φ(t/K)^K) du` over u = log t, of the relative weights r of mean 1: `φ(t) = Σ_i p_i exp(−t r_i)`. */
function integral(atoms: readonly { p: number; relative: number }[], K: number): number {
  const integrand = integrandOf(atoms, K);
  // The windows in which something changes: e^−t itself, and each weight. Between them the integrand is constant.
  const length = LATE(K) + Math.log(K) - EARLY;
  const starts = [...atoms.map(({ relative }) => EARLY - relative), EARLY].sort((a, b) => a - b);
  const end = (starts.at(-1) as number) + length;
  let sum = 0;
  let reached = starts[0] as number;
  for (let w = 0; w < starts.length; ) {
    const from = starts[w] as number;
    sum += (from - reached) * integrand(reached / 2 + from / 2);
    let to = from + length;
    for (w++; w < starts.length && (starts[w] as number) <= to; w++) to = (starts[w] as number) + length;
    const steps = Math.max(1, Math.ceil((to - from) / STEP));
    const step = (to - from) / steps;
    for (let s = 0; s <= steps; s++) {
      const u = from + s * step;
      const value = integrand(u);
      sum += (s === 0 || s === steps ? step / 2 : step) * value;
      // e^−t is 0 and the power only falls: what is left counts nothing.
      if (u > LATE(1) && Math.abs(value) * (end - u) < 1e-18) return sum;
    }
    reached = to;
  }
  return sum;
}

/** The integrand, to be asked at increasing u: weights that are saturated, or not yet felt, are counted in sums. */
function integrandOf(atoms: readonly { p: number; relative: number }[], K: number): (u: number) => number {
  const sorted = [...atoms].sort((a, b) => b.relative - a.relative);
  const p = Float64Array.from(sorted, atom => atom.p);
  const relative = Float64Array.from(sorted, atom => atom.relative);
  const n = p.length;
  const above = new Float64Array(n + 1); // Σ_j<i p_j
  const below = new Float64Array(n + 1); // Σ_j≥i p_j
  for (let i = 0; i < n; i++) above[i + 1] = (above[i] as number) + (p[i] as number);
  for (let i = n - 1; i >= 0; i--) below[i] = (below[i + 1] as number) + (p[i] as number);
  const [logK, late] = [Math.log(K), LATE(K)];
  let [first, last] = [0, 0]; // those before `first` are saturated, those from `last` on not yet felt
  return u => {
    while (first < n && u + (relative[first] as number) - logK > late) first++;
    while (last < n && u + (relative[last] as number) > EARLY) last++;
    let missing = above[first] as number; //  1 − φ, without cancellation
    let present = below[last] as number; //   φ
    for (let i = first; i < last; i++) {
      const felt = Math.expm1(-Math.exp(u + (relative[i] as number) - logK));
      missing -= (p[i] as number) * felt;
      present += (p[i] as number) * (1 + felt);
    }
    const logPower = K * (missing < 0.5 ? Math.log1p(-missing) : Math.log(present));
    return Math.exp(-Math.exp(u)) - Math.exp(logPower);
  };
}

/** A weight r is not felt below log t + log r = −38: its share of the integrand is under e^−38. */
const EARLY = -38;
/** It is saturated beyond log t + log r = log K + LATE: K exp(−exp(LATE)) is under 1e-18. */
const LATE = (K: number) => Math.log(42 + Math.log(K));
/** The integrand is analytic and bounded for |Im log t| < π/2, so the error falls as exp(−π²/step): 1e-21. */
const STEP = 0.2;
