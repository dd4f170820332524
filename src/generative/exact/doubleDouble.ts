/**
 * `high + low`, two float64 numbers that share no digits: 106 bits of one number, about 31 decimal digits.
 *
 * What cancels in float64 (the pivots of a nearly singular matrix, the residual of data that lie almost in a plane)
 * still has its digits here. Dekker, A Floating-Point Technique for Extending the Available Precision, 1971.
 */
export type Double = readonly [high: number, low: number];

/** A matrix of `Double`s, row after row. */
export interface DoubleMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export function zeros(rows: number, columns: number): DoubleMatrix {
  return { rows, columns, high: new Float64Array(rows * columns), low: new Float64Array(rows * columns) };
}

/** The same numbers, nothing in their low parts. */
export function doubled(A: ArrayLike<ArrayLike<number>>): DoubleMatrix {
  const matrix = zeros(A.length, A[0]?.length ?? 0);
  for (let i = 0; i < A.length; i++) matrix.high.set(A[i] as ArrayLike<number>, i * matrix.columns);
  return matrix;
}

export function transposed(A: DoubleMatrix): DoubleMatrix {
  const matrix = zeros(A.columns, A.rows);
  for (let i = 0; i < A.rows; i++) {
    for (let j = 0; j < A.columns; j++) set(matrix, j, i, get(A, i, j));
  }
  return matrix;
}

/** Rounded to float64. */
export function rounded(A: DoubleMatrix): number[][] {
  return Array.from({ length: A.rows }, (_, i) => Array.from(A.high.subarray(i * A.columns, (i + 1) * A.columns)));
}

export function get(A: DoubleMatrix, i: number, j: number): Double {
  const at = i * A.columns + j;
  return [A.high[at] as number, A.low[at] as number];
}

export function set(A: DoubleMatrix, i: number, j: number, [high, low]: Double): void {
  const at = i * A.columns + j;
  A.high[at] = high;
  A.low[at] = low;
}

/**
 * `row i of target −= f · row k of source`, in the columns from `from` to `to`: the one step of which elimination,
 * substitution and matrix products are made.
 */
export function subtractMultiple(
  target: DoubleMatrix,
  i: number,
  source: DoubleMatrix,
  k: number,
  [f, fLow]: Double,
  from = 0,
  to: number = target.columns,
): void {
  if (f === 0) return;
  const [high, low, otherHigh, otherLow] = [target.high, target.low, source.high, source.low];
  const shift = k * source.columns - i * target.columns;
  const big = SPLITTER * f;
  const [f1, f2] = [big - (big - f), f - (big - (big - f))];
  for (let at = i * target.columns + from, end = i * target.columns + to; at < end; at++) {
    const s = otherHigh[at + shift] as number;
    const wide = SPLITTER * s;
    const s1 = wide - (wide - s);
    const s2 = s - s1;
    const product = f * s;
    const productLow =
      f1 * s1 - product + f1 * s2 + f2 * s1 + f2 * s2 + (f * (otherLow[at + shift] as number) + fLow * s);
    const t = high[at] as number;
    const difference = t - product;
    const back = difference - t;
    const error = t - (difference - back) - (product + back) + ((low[at] as number) - productLow);
    const sum = difference + error;
    high[at] = sum;
    low[at] = error - (sum - difference);
  }
}

/** `Σ_j a_ij b_kj`: row i of one times row k of the other. */
export function rowProduct(A: DoubleMatrix, i: number, B: DoubleMatrix, k: number): Double {
  let [sum, rest] = [0, 0];
  const [aHigh, aLow, bHigh, bLow] = [A.high, A.low, B.high, B.low];
  const shift = k * B.columns - i * A.columns;
  for (let at = i * A.columns, end = at + A.columns; at < end; at++) {
    const [a, b] = [aHigh[at] as number, bHigh[at + shift] as number];
    const product = a * b;
    const productLow = productError(a, b, product) + (a * (bLow[at + shift] as number) + (aLow[at] as number) * b);
    const next = sum + product;
    const back = next - sum;
    rest += sum - (next - back) + (product - back) + productLow;
    sum = next;
  }
  return renormalised(sum, rest);
}

/** `Σ_j a_ij` */
export function rowSum(A: DoubleMatrix, i: number): Double {
  let [sum, rest] = [0, 0];
  const [high, low] = [A.high, A.low];
  for (let at = i * A.columns, end = at + A.columns; at < end; at++) {
    const a = high[at] as number;
    const next = sum + a;
    const back = next - sum;
    rest += sum - (next - back) + (a - back) + (low[at] as number);
    sum = next;
  }
  return renormalised(sum, rest);
}

/** Takes b off each entry of row i. */
export function subtractFromRow(A: DoubleMatrix, i: number, [b, bLow]: Double): void {
  const [high, low] = [A.high, A.low];
  for (let at = i * A.columns, end = at + A.columns; at < end; at++) {
    const a = high[at] as number;
    const difference = a - b;
    const back = difference - a;
    const error = a - (difference - back) - (b + back) + ((low[at] as number) - bLow);
    const sum = difference + error;
    high[at] = sum;
    low[at] = error - (sum - difference);
  }
}

/** a − b */
export function subtract(a: Double, b: Double): Double {
  const difference = a[0] - b[0];
  const back = difference - a[0];
  const error = a[0] - (difference - back) - (b[0] + back) + (a[1] - b[1]);
  return renormalised(difference, error);
}

/** a b */
export function multiply(a: Double, b: Double): Double {
  const product = a[0] * b[0];
  return renormalised(product, productError(a[0], b[0], product) + (a[0] * b[1] + a[1] * b[0]));
}

/** a / b */
export function divide(a: Double, b: Double): Double {
  const quotient = a[0] / b[0];
  const product = quotient * b[0];
  const rest = a[0] - product - productError(quotient, b[0], product) + a[1] - quotient * b[1];
  return renormalised(quotient, rest / b[0]);
}

/** √a */
export function squareRoot(a: Double): Double {
  const root = Math.sqrt(a[0]);
  if (root === 0) return [0, 0];
  const square = root * root;
  return renormalised(root, (a[0] - square - productError(root, root, square) + a[1]) / (2 * root));
}

/** a b − fl(a b), exactly. */
function productError(a: number, b: number, product: number): number {
  const [wideA, wideB] = [SPLITTER * a, SPLITTER * b];
  const [a1, b1] = [wideA - (wideA - a), wideB - (wideB - b)];
  const [a2, b2] = [a - a1, b - b1];
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2;
}

function renormalised(high: number, low: number): Double {
  const sum = high + low;
  return [sum, low - (sum - high)];
}

/** 2²⁷ + 1, which cuts a float64 number into two of 26 bits. Veltkamp's splitting. */
const SPLITTER = 134217729;
