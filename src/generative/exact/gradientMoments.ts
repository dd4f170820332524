import { assertFields, assertFinite, assertFunction, assertPositive } from "./check.ts";
import { assertRule, assertSumOfOne, type Quadrature } from "./quadrature.ts";

/** A Gaussian q = N(m, s²) of one variable, by mean and standard deviation. */
interface NormalParameters {
  mean: number;
  std: number;
}

/** The mean of an estimate of ∂_m E_q[f(z)] from one draw, which is the gradient itself, and its variance. */
export interface EstimatorMoments {
  mean: number;
  variance: number;
}

export interface ScoreOptions {
  /** b in (f(z) − b) ∂_m log q(z); 0 where it is left out. */
  baseline?: number;
}

/**
 * Mean and variance of `(f(z) − b) ∂_m log q(z) = (f(z) − b) (z − m)/s²`, z ~ N(m, s²): the score-function estimate.
 *
 * By quadrature over ε in z = m + s ε, with a rule for E[·] under N(0, 1), such as `gaussHermite`. The exact twin of
 * one draw of `expectation(…, { estimator: "score" })`. Williams, Simple Statistical Gradient-Following Algorithms,
 * 1992.
 *
 * @example
 * // f = z² at m = 1: m⁴ + 14 m² + 15
 * scoreMoments(z => z * z, { mean: 1, std: 1 }, gaussHermite(20)).variance.toFixed(6) // => "30.000000"
 */
export function scoreMoments(
  f: (z: number) => number,
  q: NormalParameters,
  rule: Quadrature,
  options: ScoreOptions = {},
): EstimatorMoments {
  assertFields("scoreMoments", "options", options, []);
  const { baseline = 0 } = options;
  assertEstimator("scoreMoments", "f", f, q, rule);
  assertFinite("scoreMoments", "baseline", baseline);
  return moments("scoreMoments", noise => (f(q.mean + q.std * noise) - baseline) * (noise / q.std), rule);
}

/**
 * Mean and variance of `f′(z)`, z ~ N(m, s²): the reparameterised, or pathwise, estimate of ∂_m E_q[f(z)].
 *
 * `derivative` is f′. The exact twin of one draw of `expectation(…, { estimator: "reparameterised" })`.
 *
 * @example
 * pathwiseMoments(z => 2 * z, { mean: 1, std: 1 }, gaussHermite(20)).variance.toFixed(6) // => "4.000000"
 */
export function pathwiseMoments(
  derivative: (z: number) => number,
  q: NormalParameters,
  rule: Quadrature,
): EstimatorMoments {
  assertEstimator("pathwiseMoments", "derivative", derivative, q, rule);
  return moments("pathwiseMoments", noise => derivative(q.mean + q.std * noise), rule);
}

/**
 * `b* = E[f(z) s(z)²] / E[s(z)²]` with s = ∂_m log q: the constant baseline of smallest variance.
 *
 * Not E[f] in general: the squared score is the weight. Greensmith, Bartlett & Baxter, Variance Reduction Techniques
 * for Gradient Estimates in Reinforcement Learning, 2004.
 */
export function bestBaseline(f: (z: number) => number, q: NormalParameters, rule: Quadrature): number {
  assertEstimator("bestBaseline", "f", f, q, rule);
  const weighted = mean("bestBaseline", noise => f(q.mean + q.std * noise) * noise ** 2, rule);
  return weighted / mean("bestBaseline", noise => noise ** 2, rule);
}

function moments(what: string, estimate: (noise: number) => number, rule: Quadrature): EstimatorMoments {
  const centre = mean(what, estimate, rule);
  return { mean: centre, variance: mean(what, noise => (estimate(noise) - centre) ** 2, rule) };
}

function mean(what: string, f: (noise: number) => number, { points, logWeights }: Quadrature): number {
  return points.reduce((sum, noise, i) => {
    const value = f(noise);
    if (!Number.isNaN(value)) return sum + Math.exp(logWeights[i] as number) * value;
    throw new RangeError(
      `${what}: the estimate must be a number at every point, but got NaN for ε = ${noise}; mend the function there.`,
    );
  }, 0);
}

/** Throws unless q is N(m, s²), and the rule one for an expectation: its weights sum to 1. */
function assertEstimator(what: string, name: string, f: unknown, q: NormalParameters, rule: Quadrature): void {
  assertFunction(what, name, f);
  assertFields(what, "q", q, ["mean", "std"]);
  assertFinite(what, "the mean of q", q.mean);
  assertPositive(what, "the std of q", q.std, "it is a standard deviation, not a logarithm");
  assertRule(what, rule);
  assertSumOfOne(what, rule);
}
