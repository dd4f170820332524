import { assertFunction, assertList, assertNumbers, told } from "./check.ts";
import { logMeanExp } from "./logSumExp.ts";
import { assertRule, type Quadrature } from "./quadrature.ts";

/**
 * `H(p) = −Σ_x p(x) log p(x)`, in nats, of a finite distribution; between 0 and log of the number of values.
 *
 * Cover & Thomas, Elements of Information Theory, 2006, eq. 2.1.
 *
 * @throws RangeError where p is not a distribution
 * @example
 * entropy([0.5, 0.5]) // => 0.6931471805599453
 */
export function entropy(p: ArrayLike<number>): number {
  const total = assertProbabilities("entropy", p);
  return expectedSurprise(p, p) / total + Math.log(total);
}

/**
 * `H(p, q) = E_p[−log q(x)] = −Σ_x p(x) log q(x)`, in nats: what p costs in the code of q.
 *
 * ∞ where q rules out a value that p has; values that p does not have cost nothing.
 *
 * @throws RangeError where p or q is not a distribution, or they differ in length
 * @example
 * crossEntropy([1, 0], [0.25, 0.75]) // => 1.3862943611198906
 */
export function crossEntropy(p: ArrayLike<number>, q: ArrayLike<number>): number {
  const [totalP, totalQ] = assertPair("crossEntropy", p, q);
  return expectedSurprise(p, q) / totalP + Math.log(totalQ);
}

/** −Σ p log q, where a value without probability counts nothing. */
function expectedSurprise(p: ArrayLike<number>, q: ArrayLike<number>): number {
  let sum = 0;
  for (let x = 0; x < p.length; x++) if (p[x] !== 0) sum += (p[x] as number) * -Math.log(q[x] as number);
  return sum;
}

/**
 * `KL(p ‖ q) = E_p[log p(x) − log q(x)]`, in nats: never negative, 0 exactly where p = q, and not symmetric.
 *
 * Kullback & Leibler, On Information and Sufficiency, 1951, eq. 2.4. The expectation is over the first argument.
 *
 * @throws RangeError where p or q is not a distribution, or they differ in length
 * @example
 * klDivergence([0.5, 0.5], [0.25, 0.75]).toFixed(4) // => "0.1438"
 */
export function klDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  assertPair("klDivergence", p, q);
  const [totalP, totalQ] = [sumOf(p), sumOf(q)];
  let sum = 0;
  for (let x = 0; x < p.length; x++) sum += divergenceTerm((p[x] as number) / totalP, (q[x] as number) / totalQ);
  return sum;
}

/**
 * `JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m)` with m = ½ (p + q), in nats: symmetric, from 0 to log 2.
 *
 * log 2 exactly where p and q have no value in common: it is finite where KL is not. What the discriminator of a GAN
 * measures. Lin, Divergence Measures Based on the Shannon Entropy, 1991, with equal weights.
 *
 * @throws RangeError where p or q is not a distribution, or they differ in length
 * @example
 * jensenShannonDivergence([1, 0], [0, 1]) // => 0.6931471805599453
 */
export function jensenShannonDivergence(p: ArrayLike<number>, q: ArrayLike<number>): number {
  assertPair("jensenShannonDivergence", p, q);
  const [totalP, totalQ] = [sumOf(p), sumOf(q)];
  let sum = 0;
  for (let x = 0; x < p.length; x++) sum += halfwayTerm((p[x] as number) / totalP, (q[x] as number) / totalQ);
  return sum;
}

/** ½ p log(p/m) + ½ q log(q/m) with m = ½ (p + q): never negative. */
function halfwayTerm(p: number, q: number): number {
  const m = p / 2 + q / 2;
  if (m === 0) return 0;
  const t = (p / 2 - q / 2) / m;
  if (Math.abs(t) > 0.05) return (surprise(p, m) + surprise(q, m)) / 2;
  // m/2 ((1 + t) log(1 + t) + (1 − t) log(1 − t)) = m (t²/2 + t⁴/12 + t⁶/30 + …), as its parts cancel near t = 0
  const z = t * t;
  return m * z * (1 / 2 + z * (1 / 12 + z * (1 / 30 + z * (1 / 56 + z * (1 / 90)))));
}

/** p log(p/m), 0 where p is. */
function surprise(p: number, m: number): number {
  return p === 0 ? 0 : p * (Math.log(p) - Math.log(m));
}

/** To the last digit: what sums differ by would count as much as a small divergence. */
const sumOf = (values: ArrayLike<number>) => expectation(values, () => 1);

/** p log(p/q) − p + q, whose sum is that of p log(p/q) for sums of 1: never negative. */
function divergenceTerm(p: number, q: number): number {
  if (p === 0) return q;
  const x = (p - q) / q;
  if (Math.abs(x) > 0.05) return p * logRatio(p, q) - p + q;
  // q ((1 + x) log(1 + x) − x) = q (x²/2 − x³/6 + x⁴/12 − …), as its parts cancel near x = 0
  let sum = 0;
  for (const coefficient of NEAR) sum = sum * x + coefficient;
  return q * sum * x * x;
}

/** (−1)^k/(k (k − 1)), from k = 13 down to 2. */
const NEAR = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? -1 : 1) / ((13 - i) * (12 - i)));

/** log(p/q), also where p/q leaves float64. */
function logRatio(p: number, q: number): number {
  const ratio = p / q;
  return ratio > 2 ** -1022 && ratio < Infinity ? Math.log(ratio) : Math.log(p) - Math.log(q);
}

/**
 * `KL(p ‖ q) = ∫ p(x) (log p(x) − log q(x)) dx` over one dimension, in nats, from two log-densities.
 *
 * The rule must cover p, and be fine enough for it; a `trapezoid` is the safe choice. ∞ where q is 0 and p is not.
 *
 * @throws RangeError where a log-density is NaN or ∞, or the rule has not one weight a point
 * @example
 * const normal = (mean: number) => (x: number) => -0.5 * (x - mean) ** 2 - 0.5 * Math.log(2 * Math.PI);
 * klIntegral(normal(0), normal(1), trapezoid(-10, 10, 401)).toFixed(9) // => "0.500000000"
 */
export function klIntegral(logP: (x: number) => number, logQ: (x: number) => number, rule: Quadrature): number {
  assertIntegral("klIntegral", logP, logQ, rule);
  return divergenceIntegral("klIntegral", logP, logQ, rule);
}

function divergenceIntegral(
  what: string,
  logP: (x: number) => number,
  logQ: (x: number) => number,
  { points, logWeights }: Quadrature,
): number {
  return points.reduce((sum, x, i) => {
    const log = logDensity(what, logP, x);
    if (log === -Infinity) return sum;
    const other = logDensity(what, logQ, x);
    // 0 · ∞ too: where p only underflows, q still rules out what p has.
    return other === -Infinity ? Infinity : sum + Math.exp(log + (logWeights[i] as number)) * (log - other);
  }, 0);
}

/**
 * `JS(p, q) = ½ KL(p ‖ m) + ½ KL(q ‖ m)` with m = ½ (p + q), over one dimension, in nats, from two log-densities.
 *
 * The rule must cover both. From 0 to log 2.
 *
 * @throws RangeError where a log-density is NaN or ∞, or the rule has not one weight a point
 */
export function jensenShannonIntegral(
  logP: (x: number) => number,
  logQ: (x: number) => number,
  rule: Quadrature,
): number {
  const what = "jensenShannonIntegral";
  assertIntegral(what, logP, logQ, rule);
  const logMiddle = (x: number) => logMeanExp([logDensity(what, logP, x), logDensity(what, logQ, x)]);
  return divergenceIntegral(what, logP, logMiddle, rule) / 2 + divergenceIntegral(what, logQ, logMiddle, rule) / 2;
}

function assertIntegral(what: string, logP: unknown, logQ: unknown, rule: Quadrature): void {
  assertFunction(what, "logP", logP);
  assertFunction(what, "logQ", logQ);
  assertRule(what, rule);
}

function logDensity(what: string, log: (x: number) => number, x: number): number {
  const value = log(x);
  if (typeof value === "number" && value < Infinity) return value;
  throw new RangeError(
    `${what}: a log-density must be a number or −∞, but got ${told(value)} at ${x}; mend it there, or move the rule.`,
  );
}

/**
 * Throws unless the values are probabilities that sum to 1, to a tolerance.
 *
 * @returns their sum, to divide them by; 1 where that differs from 1 by no more than rounding
 */
export function assertProbabilities(what: string, p: ArrayLike<number>, tolerance = 1e-6): number {
  assertList(what, "probabilities", p);
  let total = 0;
  for (let i = 0; i < p.length; i++) {
    const value = p[i] as number;
    if (typeof value !== "number") assertNumbers(what, "probabilities", p);
    if (!(value >= 0)) {
      throw new RangeError(`${what}: a probability must not be negative, but got ${value}; look at what computed it.`);
    }
    total += value;
  }
  if (!(Math.abs(total - 1) <= tolerance)) {
    throw new RangeError(`${what}: probabilities must sum to 1, but got ${total}; divide them by their sum.`);
  }
  return isOne(total) ? 1 : total;
}

/** Whether a sum of probabilities differs from 1 by no more than sums in float64 do. */
export const isOne = (total: number): boolean => Math.abs(total - 1) <= ROUNDING;
const ROUNDING = 1e-12;

/** Σ_x p(x) f(x), where a value without probability counts nothing, be f infinite there. */
export function expectation(p: ArrayLike<number>, f: (x: number) => number): number {
  let sum = 0;
  for (let x = 0; x < p.length; x++) if (p[x] !== 0) sum += (p[x] as number) * f(x);
  return sum;
}

function assertPair(what: string, p: ArrayLike<number>, q: ArrayLike<number>): [totalP: number, totalQ: number] {
  assertList(what, "p", p);
  assertList(what, "q", q);
  if (p.length !== q.length) {
    throw new RangeError(
      `${what}: p and q must have the same values, but got ${p.length} and ${q.length} of them; give a value without probability a 0.`,
    );
  }
  const total = assertProbabilities(what, p);
  return [total, q === p ? total : assertProbabilities(what, q)];
}
