import { assertList, told } from "./check.ts";

/**
 * `{0, 1}^d`: all 2^d binary vectors, in counting order with x_1 as the leading digit: 00, 01, 10, 11.
 *
 * The sum over them is the exact twin of every statement about a model of d bits.
 *
 * @throws RangeError for d below 1 or above 20, where the list would not fit into memory
 * @example
 * binaryVectors(2) // => [[0, 0], [0, 1], [1, 0], [1, 1]]
 */
export function binaryVectors(d: number): number[][] {
  if (!Number.isInteger(d) || d < 1 || d > 20) {
    throw new RangeError(
      `binaryVectors: d must be an integer from 1 to 20, but got ${told(d)}; sample where 2^d is too many.`,
    );
  }
  return Array.from({ length: 2 ** d }, (_, index) => Array.from({ length: d }, (_, i) => bit(index, i, d)));
}

/**
 * `{0, …, K − 1}^d`: all K^d vectors, in counting order with x_1 as the leading digit.
 *
 * @throws RangeError for K below 2, or more than 2²⁰ vectors
 * @example
 * vectors(2, 3).length // => 9
 */
export function vectors(d: number, K: number): number[][] {
  if (!Number.isInteger(d) || d < 1 || !Number.isInteger(K) || K < 2 || K ** d > 2 ** 20) {
    throw new RangeError(
      `vectors: K must be at least 2 and K^d at most 2^20, but got K = ${told(K)}, d = ${told(d)}; sample where they are too many.`,
    );
  }
  return Array.from({ length: K ** d }, (_, index) =>
    Array.from({ length: d }, (_, i) => Math.floor(index / K ** (d - 1 - i)) % K),
  );
}

/**
 * The place of a binary vector in `binaryVectors`: `Σ_i x_i 2^(d − i)`.
 *
 * @throws RangeError where an entry is neither 0 nor 1
 */
export function indexOf(x: ArrayLike<number>): number {
  return placeOf("indexOf", x);
}

/** The same, for errors that begin with `what`. */
export function placeOf(what: string, x: ArrayLike<number>): number {
  assertList(what, "x", x);
  let index = 0;
  for (let i = 0; i < x.length; i++) {
    const bit = x[i];
    if (bit !== 0 && bit !== 1) refuseBit(what, bit, i);
    index = 2 * index + bit;
  }
  return index;
}

/** Apart, so that what remains is small enough to be compiled into its callers. */
function refuseBit(what: string, bit: unknown, i: number): never {
  throw new RangeError(`${what}: an entry must be 0 or 1, but got ${told(bit)} at ${i}; binarise first.`);
}

/** x_i (i counted from 0) of the vector at `index` of `binaryVectors(d)`. */
export function bit(index: number, i: number, d: number): number {
  return Math.floor(index / 2 ** (d - 1 - i)) % 2;
}

/**
 * All n! orderings of 0 … n − 1, in lexicographic order.
 *
 * @throws RangeError for n below 1 or above 8: 9! is already 362,880
 * @example
 * permutations(3).length // => 6
 */
export function permutations(n: number): number[][] {
  if (!Number.isInteger(n) || n < 1 || n > 8) {
    throw new RangeError(
      `permutations: n must be an integer from 1 to 8, but got ${told(n)}; draw some with random.permutation.`,
    );
  }
  const extend = (start: number[], rest: number[]): number[][] =>
    rest.length === 0
      ? [start]
      : rest.flatMap(next =>
          extend(
            [...start, next],
            rest.filter(other => other !== next),
          ),
        );
  return extend(
    [],
    Array.from({ length: n }, (_, i) => i),
  );
}
