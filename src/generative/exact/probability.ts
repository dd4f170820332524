import { told } from "./check.ts";

/**
 * How much of a distribution lies to the left of a point: F(x) itself, or what says it better near either end.
 *
 * A number is F(x). `{ survival }` is 1 − F(x), for the upper tail, where F rounds to 1; `{ logCdf }` and
 * `{ logSurvival }` are their logarithms in nats, for what is too small even for a float64 number.
 */
export type Probability = number | { survival: number } | { logCdf: number } | { logSurvival: number };

/** The smaller of the two sides of a point, which is at most about ½. */
export interface Tail {
  side: "lower" | "upper";
  /** 0 where it underflows. */
  mass: number;
  /** ½ − mass, whose digits a mass near ½ has lost. */
  missing: number;
  logMass: number;
}

/**
 * The side of a point that is smaller, without a rounding that counts: 1 − p is exact for p from ½ to 1.
 *
 * @throws RangeError where it is no probability
 */
export function tailOf(what: string, p: Probability): Tail {
  if (typeof p === "number") return fromMass(what, "lower", p);
  const given = typeof p === "object" && p !== null ? NAMES.filter(name => name in p) : [];
  if (given.length !== 1) {
    throw new TypeError(
      `${what}: p must be a number or one of { ${NAMES.join(" }, { ")} }, but got ${given.join(" and ") || told(p)}; pass F(x), from 0 to 1.`,
    );
  }
  if ("survival" in p) return fromMass(what, "upper", p.survival);
  return "logCdf" in p ? fromLog(what, "lower", p.logCdf) : fromLog(what, "upper", p.logSurvival);
}

function fromMass(what: string, side: Tail["side"], p: number): Tail {
  if (typeof p !== "number" || !(p >= 0 && p <= 1)) {
    throw new RangeError(
      `${what}: a probability must lie in [0, 1], but got ${told(p)}; give a logarithm as { logCdf }.`,
    );
  }
  const mass = p <= 0.5 ? p : 1 - p;
  return { side: p <= 0.5 ? side : OTHER[side], mass, missing: 0.5 - mass, logMass: Math.log(mass) };
}

function fromLog(what: string, side: Tail["side"], log: number): Tail {
  if (typeof log !== "number" || !(log <= 0)) {
    throw new RangeError(
      `${what}: the logarithm of a probability must be at most 0, but got ${told(log)}; it is in nats.`,
    );
  }
  // p − ½ = ½ (2p − 1); the number that stands for log ½ is taken for it.
  const missing = log === -Math.LN2 ? 0 : 0.5 * Math.abs(Math.expm1(log + Math.LN2 + LN2_REST));
  if (log <= -Math.LN2) return { side, mass: Math.exp(log), missing, logMass: log };
  const mass = -Math.expm1(log);
  return { side: OTHER[side], mass, missing, logMass: Math.log(mass) };
}

/** `log (1 − e^a)` for a ≤ 0, without cancellation: Mächler, Accurately computing log(1 − exp(−|a|)), 2012. */
export function log1mExp(a: number): number {
  return a > -Math.LN2 ? Math.log(-Math.expm1(a)) : 0 + Math.log1p(-Math.exp(a));
}

/** log 2 less `Math.LN2`. */
const LN2_REST = 2.3190468138462996e-17;

const NAMES = ["survival", "logCdf", "logSurvival"];
const OTHER = { lower: "upper", upper: "lower" } as const;
