import { rootBetween } from "./bisection.ts";
import { point } from "./check.ts";
import { type Density1d, standardLogistic, standardNormal } from "./densities1d.ts";
import { assertMixture, type GaussianMixtureParameters } from "./gaussianMixture.ts";
import { logSumExp } from "./logSumExp.ts";
import { log1mExp, type Probability, tailOf } from "./probability.ts";

/**
 * `F(x) = Σ_k π_k Φ((x − μ_k) / σ_k)`: a mixture of Gaussians with its integral.
 *
 * @throws RangeError where lengths disagree, weights do not sum to 1, or a μ or σ is not finite or σ not positive
 * @example
 * const pair = normalMixture({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 1] });
 * pair.quantile({ logSurvival: pair.logSurvival(30) }).toFixed(9) // => "30.000000000"
 */
export function normalMixture(parameters: GaussianMixtureParameters): Density1d {
  return mixture("normalMixture", parameters, standardNormal);
}

/**
 * `F(x) = Σ_k π_k σ((x − μ_k) / s_k)`: a mixture of logistics; `stds` are the scales s, not standard deviations.
 *
 * @throws RangeError where lengths disagree, weights do not sum to 1, or a μ or s is not finite or s not positive
 */
export function logisticMixture(parameters: GaussianMixtureParameters): Density1d {
  return mixture("logisticMixture", parameters, standardLogistic);
}

/** `F(x) = Σ_k π_k F₀((x − μ_k) / s_k)`, and everything else of it by logarithms of sums. */
function mixture(what: string, parameters: GaussianMixtureParameters, standard: Density1d): Density1d {
  const total = assertMixture(what, parameters);
  const { weights, means, stds } = parameters;
  const sums = new Sums(weights, means, stds, total);
  const density: Density1d = {
    logProb: x => sums.logSum(point(what, x), standard.logProb, true),
    cdf: x => sums.sum(point(what, x), standard.cdf),
    survival: x => sums.sum(point(what, x), standard.survival),
    logCdf: x => sums.logOf(point(what, x), standard.logCdf, standard.logSurvival),
    logSurvival: x => sums.logOf(point(what, x), standard.logSurvival, standard.logCdf),
    quantile: p => quantile(what, density, sums.ends(standard, p), p),
  };
  return density;
}

/** Sums over the components, by the lists that were given: copies would take longer than the look at their numbers. */
class Sums {
  constructor(
    private readonly weights: readonly number[],
    private readonly means: readonly number[],
    private readonly stds: readonly number[],
    /** Σ_k π_k, as it was rounded. */
    private readonly total: number,
  ) {}

  sum(x: number, f: (z: number) => number): number {
    const { weights, means, stds, total } = this;
    let sum = 0;
    for (let k = 0; k < weights.length; k++) {
      sum += ((weights[k] as number) / total) * f((x - (means[k] as number)) / (stds[k] as number));
    }
    return Math.min(sum, 1);
  }

  /** log Σ_k π_k e^f(z_k), over s_k where these are densities. */
  logSum(x: number, f: (z: number) => number, isDensity = false): number {
    const { weights, means, stds, total } = this;
    const terms = new Array<number>(weights.length);
    for (let k = 0; k < terms.length; k++) {
      const std = stds[k] as number;
      const log = Math.log((weights[k] as number) / total) + f((x - (means[k] as number)) / std);
      terms[k] = isDensity ? log - Math.log(std) : log;
    }
    return logSumExp(terms);
  }

  /** The logarithm of what is above ½ comes from the other side. */
  logOf(x: number, one: (z: number) => number, other: (z: number) => number): number {
    const log = this.logSum(x, one);
    return log < -Math.LN2 ? log : log1mExp(Math.min(0, this.logSum(x, other)));
  }

  /** The quantile of each component that has weight. */
  ends(standard: Density1d, p: Probability): number[] {
    const ends: number[] = [];
    for (let k = 0; k < this.weights.length; k++) {
      if (!((this.weights[k] as number) > 0)) continue;
      ends.push((this.means[k] as number) + (this.stds[k] as number) * standard.quantile(p));
    }
    return ends;
  }
}

/**
 * Between the smallest and the largest quantile of a component, by bisection on the smaller side, in logs.
 *
 * In a gap between components F is flat, and x as uncertain as the rounding of log F over the density there.
 */
function quantile(what: string, density: Density1d, ends: readonly number[], p: Probability): number {
  const { side, mass, logMass } = tailOf(what, p);
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const isNormal = mass > 2 ** -1000; // else by logarithms, which take three times as long
  if (side === "lower") {
    return isNormal ? rootBetween(density.cdf, mass, from, to) : rootBetween(density.logCdf, logMass, from, to);
  }
  return isNormal
    ? rootBetween(x => -density.survival(x), -mass, from, to)
    : rootBetween(x => -density.logSurvival(x), -logMass, from, to);
}
