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
  assertNumbers("average", "values", values);
  const numbers = Array.from(values);
  const mean = meanOf(numbers);
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (isNormal(squares) || !Number.isFinite(mean)) {
    return { mean, standardError: Math.sqrt(squares / (count * (count - 1))), count };
  }
  // Squares that left the range of float64: in units of the largest deviation.
  const unit = numbers.reduce((most, value) => Math.max(most, Math.abs(value / 2 - mean / 2)), 0);
  const inUnits = numbers.reduce((sum, value) => sum + ((value / 2 - mean / 2) / (unit || 1)) ** 2, 0);
  return { mean, standardError: 2 * unit * Math.sqrt(inUnits / (count * (count - 1))), count };
}

/** Σ x / n; where the sum overflows, as a sum of parts. */
function meanOf(numbers: readonly number[]): number {
  const sum = numbers.reduce((sum, value) => sum + value, 0);
  if (Number.isFinite(sum)) return sum / numbers.length;
  return numbers.reduce((sum, value) => sum + value / numbers.length, 0);
}

/** Whether a sum of squares has lost nothing that counts at either end of the range of float64. */
function isNormal(squares: number): boolean {
  return squares > 1e-280 && squares < Infinity;
}
