import { type DoubleMatrix, doubled, subtractMultiple, transposed, zeros } from "./doubleDouble.ts";
import { exponentOf } from "./elimination.ts";
import { eigenSymmetric } from "./linearAlgebra.ts";
import { assertMatrix, type Rows } from "./matrices.ts";

/** `A = Σ_i σ_i u_i v_iᵀ`. */
export interface SingularVectors {
  /** σ_i, largest first: [d]. As many as A has columns; 0 beyond its rank. */
  values: number[];
  /** v_i in rows, of length 1 and at right angles: [d][d]. */
  right: number[][];
  /** A v_i = σ_i u_i in rows: [d][n]. */
  images: Float64Array[];
}

/**
 * `σ_i = √ eigenvalue_i(Aᵀ A)`, largest first: how far A stretches along each of its axes. |det A| = Π σ_i.
 *
 * A: [n][d] gives d numbers, those beyond the rank 0. Each is right to about 1e-14 of itself, not of the largest; one
 * below 2⁻⁹⁰ ≈ 8e-28 of the largest counts as 0.
 *
 * @throws RangeError where rows are not equally long, or a number is not finite
 * @example
 * singularValues([[3, 0], [0, -4]]) // => [4, 3]
 */
export function singularValues(A: Rows): number[] {
  assertMatrix("singularValues", A);
  return singularVectors(transposed(doubled(A))).values;
}

/**
 * The singular value decomposition of A [n][d], given by its columns [d][n], every σ_i to about 1e-14 of itself.
 *
 * Float64 decompositions, that of ml-matrix as well, leave errors of 1e-16 σ_1 in every σ_i: at 1e-9 of the signal noise
 * has seven digits. So the eigenvectors V of Aᵀ A are taken from there, which are orthogonal to 1e-15 however wrong
 * otherwise, hence A V has the singular values of A. Computed with 31 digits, each column of A V has all of its own,
 * and what is left of angles between them is turned away by Jacobi's rotations, which keep small columns accurate beside
 * large ones. Demmel & Veselić, Jacobi's Method is More Accurate than QR, 1992.
 */
export function singularVectors(columns: DoubleMatrix): SingularVectors {
  const exponent = exponentOf(largestOf(columns.high));
  const scale = Math.abs(exponent) < 200 ? 1 : 2 ** -exponent; // squares are far from the ends of float64 then
  const scaled = scale === 1 ? columns : multiplied(columns, scale);
  const start = rowsOf(scaled);
  const gram = gramOf(start);
  const { values: squares, vectors: right } = eigenSymmetric(gram);
  const isRound = (squares.at(-1) as number) > 2 ** -8 * (squares[0] as number);
  let images = isRound ? plainImagesOf(start, right) : imagesOf(scaled, right);
  let values = orthogonalise(images, right);
  // V is now right to 1e-16, so that a second product has none of what large directions left in small ones.
  if (Math.min(...values) < 2 ** -20 * Math.max(...values)) {
    images = imagesOf(scaled, right);
    values = orthogonalise(images, right);
  }
  const triples = images.map((image, i) => ({ value: values[i] as number, image, v: right[i] as number[] }));
  triples.sort((a, b) => b.value - a.value);
  return {
    values: triples.map(({ value }) => value / scale),
    right: triples.map(({ v }) => v),
    images: triples.map(({ image }) => (scale === 1 ? image : image.map(value => value / scale))),
  };
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i] as number));
  return largest;
}

/** Aᵀ A: [d][d] */
function gramOf(columns: readonly Float64Array[]): number[][] {
  const gram = columns.map(() => new Array<number>(columns.length));
  for (const [i, x] of columns.entries()) {
    for (let j = 0; j <= i; j++) {
      const product = dot(x, columns[j] as Float64Array);
      (gram[i] as number[])[j] = product;
      (gram[j] as number[])[i] = product;
    }
  }
  return gram;
}

function multiplied({ rows, columns, high, low }: DoubleMatrix, scale: number): DoubleMatrix {
  return { rows, columns, high: high.map(value => value * scale), low: low.map(value => value * scale) };
}

/** A v_i for each v_i, computed with 31 digits: [d][n]. */
function imagesOf(columns: DoubleMatrix, directions: readonly number[][]): Float64Array[] {
  const product = zeros(columns.rows, columns.columns);
  directions.forEach((v, i) => {
    v.forEach((value, j) => {
      subtractMultiple(product, i, columns, j, [-value, 0]);
    });
  });
  return rowsOf(product);
}

/** The same in float64, whose rounding is 2⁻⁵³ of the largest singular value: 2⁻⁴⁹ of one that is a sixteenth of it. */
function plainImagesOf(columns: readonly Float64Array[], directions: readonly number[][]): Float64Array[] {
  return directions.map(v => {
    const image = new Float64Array(columns[0]?.length ?? 0);
    for (const [j, column] of columns.entries()) addMultiple(image, column, v[j] as number);
    return image;
  });
}

function addMultiple(sum: Float64Array, x: Float64Array, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + factor * (x[i] as number);
}

/** Its high parts, row by row. */
function rowsOf({ rows, columns, high }: DoubleMatrix): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => high.subarray(i * columns, (i + 1) * columns));
}

/** One-sided Jacobi: turns pairs of images, and their directions with them, to right angles; the lengths they get. */
function orthogonalise(images: Float64Array[], directions: number[][]): number[] {
  const d = images.length;
  const squares = images.map(image => dot(image, image));
  const negligible = Math.max(...squares) * 2 ** -180; // (2⁻⁹⁰ σ_1)²: what the 31 digits cannot tell from 0
  const tolerance = 2 ** -52 * Math.max(8, Math.sqrt(images[0]?.length ?? 0));
  for (let sweep = 0, turned = true; turned && sweep < 40; sweep++) {
    turned = false;
    for (let p = 0; p < d; p++) {
      for (let q = p + 1; q < d; q++) {
        const [x, y] = [images[p] as Float64Array, images[q] as Float64Array];
        for (const i of [p, q]) {
          if ((squares[i] as number) > negligible) continue;
          (images[i] as Float64Array).fill(0);
          squares[i] = 0;
        }
        const [a, b] = [squares[p] as number, squares[q] as number];
        const cross = dot(x, y);
        // Also where one of them is 0.
        if (Math.abs(cross) <= tolerance * Math.sqrt(a) * Math.sqrt(b)) continue;
        const zeta = (b - a) / (2 * cross);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        rotate(x, y, tangent);
        rotate(directions[p] as number[], directions[q] as number[], tangent);
        squares[p] = dot(x, x);
        squares[q] = dot(y, y);
        turned = true;
      }
    }
  }
  return squares.map(Math.sqrt);
}

function rotate(x: Float64Array | number[], y: Float64Array | number[], tangent: number): void {
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = tangent * cosine;
  for (let i = 0; i < x.length; i++) {
    const [u, v] = [x[i] as number, y[i] as number];
    x[i] = cosine * u - sine * v;
    y[i] = sine * u + cosine * v;
  }
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] as number) * (y[i] as number);
  return sum;
}
