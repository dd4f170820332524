import { assertList, told } from "../exact/check.ts";

/**
 * `exp(−Σ_k p_k log p_k)` with `p_k = n_k / Σ n`: how many codes are in use, counted by how evenly they are used.
 *
 * From 1, where one of them takes everything, to K, where all take the same.
 *
 * @throws RangeError where a count is negative, infinite or NaN, or none is positive
 * @example
 * perplexity([5, 5, 0]) // => 2
 */
export function perplexity(counts: ArrayLike<number>): number {
  assertList("perplexity", "counts", counts);
  const numbers = Array.from(counts);
  const wrong = numbers.findIndex(n => !(Number.isFinite(n) && n >= 0));
  const total = wrong >= 0 ? Number.NaN : numbers.reduce((sum, n) => sum + n, 0);
  if (!(total > 0 && total < Infinity)) {
    const all = `[${numbers.map(told)}]`;
    const got = numbers.length <= 8 ? all : wrong >= 0 ? told(numbers[wrong]) : `a sum of ${total}`;
    throw new RangeError(`perplexity: counts must be 0 or more, and one positive, but got ${got}; count first.`);
  }
  const entropy = numbers.reduce((sum, n) => (n > 0 ? sum - (n / total) * Math.log(n / total) : sum), 0);
  return Math.exp(entropy);
}
