import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import erfcx from "@stdlib/math-base-special-erfcx";
import { point } from "./check.ts";
import { type Probability, tailOf } from "./probability.ts";

/** `Φ(x) = ½ erfc(−x / √2)`: the cumulative distribution function of N(0, 1), to 1e-12 relative from −37.5 up. */
export function normalCdf(x: number): number {
  return 0.5 * erfc(-point("normalCdf", x) / Math.SQRT2);
}

/** `1 − Φ(x) = Φ(−x)`: what lies above x, to 1e-12 relative up to 37.5, where `1 - normalCdf(x)` ends at 8.3. */
export function normalSurvival(x: number): number {
  return normalCdf(-point("normalSurvival", x));
}

/**
 * `log Φ(x) = log (½ erfcx(−x / √2)) − x² / 2`, in nats, for every x, to 1e-12 relative.
 *
 * erfcx(t) = exp(t²) erfc(t) falls as 1/t where erfc underflows. Above 38.4 the result is below the smallest number, 0.
 *
 * @example
 * normalLogCdf(-40).toFixed(9) // => "-804.608442014"
 */
export function normalLogCdf(x: number): number {
  if (point("normalLogCdf", x) > 0) return 0 + Math.log1p(-normalCdf(-x));
  return Math.log(0.5 * erfcx(-x / Math.SQRT2)) - 0.5 * x * x;
}

/** `log (1 − Φ(x)) = log Φ(−x)`, in nats, to 1e-12 relative. */
export function normalLogSurvival(x: number): number {
  return normalLogCdf(-point("normalLogSurvival", x));
}

/**
 * `x with Φ(x) = p`, to 1e-12 relative: −∞ for 0 and ∞ for 1.
 *
 * From p, from the upper tail `{ survival }`, or from a logarithm of either, `{ logCdf }` and `{ logSurvival }`, of any
 * size. By erfc⁻¹ where p is a number that it takes, else by Newton's steps on the concave log Φ.
 *
 * @throws RangeError where it is no probability
 * @example
 * normalQuantile(1e-20).toFixed(9) // => "-9.262340090"
 * @example
 * normalQuantile({ logSurvival: -1e5 }).toFixed(6) // => "447.197893"
 */
export function normalQuantile(p: Probability): number {
  const { side, mass, missing, logMass } = tailOf("normalQuantile", p);
  const x =
    missing < 1e-3 ? -nearMedian(missing) : mass > 1e-300 ? -Math.SQRT2 * erfcinv(2 * mass) : farQuantile(logMass);
  return side === "lower" ? 0 + x : 0 - x;
}

/** x with Φ(x) = ½ + u, for u up to 1e-3: with y = 2π u² it is √(2π) u (1 + y/6 + 7 y²/120 + 127 y³/5040 + …). */
function nearMedian(u: number): number {
  const y = 2 * Math.PI * u * u;
  return Math.sqrt(2 * Math.PI) * u * (1 + y * (1 / 6 + y * (7 / 120 + y * (127 / 5040))));
}

/** x < −37 with log Φ(x) = a. Newton's method converges from the left, as log Φ increases and is concave. */
function farQuantile(a: number): number {
  if (a === -Infinity) return -Infinity;
  let x = -Math.SQRT2 * Math.sqrt(-a); // in this order: −2a may overflow
  for (let step = 0; step < 6; step++) {
    // d/dx log Φ(x) = φ(x) / Φ(x) = √(2/π) / erfcx(−x / √2)
    x -= (normalLogCdf(x) - a) * erfcx(-x / Math.SQRT2) * Math.sqrt(Math.PI / 2);
  }
  return x;
}

/** `σ(x) = 1 / (1 + e^−x)`: the cumulative distribution function of the standard logistic, to 1e-15 relative. */
export function logisticCdf(x: number): number {
  return point("logisticCdf", x) < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x));
}

/** `1 − σ(x) = σ(−x)` */
export function logisticSurvival(x: number): number {
  return logisticCdf(-point("logisticSurvival", x));
}

/** `log σ(x) = −log(1 + e^−x)`, in nats, for every x, to 1e-15 relative. */
export function logisticLogCdf(x: number): number {
  return point("logisticLogCdf", x) < 0 ? x - Math.log1p(Math.exp(x)) : 0 - Math.log1p(Math.exp(-x));
}

/** `log (1 − σ(x)) = log σ(−x)`, in nats. */
export function logisticLogSurvival(x: number): number {
  return logisticLogCdf(-point("logisticLogSurvival", x));
}

/**
 * `x = log p − log(1 − p)`, the logit, to 1e-12 relative: −∞ for 0 and ∞ for 1.
 *
 * From p, `{ survival }`, `{ logCdf }` or `{ logSurvival }`.
 *
 * @throws RangeError where it is no probability
 * @example
 * logisticQuantile({ survival: 1e-300 }).toFixed(6) // => "690.775528"
 */
export function logisticQuantile(p: Probability): number {
  const { side, mass, missing, logMass } = tailOf("logisticQuantile", p);
  // Near ½ the two logarithms cancel.
  const x = mass > 0.25 ? -2 * Math.atanh(2 * missing) : logMass - Math.log1p(-mass);
  return side === "lower" ? 0 + x : 0 - x;
}
