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
 *
 * @throws RangeError for fewer than two values: one says nothing about its error; and for NaN among them
 * @example
 * average([1, 2, 3]).mean // => 2
 */
export function average(values: ArrayLike<number>): Average {
  const count = values.length;
  if (count < 2) throw new RangeError(`average: at least two values are needed, but got ${count}; draw more.`);
  const numbers = Array.from(values);
  if (numbers.some(Number.isNaN)) {
    throw new RangeError(
      `average: values must be numbers, but got NaN at ${numbers.findIndex(Number.isNaN)}; look at what computed it.`,
    );
  }
  const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (count * (count - 1))), count };
}
