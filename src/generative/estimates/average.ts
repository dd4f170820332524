import { assertList, assertNumbers } from "../exact/check.ts";

/** A mean over independent values with its standard error. */
export interface Average {
  mean: number;
  /** √(sample variance / n), with n − 1 in the denominator of the variance. */
  standardError: number;
  count: number;
}

/**
 * `x̄ = (1/n) Σ x_i` with its standard error `√(Σ (x_i − x̄)² / (n (n − 1)))`.
 *
 * An infinite value makes the mean infinite, or undefined, NaN, where there are two of both signs; the error is then NaN.
 * Finite values of any size, 1e-300 and 1e300, have a mean and an error.
 *
 * @throws RangeError for fewer than two values: one says nothing about its error; and for NaN among them
 * @example
 * average([1, 2, 3]).mean // => 2
 */
export function average(values: ArrayLike<number>): Average {
  assertList("average", "values", values);
  const count = values.length;
  if (count < 2) throw new RangeError(`average: at least two values are needed, but got ${count}; draw more.`);
  const mean = meanOf(values);
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const difference = (values[i] as number) - mean;
    squares += difference * difference;
  }
  if (isNormal(squares) || !Number.isFinite(mean)) {
    return { mean, standardError: Math.sqrt(squares / (count * (count - 1))), count };
  }
  // Squares that left the range of float64: in units of the largest deviation.
  const numbers = Array.from(values);
  const unit = numbers.reduce((most, value) => Math.max(most, Math.abs(value / 2 - mean / 2)), 0);
  const inUnits = numbers.reduce((sum, value) => sum + ((value / 2 - mean / 2) / (unit || 1)) ** 2, 0);
  return { mean, standardError: 2 * unit * Math.sqrt(inUnits / (count * (count - 1))), count };
}

/** Σ x / n; where the sum overflows, as a sum of parts. Throws where one is no number. */
function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (typeof value !== "number" || Number.isNaN(value)) assertNumbers("average", "values", values);
    sum += value;
  }
  if (Number.isFinite(sum)) return sum / values.length;
  return Array.from(values).reduce((sum, value) => sum + value / values.length, 0);
}

/** Whether a sum of squares has lost nothing that counts at either end of the range of float64. */
function isNormal(squares: number): boolean {
  return squares > 1e-280 && squares < Infinity;
}
