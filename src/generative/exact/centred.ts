import { divide, type Double, type DoubleMatrix, doubled, get, set, subtractMultiple, zeros } from "./doubleDouble.ts";
import { assertMatrix, type Rows } from "./matrices.ts";

/**
 * `x̄ = (1/n) Σ_i x_i`, and the rows x_i − x̄ with 31 digits, so that data far from 0 keep the digits of their spread.
 *
 * @throws RangeError where rows are not equally long, there are none, or a number is not finite
 */
export function centred(what: string, data: Rows): { mean: number[]; rows: DoubleMatrix } {
  assertMatrix(what, data);
  const rows = doubled(data);
  const mean = zeros(1, rows.columns);
  for (let i = 0; i < rows.rows; i++) subtractMultiple(mean, 0, rows, i, MINUS_ONE);
  for (let j = 0; j < rows.columns; j++) set(mean, 0, j, divide(get(mean, 0, j), [rows.rows, 0]));
  for (let i = 0; i < rows.rows; i++) subtractMultiple(rows, i, mean, 0, ONE);
  return { mean: Array.from(mean.high), rows };
}

/** `S = (1/n) Σ_i x_i x_iᵀ` of rows x_i [n][d], with 31 digits: [d][d]. */
export function meanSquares(rows: DoubleMatrix): DoubleMatrix {
  const { rows: n, columns: d } = rows;
  const S = zeros(d, d);
  for (let r = 0; r < n; r++) {
    for (let i = 0; i < d; i++) {
      const [high, low] = get(rows, r, i);
      subtractMultiple(S, i, rows, r, [-high, -low], i);
    }
  }
  for (let i = 0; i < d; i++) {
    for (let j = i; j < d; j++) {
      const entry = divide(get(S, i, j), [n, 0]);
      set(S, i, j, entry);
      set(S, j, i, entry);
    }
  }
  return S;
}

const ONE: Double = [1, 0];
const MINUS_ONE: Double = [-1, 0];
