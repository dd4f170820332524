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
  const weights = assertEstimator("scoreMoments", "f", f, q, rule);
  assertFinite("scoreMoments", "baseline", baseline);
  const { mean, std } = q;
  return moments("scoreMoments", noise => (f(mean + std * noise) - baseline) * (noise / std), rule, weights);
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
  const weights = assertEstimator("pathwiseMoments", "derivative", derivative, q, rule);
  const { mean, std } = q;
  return moments("pathwiseMoments", noise => derivative(mean + std * noise), rule, weights);
}

/**
 * `b* = E[f(z) s(z)²] / E[s(z)²]` with s = ∂_m log q: the constant baseline of smallest variance.
 *
 * Not E[f] in general: the squared score is the weight. Greensmith, Bartlett & Baxter, Variance Reduction Techniques
 * for Gradient Estimates in Reinforcement Learning, 2004.
 */
export function bestBaseline(f: (z: number) => number, q: NormalParameters, rule: Quadrature): number {
  const weights = assertEstimator("bestBaseline", "f", f, q, rule);
  const weighted = mean("bestBaseline", noise => f(q.mean + q.std * noise) * noise ** 2, rule, weights);
  return weighted / mean("bestBaseline", noise => noise ** 2, rule, weights);
}

function moments(
  what: string,
  estimate: (noise: number) => number,
  rule: Quadrature,
  weights: Float64Array,
): EstimatorMoments {
  const centre = mean(what, estimate, rule, weights);
  return { mean: centre, variance: mean(what, noise => (estimate(noise) - centre) ** 2, rule, weights) };
}

function mean(what: string, f: (noise: number) => number, { points }: Quadrature, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < points.length; i++) {
    const value = f(points[i] as number);
    if (Number.isNaN(value)) {
      throw new RangeError(
        `${what}: the estimate must be a number at every point, but got NaN for ε = ${points[i]}; mend the function there.`,
      );
    }
    sum += (weights[i] as number) * value;
  }
  return sum;
}

/** The weights, after a look that q is N(m, s²), and the rule one for an expectation: its weights sum to 1. */
function assertEstimator(what: string, name: string, f: unknown, q: NormalParameters, rule: Quadrature): Float64Array {
  assertFunction(what, name, f);
  assertFields(what, "q", q, ["mean", "std"]);
  assertFinite(what, "the mean of q", q.mean);
  assertPositive(what, "the std of q", q.std, "it is a standard deviation, not a logarithm");
  assertRule(what, rule);
  return assertSumOfOne(what, rule);
}
