import { divide, type DoubleMatrix, rowProduct, rowSum, set, subtractFromRow, zeros } from "./doubleDouble.ts";
import { assertMatrix, type Rows } from "./matrices.ts";

/**
 * `x̄ = (1/n) Σ_i x_i`, and x_i − x̄ with 31 digits, so that data far from 0 keep the digits of their spread.
 *
 * Data [n][d] give columns [d][n]: one row for each variable.
 *
 * @throws RangeError where rows are not equally long, there are none, or a number is not finite
 */
export function centred(what: string, data: Rows): { mean: number[]; columns: DoubleMatrix } {
  assertMatrix(what, data);
  const n = data.length;
  const columns = zeros((data[0] as readonly number[]).length, n);
  const { high } = columns;
  const mean: number[] = [];
  for (let j = 0; j < columns.rows; j++) {
    for (let i = 0; i < n; i++) high[j * n + i] = (data[i] as readonly number[])[j] as number;
    const average = divide(rowSum(columns, j), [n, 0]);
    subtractFromRow(columns, j, average);
    mean.push(average[0]);
  }
  return { mean, columns };
}

/** `S = (1/n) Σ_i x_i x_iᵀ` of columns [d][n], in float64: [d][d]. */
export function plainMeanSquares({ rows: d, columns: n, high }: DoubleMatrix): number[][] {
  const S = Array.from({ length: d }, () => new Array<number>(d).fill(0));
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (high[i * n + k] as number) * (high[j * n + k] as number);
      (S[i] as number[])[j] = (S[j] as number[])[i] = sum / n;
    }
  }
  return S;
}

/** The same with 31 digits. */
export function meanSquares(columns: DoubleMatrix): DoubleMatrix {
  const d = columns.rows;
  const S = zeros(d, d);
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      const entry = divide(rowProduct(columns, i, columns, j), [columns.columns, 0]);
      set(S, i, j, entry);
      set(S, j, i, entry);
    }
  }
  return S;
}
