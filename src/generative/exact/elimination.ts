import { divide, type DoubleMatrix, doubled, get, set, subtractMultiple, zeros } from "./doubleDouble.ts";
import type { Rows } from "./matrices.ts";

/** `2^exponent · P A = L U`, in double-double arithmetic: L below the diagonal of `factors`, U on it and above. */
export interface Elimination {
  factors: DoubleMatrix;
  /** Row r of L U is row `order[r]` of A. */
  order: number[];
  /** det P: 1 or −1. */
  parity: number;
  exponent: number;
  /** The first pivot that is 0, up to the rounding of double-double numbers; −1 where A can be inverted. */
  singularAt: number;
}

/**
 * Gaussian elimination with partial pivoting, of a square A with finite entries.
 *
 * In float64 (ml-matrix's LuDecomposition) a pivot that is 0 comes out as 1e-16, and one of 1e-16 with no digit right:
 * singular and nearly singular could not be told apart. Here a pivot is 0 where it is below 2⁻⁹⁰ of the largest number
 * that was subtracted to get it, which does not depend on units. Behind a pivot that is itself below 2⁻¹⁴ of what was
 * subtracted, rounding may leave more: there a singular matrix can pass for a nearly singular one.
 */
export function eliminate(A: Rows): Elimination {
  const d = A.length;
  const exponent = -exponentOf(A.reduce((largest, row) => Math.max(largest, ...row.map(Math.abs)), 0));
  const factors = doubled(A.map(row => row.map(value => value * 2 ** exponent)));
  const sizes = zeros(d, d).high.map((_, at) => Math.abs(factors.high[at] as number));
  const order = Array.from({ length: d }, (_, i) => i);
  let parity = 1;
  let singularAt = -1;
  for (let k = 0; k < d; k++) {
    let pivot = k;
    for (let i = k; i < d; i++) {
      const at = i * d + k;
      if (Math.abs(factors.high[at] as number) <= 2 ** -90 * (sizes[at] as number)) set(factors, i, k, [0, 0]);
      if (Math.abs(factors.high[at] as number) > Math.abs(factors.high[pivot * d + k] as number)) pivot = i;
    }
    if (factors.high[pivot * d + k] === 0) {
      if (singularAt < 0) singularAt = k;
      continue;
    }
    if (pivot !== k) {
      for (const numbers of [factors.high, factors.low, sizes]) swapRows(numbers, k, pivot, d);
      [order[k], order[pivot]] = [order[pivot] as number, order[k] as number];
      parity = -parity;
    }
    for (let i = k + 1; i < d; i++) {
      const factor = divide(get(factors, i, k), get(factors, k, k));
      subtractMultiple(factors, i, factors, k, factor, k + 1);
      for (let j = k + 1; j < d; j++) {
        const size = Math.abs(factor[0] * (factors.high[k * d + j] as number));
        if (size > (sizes[i * d + j] as number)) sizes[i * d + j] = size;
      }
      set(factors, i, k, factor);
    }
  }
  return { factors, order, parity, exponent, singularAt };
}

/** log |det A| and its sign. */
export function logAbsDetOf({ factors, parity, exponent, singularAt }: Elimination): { logAbs: number; sign: number } {
  if (singularAt >= 0) return { logAbs: -Infinity, sign: 0 };
  const d = factors.rows;
  let [logAbs, sign] = [-exponent * d * Math.LN2, parity];
  for (let i = 0; i < d; i++) {
    const pivot = factors.high[i * (d + 1)] as number;
    logAbs += Math.log(Math.abs(pivot));
    sign *= Math.sign(pivot);
  }
  return { logAbs, sign };
}

/** X with A X = B, for an A that can be inverted and B [d][m]. */
export function substitute({ factors, order, exponent }: Elimination, B: DoubleMatrix): DoubleMatrix {
  const d = factors.rows;
  const X = zeros(d, B.columns);
  order.forEach((from, i) => {
    for (let j = 0; j < B.columns; j++) set(X, i, j, get(B, from, j));
  });
  for (let i = 1; i < d; i++) {
    for (let k = 0; k < i; k++) subtractMultiple(X, i, X, k, get(factors, i, k));
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) subtractMultiple(X, i, X, k, get(factors, i, k));
    for (let j = 0; j < B.columns; j++) {
      set(X, i, j, divide(get(X, i, j), get(factors, i, i)));
    }
  }
  // A is 2^−exponent times what was eliminated.
  return { ...X, high: X.high.map(v => v * 2 ** exponent), low: X.low.map(v => v * 2 ** exponent) };
}

/**
 * e with 2^e ≤ |value| < 2^(e+1), kept so that 2^−e is a normal number; 0 for 0. Just below a power of 2, to rounding
 * of the logarithm, it may be that power's.
 */
export function exponentOf(value: number): number {
  return value === 0 ? 0 : Math.max(-1000, Math.min(1000, Math.floor(Math.log2(Math.abs(value)))));
}

function swapRows(numbers: Float64Array, i: number, k: number, d: number): void {
  const row = numbers.slice(i * d, (i + 1) * d);
  numbers.copyWithin(i * d, k * d, (k + 1) * d);
  numbers.set(row, k * d);
}
