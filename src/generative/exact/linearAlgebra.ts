import { EigenvalueDecomposition, Matrix, QrDecomposition } from "ml-matrix";
import { assertList } from "./check.ts";
import { type DoubleMatrix, doubled, rounded } from "./doubleDouble.ts";
import { eliminate, exponentOf } from "./elimination.ts";
import { assertMatrix, assertSquare, assertVector, type Rows } from "./matrices.ts";
import { ScaledElimination } from "./scaledElimination.ts";

/**
 * `log |det A| = Σ_i log |u_ii|` of A = P⁻¹ L U, and the sign of det A: −1, 0 or 1.
 *
 * A: [d][d]. A product of a thousand diagonal entries would overflow, so the logarithm is what is computed; −∞ where
 * the sign is 0. Right to float64 also where A is nearly singular: the elimination has 31 digits. In any units of rows and columns.
 *
 * @throws RangeError where A is not square or not finite
 * @example
 * logAbsDet([[1, -1], [1, 1]]).logAbs.toFixed(4) // => "0.6931"
 */
export function logAbsDet(A: Rows): { logAbs: number; sign: number } {
  assertSquare("logAbsDet", A);
  return new ScaledElimination(A).logAbsDet;
}

/**
 * `A = P L (U + diag(s))`: 1s on the diagonal of L, the diagonal s of U apart; row i of A is row `places[i]` of
 * L (U + diag(s)).
 *
 * @throws RangeError where A is not square or not finite
 */
export function luFactors(A: Rows): { places: number[]; L: number[][]; U: number[][]; s: number[] } {
  assertSquare("luFactors", A);
  const { factors, order, exponent } = eliminate(A);
  const entries = rounded(factors);
  const places = new Array<number>(A.length);
  order.forEach((from, place) => {
    places[from] = place;
  });
  const upper = (value: number) => value * 2 ** -exponent;
  return {
    places,
    L: entries.map((row, i) => row.map((value, j) => (j < i ? value : j === i ? 1 : 0))),
    U: entries.map((row, i) => row.map((value, j) => (j > i ? upper(value) : 0))),
    s: entries.map((row, i) => upper(row[i] as number)),
  };
}

/**
 * `x = A⁻¹ b`: the solution of A x = b, for any square A that can be inverted; b is [d], or [d][m] for
 * m of them at once.
 *
 * Right to float64 for condition numbers up to 1e15 and beyond, in any units of rows and columns.
 *
 * @throws RangeError where shapes disagree, a number is not finite, or A is singular
 * @example
 * solve([[2, 1], [1, 3]], [3, 4]).map(x => x.toFixed(12)) // => ["1.000000000000", "1.000000000000"]
 */
export function solve(A: Rows, b: readonly number[]): number[];
export function solve(A: Rows, B: Rows): number[][];
export function solve(A: Rows, b: readonly number[] | Rows): number[] | number[][] {
  assertList("solve", "A", A);
  assertList("solve", "b", b);
  if (typeof b[0] === "object" && b[0] !== null) {
    assertMatrix("solve", b as Rows);
    if (b.length !== A.length) {
      throw new RangeError(`solve: B must have a row for each of ${A.length} of A, but got ${b.length}; transpose it?`);
    }
    return rounded(solveDouble("solve", A, doubled(b as Rows)));
  }
  assertVector("solve", "b", b as number[], A.length);
  return Array.from(solveDouble("solve", A, doubled((b as number[]).map(value => [value]))).high);
}

/**
 * `A⁻¹`: [d][d], as by `solve` for each column of the identity.
 *
 * @throws RangeError where A is not square, not finite or singular
 */
export function inverse(A: Rows): number[][] {
  assertSquare("inverse", A);
  return rounded(solveDouble("inverse", A, doubled(A.map((_, i) => A.map((_, j) => (i === j ? 1 : 0))))));
}

function solveDouble(what: string, A: Rows, B: DoubleMatrix): DoubleMatrix {
  assertSquare(what, A);
  const elimination = new ScaledElimination(A);
  if (elimination.singularAt >= 0) {
    throw new RangeError(
      `${what}: A must be invertible, but got det A = 0: pivot ${elimination.singularAt} of ${A.length} vanishes; look for a row that the others make up.`,
    );
  }
  return elimination.solve(B);
}

/**
 * `A = Q R` with Qᵀ Q = I and R upper triangular, no number on its diagonal negative: A [n][d], n ≥ d, Q [n][d], R [d][d].
 *
 * @throws RangeError where A has fewer rows than columns or a number that is not finite
 */
export function qrFactors(A: Rows): { Q: number[][]; R: number[][] } {
  assertMatrix("qrFactors", A);
  const d = (A[0] as readonly number[]).length;
  if (A.length < d) {
    throw new RangeError(
      `qrFactors: A must have at least as many rows as columns, but got ${A.length} and ${d}; transpose it.`,
    );
  }
  const factors = new QrDecomposition(new Matrix(A as number[][]));
  const [Q, R] = [factors.orthogonalMatrix.to2DArray(), factors.upperTriangularMatrix.to2DArray()];
  // The sign of each column is free.
  const signs = R.map((row, i) => ((row[i] as number) < 0 ? -1 : 1));
  return {
    Q: Q.map(row => row.map((value, j) => value * (signs[j] as number))),
    R: R.map((row, i) => row.map(value => value * (signs[i] as number))),
  };
}

/**
 * `A = Σ_i λ_i v_i v_iᵀ`, for a symmetric A [d][d]: λ largest first, and v_i, of length 1, in rows.
 *
 * Each λ is right to about 1e-15 of the largest |λ|, which says nothing of those much smaller: for the variances of
 * data take `principalComponents`, which squares nothing before it decomposes.
 *
 * @throws RangeError where A is not symmetric, to 1e-8 of its largest entry, or not finite
 * @example
 * eigenSymmetric([[2, 1], [1, 2]]).values.map(value => value.toFixed(12)) // => ["3.000000000000", "1.000000000000"]
 */
export function eigenSymmetric(A: Rows): { values: number[]; vectors: number[][] } {
  assertSquare("eigenSymmetric", A);
  const largest = A.reduce((most, row) => Math.max(most, ...row.map(Math.abs)), 0);
  A.forEach((row, i) => {
    row.forEach((value, j) => {
      const other = A[j]?.[i] as number;
      if (!(Math.abs(value - other) <= 1e-8 * largest)) {
        throw new RangeError(
          `eigenSymmetric: A must be symmetric, but got ${value} in row ${i}, column ${j} and ${other} across; average the two if they should be equal.`,
        );
      }
    });
  });
  const exponent = exponentOf(largest);
  const scaled = A.map((row, i) => row.map((value, j) => (value / 2 + (A[j]?.[i] as number) / 2) * 2 ** -exponent));
  const found = new EigenvalueDecomposition(new Matrix(scaled), { assumeSymmetric: true });
  const vectors = found.eigenvectorMatrix.transpose().to2DArray();
  const pairs = found.realEigenvalues.map((value, i) => ({
    value: value * 2 ** exponent,
    vector: vectors[i] as number[],
  }));
  pairs.sort((a, b) => b.value - a.value);
  return { values: pairs.map(({ value }) => value), vectors: pairs.map(({ vector }) => vector) };
}
