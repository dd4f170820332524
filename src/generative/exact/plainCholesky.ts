import type { Rows } from "./matrices.ts";

/**
 * The lower-triangular A with `A Aᵀ = Σ`, in float64, where that is right to its last digits: each variable keeps a
 * tenth of its variance once those before it are known, and no number is too large or small to be squared. Undefined
 * elsewhere.
 */
export function plainCholesky(covariance: Rows): number[][] | undefined {
  const A: number[][] = [];
  for (let i = 0; i < covariance.length; i++) {
    const [given, row] = [covariance[i] as readonly number[], [] as number[]];
    for (let j = 0; j <= i; j++) {
      const other = j < i ? (A[j] as number[]) : row;
      let rest = j < i ? (given[j] as number) / 2 + (covariance[j]?.[i] as number) / 2 : (given[i] as number);
      for (let k = 0; k < j; k++) rest -= (row[k] as number) * (other[k] as number);
      if (j < i) row.push(rest / (other[j] as number));
      else if (rest > 0.1 * (given[i] as number) && rest > 1e-200 && rest < 1e200) row.push(Math.sqrt(rest));
      else return undefined;
    }
    A.push(row);
  }
  for (const row of A) while (row.length < A.length) row.push(0);
  return A;
}
