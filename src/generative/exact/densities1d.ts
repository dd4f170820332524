import { erf } from "mathjs";
import { GaussianMixture, type GaussianMixtureParameters } from "./gaussianMixture.ts";
import { logSumExp } from "./logSumExp.ts";

/** A density over the real line, with its integral. Float64. */
export interface Density1d {
  /** log p(x) in nats. */
  logProb(x: number): number;
  /** F(x) = ∫_−∞^x p, from 0 to 1. */
  cdf(x: number): number;
}

/** `Φ(x) = ½ (1 + erf(x / √2))`: the cumulative distribution function of N(0, 1). */
export function normalCdf(x: number): number {
  return 0.5 * (1 + erf(x / Math.SQRT2));
}

/** N(0, 1). */
export const standardNormal: Density1d = {
  logProb: x => -0.5 * x * x - 0.5 * Math.log(2 * Math.PI),
  cdf: normalCdf,
};

/** The uniform density on (0, 1): its log is −∞ elsewhere. */
export const standardUniform: Density1d = {
  logProb: x => (x > 0 && x < 1 ? 0 : -Infinity),
  cdf: x => Math.min(Math.max(x, 0), 1),
};

/** `p(x) = e^−x / (1 + e^−x)²`, whose cumulative distribution function is the sigmoid. */
export const standardLogistic: Density1d = {
  logProb: x => -Math.abs(x) - 2 * Math.log1p(Math.exp(-Math.abs(x))),
  cdf: x => 1 / (1 + Math.exp(-x)),
};

/** `p(x) = e^−|x| / 2` */
export const standardLaplace: Density1d = {
  logProb: x => -Math.abs(x) - Math.LN2,
  cdf: x => (x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2),
};

/** `F(x) = Σ_k π_k Φ((x − μ_k) / σ_k)`: a mixture of Gaussians with its integral. */
export function normalMixture(parameters: GaussianMixtureParameters): Density1d {
  const { weights, means, stds } = parameters;
  const mixture = new GaussianMixture(parameters);
  return {
    logProb: x => mixture.logProb(x),
    cdf: x => weights.reduce((sum, w, k) => sum + w * normalCdf((x - (means[k] as number)) / (stds[k] as number)), 0),
  };
}

/** `F(x) = Σ_k π_k σ((x − μ_k) / s_k)`: a mixture of logistics; `stds` are the scales s, not standard deviations. */
export function logisticMixture({ weights, means, stds }: GaussianMixtureParameters): Density1d {
  const z = (x: number, k: number) => (x - (means[k] as number)) / (stds[k] as number);
  return {
    logProb: x =>
      logSumExp(weights.map((w, k) => Math.log(w) + standardLogistic.logProb(z(x, k)) - Math.log(stds[k] as number))),
    cdf: x => weights.reduce((sum, w, k) => sum + w * standardLogistic.cdf(z(x, k)), 0),
  };
}
