import { type DoubleMatrix, get, set, zeros } from "./doubleDouble.ts";
import { type Elimination, eliminate, logAbsDetOf, substitute } from "./elimination.ts";
import type { Rows } from "./matrices.ts";

/**
 * The elimination of `R⁻¹ A C⁻¹`, with powers of 2 in the diagonals R and C that bring the largest entry of each row and
 * column near 1: what is asked of A does not depend on the units of its rows and columns.
 *
 * Golub & Van Loan, Matrix Computations, 2013, section 3.5.2.
 */
export class ScaledElimination {
  private readonly elimination: Elimination;
  /** log₂ of the diagonals of R and C. */
  private readonly rows: readonly number[];
  private readonly columns: readonly number[];

  /** A is square, with finite entries. */
  constructor(A: Rows) {
    const exponents = A.map(row => row.map(exponentOf));
    this.rows = exponents.map(largest);
    this.columns = A.map((_, j) => largest(exponents.map((row, i) => (row[j] as number) - (this.rows[i] as number))));
    this.elimination = eliminate(
      A.map((row, i) => row.map((value, j) => scaled(value, -(this.rows[i] as number) - (this.columns[j] as number)))),
    );
  }

  /** The first pivot that is 0, −1 where A can be inverted. */
  get singularAt(): number {
    return this.elimination.singularAt;
  }

  /** log |det A| and its sign. */
  get logAbsDet(): { logAbs: number; sign: number } {
    const { logAbs, sign } = logAbsDetOf(this.elimination);
    const units = [...this.rows, ...this.columns].reduce((sum, exponent) => sum + exponent, 0);
    return { logAbs: logAbs + units * Math.LN2, sign };
  }

  /** X with A X = B, for an A that can be inverted and B [d][m]. */
  solve(B: DoubleMatrix): DoubleMatrix {
    // The largest entry of each column of R⁻¹ B, which is brought near 1, too.
    const units = Array.from({ length: B.columns }, (_, j) =>
      largest(this.rows.map((exponent, i) => exponentOf(get(B, i, j)[0]) - exponent)),
    );
    const X = substitute(
      this.elimination,
      inUnits(B, (i, j) => -(this.rows[i] as number) - (units[j] as number)),
    );
    return inUnits(X, (i, j) => (units[j] as number) - (this.columns[i] as number));
  }
}

/** Each entry times its power of 2. */
function inUnits(X: DoubleMatrix, exponent: (i: number, j: number) => number): DoubleMatrix {
  const result = zeros(X.rows, X.columns);
  for (let i = 0; i < X.rows; i++) {
    for (let j = 0; j < X.columns; j++) {
      const [high, low] = get(X, i, j);
      set(result, i, j, [scaled(high, exponent(i, j)), scaled(low, exponent(i, j))]);
    }
  }
  return result;
}

/** −∞ for 0 */
function exponentOf(value: number): number {
  return Math.floor(Math.log2(Math.abs(value)));
}

/** value · 2^exponent, where 2^exponent itself may be no float64 number. */
function scaled(value: number, exponent: number): number {
  const half = Math.trunc(exponent / 2);
  return value * 2 ** half * 2 ** (exponent - half);
}

/** 0 where all are −∞. */
function largest(exponents: readonly number[]): number {
  const most = exponents.reduce((a, b) => Math.max(a, b), -Infinity);
  return most === -Infinity ? 0 : most;
}
