import { eigs, lup, type Matrix, matrix } from "mathjs";

/** Rows of numbers. */
export type Rows = readonly (readonly number[])[];

/**
 * `log |det A| = Σ_i log |u_ii|` of A = P⁻¹ L U, and the sign of det A: −1, 0 or 1.
 *
 * A product of a thousand diagonal entries would overflow, so the logarithm is what is computed.
 *
 * @example
 * logAbsDet([[1, -1], [1, 1]]).logAbs.toFixed(4) // => "0.6931"
 */
export function logAbsDet(A: Rows): { logAbs: number; sign: number } {
  const { U, p } = lup(matrix(A as number[][])) as unknown as { U: Matrix; p: number[] };
  const diagonal = A.map((_, i) => U.get([i, i]) as number);
  const sign = diagonal.reduce((product, u) => product * Math.sign(u), parity(p));
  return { logAbs: diagonal.reduce((sum, u) => sum + Math.log(Math.abs(u)), 0), sign: sign + 0 };
}

/** `σ_i = √ eigenvalue_i(Aᵀ A)`, largest first: how far A stretches along each of its axes. |det A| = Π σ_i. */
export function singularValues(A: Rows): number[] {
  const gram = (A[0] as readonly number[]).map((_, i) =>
    (A[0] as readonly number[]).map((_, j) => A.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0)),
  );
  const { values } = eigs(matrix(gram));
  return (values as unknown as { toArray(): number[] })
    .toArray()
    .map(value => Math.sqrt(Math.max(0, value)))
    .sort((a, b) => b - a);
}

/** +1 for an even permutation and −1 for an odd one: each cycle of even length changes the sign. */
function parity(permutation: readonly number[]): number {
  const seen = new Set<number>();
  let sign = 1;
  for (const start of permutation.keys()) {
    let length = 0;
    for (let i = start; !seen.has(i); i = permutation[i] as number) {
      seen.add(i);
      length++;
    }
    if (length > 0 && length % 2 === 0) sign = -sign;
  }
  return sign;
}
