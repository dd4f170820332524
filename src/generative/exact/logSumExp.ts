import { assertList, assertNumber } from "./check.ts";

/**
 * `log Σ_i exp(a_i)`, computed after subtracting the largest a_i so that nothing overflows, and with log(1 + others).
 *
 * −∞ for an empty list or one of −∞ only, ∞ where one of them is ∞, NaN where one is NaN.
 */
export function logSumExp(values: ArrayLike<number>): number {
  assertList("logSumExp", "values", values);
  let at = -1;
  let largest = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (typeof value !== "number") assertNumber("logSumExp", "an entry", value);
    if (Number.isNaN(value)) return value;
    if (value > largest) [at, largest] = [i, value];
  }
  if (!Number.isFinite(largest)) return largest;
  let others = 0;
  for (let i = 0; i < values.length; i++) if (i !== at) others += Math.exp((values[i] as number) - largest);
  return largest + Math.log1p(others);
}

/**
 * `log (1/n) Σ_i exp(a_i)`: the logarithm of a mean of n numbers given by their logarithms.
 *
 * @throws RangeError for no values, which have no mean
 */
export function logMeanExp(values: ArrayLike<number>): number {
  assertList("logMeanExp", "values", values);
  if (values.length === 0) {
    throw new RangeError("logMeanExp: values must have an entry, but got none; the mean of nothing is no number.");
  }
  return logSumExp(values) - Math.log(values.length);
}
