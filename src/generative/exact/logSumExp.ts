/**
 * `log Σ_i exp(a_i)`, computed after subtracting the largest a_i so that nothing overflows.
 *
 * −∞ for an empty list or one of −∞ only, ∞ where one of them is ∞, NaN where one is NaN.
 */
export function logSumExp(values: ArrayLike<number>): number {
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, values[i] as number);
  if (!Number.isFinite(largest)) return largest;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.exp((values[i] as number) - largest);
  return largest + Math.log(sum);
}

/**
 * `log (1/n) Σ_i exp(a_i)`: the logarithm of a mean of n numbers given by their logarithms.
 *
 * @throws RangeError for no values, which have no mean
 */
export function logMeanExp(values: ArrayLike<number>): number {
  if (values.length === 0) {
    throw new RangeError("logMeanExp: values must have an entry, but got none; the mean of nothing is no number.");
  }
  return logSumExp(values) - Math.log(values.length);
}
