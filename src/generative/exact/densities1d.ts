import { assertMethods, point, told } from "./check.ts";
import { log1mExp, type Probability, tailOf } from "./probability.ts";
import * as special from "./specialFunctions.ts";

/**
 * A density over the real line, with its integral from the left and from the right. Float64.
 *
 * Each member is right to 1e-12 relative in both tails, as far as float64 numbers reach: where `cdf` rounds to 1 or 0,
 * `survival`, `logCdf` and `logSurvival` still tell points apart. NaN of NaN; what is no number is refused.
 */
export interface Density1d {
  /** log p(x) in nats. */
  logProb(x: number): number;
  /** F(x) = ∫_−∞^x p, from 0 to 1. */
  cdf(x: number): number;
  /** 1 − F(x) = ∫_x^∞ p */
  survival(x: number): number;
  /** log F(x) in nats. */
  logCdf(x: number): number;
  /** log (1 − F(x)) in nats. */
  logSurvival(x: number): number;
  /** x with F(x) = p, from p, `{ survival }`, `{ logCdf }` or `{ logSurvival }`. Throws where that is no probability. */
  quantile(p: Probability): number;
}

/**
 * `log (F(b) − F(a))`: the log-probability of from < x ≤ to, in nats, from the tail that the interval is nearer to.
 *
 * For a pixel that is rounded, a bin, or a truncated density. The two logarithms are known to 1e-15, so a share s of
 * what lies beyond the nearer end comes out to 1e-15/s relative. −∞ for an empty interval.
 *
 * @throws RangeError where from is above to, or either is NaN
 * @example
 * logProbBetween(standardNormal, 9, 10).toFixed(6) // => "-43.628217"
 */
export function logProbBetween(density: Pick<Density1d, "logCdf" | "logSurvival">, from: number, to: number): number {
  assertMethods("logProbBetween", "density", density, ["logCdf", "logSurvival"]);
  if (typeof from !== "number" || typeof to !== "number" || !(from <= to)) {
    throw new RangeError(
      `logProbBetween: from must be at most to, but got ${told(from)} and ${told(to)}; exchange them.`,
    );
  }
  const [below, above] = [density.logCdf(to), density.logSurvival(from)];
  const [larger, smaller] = above < below ? [above, density.logSurvival(to)] : [below, density.logCdf(from)];
  return larger === -Infinity ? -Infinity : larger + log1mExp(Math.min(0, smaller - larger));
}

/** N(0, 1). */
export const standardNormal: Density1d = {
  logProb: x => -0.5 * point("standardNormal", x) * x - 0.5 * Math.log(2 * Math.PI),
  cdf: special.normalCdf,
  survival: special.normalSurvival,
  logCdf: special.normalLogCdf,
  logSurvival: special.normalLogSurvival,
  quantile: special.normalQuantile,
};

/** The uniform density on (0, 1): its log is −∞ elsewhere. */
export const standardUniform: Density1d = {
  logProb: x => (Number.isNaN(point("standardUniform", x)) ? Number.NaN : x > 0 && x < 1 ? 0 : -Infinity),
  cdf: unit,
  survival: x => 1 - unit(x),
  logCdf: x => Math.log(unit(x)),
  logSurvival: x => Math.log1p(-unit(x)),
  quantile: p => {
    const { side, mass } = tailOf("standardUniform", p);
    return side === "lower" ? mass : 1 - mass;
  },
};

/** `p(x) = e^−x / (1 + e^−x)²`, whose cumulative distribution function is the sigmoid. */
export const standardLogistic: Density1d = {
  logProb: x => -Math.abs(point("standardLogistic", x)) - 2 * Math.log1p(Math.exp(-Math.abs(x))),
  cdf: special.logisticCdf,
  survival: special.logisticSurvival,
  logCdf: special.logisticLogCdf,
  logSurvival: special.logisticLogSurvival,
  quantile: special.logisticQuantile,
};

/** `p(x) = e^−|x| / 2` */
export const standardLaplace: Density1d = {
  logProb: x => -Math.abs(point("standardLaplace", x)) - Math.LN2,
  cdf: laplaceCdf,
  survival: x => laplaceCdf(-point("standardLaplace", x)),
  logCdf: laplaceLogCdf,
  logSurvival: x => laplaceLogCdf(-point("standardLaplace", x)),
  quantile: p => {
    const { side, mass, missing, logMass } = tailOf("standardLaplace", p);
    // Near ½ the logarithm of 2p is near 0; far out p underflows.
    const x = mass > 0.25 ? Math.log1p(-2 * missing) : mass > 1e-300 ? Math.log(2 * mass) : logMass + Math.LN2;
    return side === "lower" ? 0 + x : 0 - x;
  },
};

function laplaceCdf(x: number): number {
  return point("standardLaplace", x) < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2;
}

function laplaceLogCdf(x: number): number {
  return point("standardLaplace", x) < 0 ? x - Math.LN2 : 0 + Math.log1p(-Math.exp(-x) / 2);
}

/** x, but 0 below 0 and 1 above 1. */
function unit(x: number): number {
  return Math.min(Math.max(point("standardUniform", x), 0), 1);
}
