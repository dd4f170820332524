import type { Quadrature } from "./quadrature.ts";

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
  { baseline = 0 }: ScoreOptions = {},
): EstimatorMoments {
  return moments(noise => (f(q.mean + q.std * noise) - baseline) * (noise / q.std), rule);
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
  return moments(noise => derivative(q.mean + q.std * noise), rule);
}

/**
 * `b* = E[f(z) s(z)²] / E[s(z)²]` with s = ∂_m log q: the constant baseline of smallest variance.
 *
 * Not E[f] in general: the squared score is the weight. Greensmith, Bartlett & Baxter, Variance Reduction Techniques
 * for Gradient Estimates in Reinforcement Learning, 2004.
 */
export function bestBaseline(f: (z: number) => number, q: NormalParameters, rule: Quadrature): number {
  const weighted = mean(noise => f(q.mean + q.std * noise) * noise ** 2, rule);
  return weighted / mean(noise => noise ** 2, rule);
}

function moments(estimate: (noise: number) => number, rule: Quadrature): EstimatorMoments {
  const centre = mean(estimate, rule);
  return { mean: centre, variance: mean(noise => (estimate(noise) - centre) ** 2, rule) };
}

function mean(f: (noise: number) => number, { points, logWeights }: Quadrature): number {
  return points.reduce((sum, noise, i) => sum + Math.exp(logWeights[i] as number) * f(noise), 0);
}
