import type { Probability } from "./probability.ts";

/**
 * A number between two ends, `from + u (to − from)`, by log u and log (1 − u) in nats.
 *
 * Near an end float64 numbers are too coarse: 1 − 1e-20 is 1. The logarithms tell such numbers apart.
 */
export interface Between {
  from: number;
  to: number;
  /** log u */
  logLower: number;
  /** log (1 − u) */
  logUpper: number;
}

/** The nearest float64 number: perhaps an end. */
export function toNumber(value: number | Between): number {
  if (typeof value === "number") return value;
  const { from, to, logLower, logUpper } = value;
  return logLower < logUpper ? from + Math.exp(logLower) * (to - from) : to - Math.exp(logUpper) * (to - from);
}

/** The nearest float64 number that is no end, where the value is none. */
export function insideNumber(value: number | Between): number {
  const number = toNumber(value);
  if (typeof value === "number") return number;
  if (number === value.from && value.logLower > -Infinity) return next(number, value.to);
  if (number === value.to && value.logUpper > -Infinity) return next(number, value.from);
  return number;
}

/** u as a probability, by the end that is nearer. */
export function share({ logLower, logUpper }: Between): Probability {
  return logLower < logUpper ? { logCdf: logLower } : { logSurvival: logUpper };
}

/** Whether 1 − z has as many digits as z, so that the number says all that logarithms would. */
export function isFarFromEnds(z: number): boolean {
  return z > 1 / 8 && z < 7 / 8;
}

/** Ends that a decreasing f swaps stay in order. */
export function moved(value: number | Between, f: (x: number) => number): number | Between {
  if (typeof value === "number") return f(value);
  const { from, to, logLower, logUpper } = value;
  const [a, b] = [f(from), f(to)];
  return a < b ? { from: a, to: b, logLower, logUpper } : { from: b, to: a, logLower: logUpper, logUpper: logLower };
}

/** The float64 number, or one close to it, that comes after a on the way to b. */
function next(a: number, b: number): number {
  return a === 0 ? Math.sign(b) * SMALLEST : a + Math.sign(b - a) * Math.abs(a) * Number.EPSILON;
}

/** A normal number: native code may have told the processor to take smaller ones for 0. */
const SMALLEST = 2 ** -1022;
