import type * as tf from "@tensorflow/tfjs";

/** Rows, and what is known of them. */
export interface Table {
  tensor: tf.Tensor2D;
  values: Float32Array;
  /** ‖x‖² of each row. */
  squares: Float64Array;
  largestSquare: number;
}

export function tableOf(name: string, tensor: tf.Tensor2D): Table {
  const values = tensor.dataSync<"float32">();
  return { tensor, values, ...squaresOf(name, values, tensor.shape) };
}

/** ‖x‖² of each row, and the largest. Throws where an x_i is NaN or infinite: it would hide the rows beside it. */
export function squaresOf(name: string, values: Float32Array, [n, d]: [number, number]) {
  const squares = new Float64Array(n);
  let largestSquare = 0;
  for (let row = 0; row < n; row++) {
    const sum = squareOf(values, row * d, (row + 1) * d);
    if (!Number.isFinite(sum)) throw notFinite(name, values, row, d);
    squares[row] = sum;
    if (sum > largestSquare) largestSquare = sum;
  }
  return { squares, largestSquare };
}

/** In four sums: each has to wait for its own last addition only. */
function squareOf(values: Float32Array, from: number, to: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let at = from;
  for (; at + 3 < to; at += 4) {
    s0 += (values[at] as number) ** 2;
    s1 += (values[at + 1] as number) ** 2;
    s2 += (values[at + 2] as number) ** 2;
    s3 += (values[at + 3] as number) ** 2;
  }
  for (; at < to; at++) s0 += (values[at] as number) ** 2;
  return s0 + s1 + (s2 + s3);
}

function notFinite(name: string, values: Float32Array, row: number, d: number): RangeError {
  const entries = values.subarray(row * d, (row + 1) * d);
  const column = entries.findIndex(value => !Number.isFinite(value));
  return new RangeError(
    `nearestNeighbours: ${name} must be finite, but got ${entries[column]} in row ${row}, column ${column}; look at what computed it.`,
  );
}
