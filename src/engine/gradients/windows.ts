import * as tf from "@tensorflow/tfjs";
import { placedAt } from "./slices.ts";

type Tensor = tf.Tensor;
type Pair = [number, number];
type Padding = "same" | "valid" | number | tf.backend_util.ExplicitPadding;

/** How a filter is laid over images: where each of its cells meets them. */
export interface Windows {
  /** Rows and columns of the filter. */
  cells: Pair;
  strides: Pair;
  /** Rows and columns of the result. */
  out: Pair;
  /** Rows and columns of zeros before the images. */
  before: Pair;
  /** Rows and columns of the images with the zeros around them. */
  padded: Pair;
}

/** The windows of a convolution, of dilation 1, by the rules of tfjs for padding and rounding. */
export function windowsOf(
  inputShape: number[],
  cells: Pair,
  strides: number | Pair,
  pad: Padding,
  dimRoundingMode?: "floor" | "round" | "ceil",
): Windows {
  const info = tf.backend_util.computeConv2DInfo(
    inputShape as [number, number, number, number],
    [...cells, inputShape[3] as number, 1],
    strides,
    1,
    pad,
    dimRoundingMode,
    true,
  );
  const { top, left, bottom, right } = info.padInfo;
  const out: Pair = [info.outHeight, info.outWidth];
  const steps: Pair = [info.strideHeight, info.strideWidth];
  const reach = (axis: 0 | 1) => (out[axis] - 1) * steps[axis] + cells[axis];
  return {
    cells,
    strides: steps,
    out,
    before: [top, left],
    padded: [
      Math.max((inputShape[1] as number) + top + bottom, reach(0)),
      Math.max((inputShape[2] as number) + left + right, reach(1)),
    ],
  };
}

/** Every cell of the filter, row by row. */
export function cellsOf({ cells: [rows, columns] }: Windows): Pair[] {
  return Array.from({ length: rows * columns }, (_, i) => [Math.floor(i / columns), i % columns]);
}

/** Images [batch, height, width, channels] with the padding around them, filled with `value`. */
export function padded(windows: Windows, x: Tensor, value = 0): Tensor {
  const [top, left] = windows.before;
  const [height, width] = windows.padded;
  const [, rows, columns] = x.shape as [number, number, number];
  return x.pad(
    [
      [0, 0],
      [top, height - rows - top],
      [left, width - columns - left],
      [0, 0],
    ],
    value,
  );
}

/** What one cell of the filter meets at each place of the result: [batch, out, out, channels] of padded images. */
export function under(windows: Windows, [row, column]: Pair, images: Tensor): Tensor {
  const { strides, out } = windows;
  const [batch, , , channels] = images.shape as [number, number, number, number];
  const spans = out.map((n, i) => (n - 1) * (strides[i] as number) + 1) as Pair;
  if (strides.every(stride => stride === 1)) return images.slice([0, row, column, 0], [batch, ...spans, channels]);
  return images.stridedSlice(
    [0, row, column, 0],
    [batch, row + spans[0], column + spans[1], channels],
    [1, ...strides, 1],
  );
}

/** The images that a cell meets as `y`, and that are 0 elsewhere, without their padding: `under`, turned round. */
export function over(windows: Windows, [row, column]: Pair, y: Tensor, inputShape: number[]): Tensor {
  const [batch, height, width, channels] = inputShape as [number, number, number, number];
  const steps = { begin: [0, row, column, 0], strides: [1, ...windows.strides, 1] };
  return placedAt(steps, [batch, ...windows.padded, channels], y).slice(
    [0, ...windows.before, 0],
    [batch, height, width, channels],
  );
}
