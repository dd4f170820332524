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

/** One component: its log-weight, place and scale. */
interface Part {
  weight: number;
  logWeight: number;
  mean: number;
  std: number;
}

/** `F(x) = Σ_k π_k F₀((x − μ_k) / s_k)`, and everything else of it by logarithms of sums. */
function mixture(what: string, parameters: GaussianMixtureParameters, standard: Density1d): Density1d {
  assertMixture(what, parameters);
  const sums = new Sums(parameters);
  const density: Density1d = {
    logProb: x => sums.logDensity(point(what, x), standard),
    cdf: x => sums.sum(point(what, x), standard.cdf),
    survival: x => sums.sum(point(what, x), standard.survival),
    logCdf: x => sums.logOf(point(what, x), standard.logCdf, standard.logSurvival),
    logSurvival: x => sums.logOf(point(what, x), standard.logSurvival, standard.logCdf),
    quantile: p => quantile(what, density, sums.parts, standard, p),
  };
  return density;
}

/** Sums over the components of a copy of the parameters; what they need is computed when it is first asked for. */
class Sums implements GaussianMixtureParameters {
  readonly weights: readonly number[];
  readonly means: readonly number[];
  readonly stds: readonly number[];
  private made: Part[] | undefined;

  constructor({ weights, means, stds }: GaussianMixtureParameters) {
    this.weights = [...weights];
    this.means = [...means];
    this.stds = [...stds];
  }

  get parts(): readonly Part[] {
    this.made ??= partsOf(this);
    return this.made;
  }

  sum(x: number, f: (z: number) => number): number {
    let total = 0;
    for (const { weight, mean, std } of this.parts) total += weight * f((x - mean) / std);
    return Math.min(total, 1);
  }

  logDensity(x: number, standard: Density1d): number {
    return logSumExp(
      this.parts.map(({ logWeight, mean, std }) => {
        return logWeight + standard.logProb((x - mean) / std) - Math.log(std);
      }),
    );
  }

  /** The logarithm of what is above ½ comes from the other side. */
  logOf(x: number, one: (z: number) => number, other: (z: number) => number): number {
    const log = this.logSum(x, one);
    return log < -Math.LN2 ? log : log1mExp(Math.min(0, this.logSum(x, other)));
  }

  private logSum(x: number, f: (z: number) => number): number {
    return logSumExp(this.parts.map(({ logWeight, mean, std }) => logWeight + f((x - mean) / std)));
  }
}

/**
 * Between the smallest and the largest quantile of a component, by bisection on the smaller side, in logs.
 *
 * In a gap between components F is flat, and x as uncertain as the rounding of log F over the density there.
 */
function quantile(
  what: string,
  density: Density1d,
  parts: readonly Part[],
  standard: Density1d,
  p: Probability,
): number {
  const { side, mass, logMass } = tailOf(what, p);
  const ends = parts.map(({ mean, std }) => mean + std * standard.quantile(p));
  const [from, to] = [Math.min(...ends), Math.max(...ends)];
  const isNormal = mass > 2 ** -1000; // else by logarithms, which take three times as long
  if (side === "lower") {
    return isNormal ? rootBetween(density.cdf, mass, from, to) : rootBetween(density.logCdf, logMass, from, to);
  }
  return isNormal
    ? rootBetween(x => -density.survival(x), -mass, from, to)
    : rootBetween(x => -density.logSurvival(x), -logMass, from, to);
}

function partsOf({ weights, means, stds }: GaussianMixtureParameters): Part[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const parts = weights.map((weight, k) => ({
    weight: weight / total,
    logWeight: Math.log(weight / total),
    mean: means[k] as number,
    std: stds[k] as number,
  }));
  return parts.filter(({ weight }) => weight > 0);
}
