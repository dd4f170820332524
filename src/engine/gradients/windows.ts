import type * as tf from "@tensorflow/tfjs";
import { placedAt } from "./slices.ts";

type Tensor = tf.Tensor;
export type Padding = "same" | "valid" | number | tf.backend_util.ExplicitPadding;

/** The attributes of a convolution of images. */
export interface Convolution {
  strides: number | [number, number];
  pad: Padding;
  dataFormat?: "NHWC" | "NCHW";
  dilations?: number | [number, number];
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * How a filter is laid over images [batch, …space, channels]: where each of its cells meets them.
 *
 * Every list has one entry for each axis of space: height and width, or depth, height and width.
 */
export interface Windows {
  /** Lengths of the filter. */
  cells: number[];
  strides: number[];
  /** Lengths of the result. */
  out: number[];
  /** Zeros before the images. */
  before: number[];
  /** Lengths of the images with the zeros around them. */
  padded: number[];
}

/** The windows of a convolution, of dilation 1, by the rules of tfjs for padding and rounding. */
export function windowsOf(
  inputShape: readonly number[],
  cells: readonly number[],
  strides: number | readonly number[],
  pad: Padding,
  dimRoundingMode?: "floor" | "round" | "ceil",
): Windows {
  const images = inputShape.slice(1, -1);
  const steps = images.map((_, axis) => (typeof strides === "number" ? strides : (strides[axis] as number)));
  const sides = images.map((length, axis) => {
    const [size, step] = [cells[axis] as number, steps[axis] as number];
    if (pad === "same") {
      const out = Math.ceil(length / step);
      const zeros = Math.max(0, (out - 1) * step + size - length);
      return { before: Math.floor(zeros / 2), after: Math.ceil(zeros / 2), out };
    }
    if (pad === "valid") return { before: 0, after: 0, out: Math.ceil((length - size + 1) / step) };
    const [before, after] = typeof pad === "number" ? [pad, pad] : (pad[axis + 1] as [number, number]);
    const places = (length - size + before + after) / step + 1;
    return { before, after, out: rounded(places, dimRoundingMode) };
  });
  const out = sides.map(side => side.out);
  const reach = (axis: number) => ((out[axis] as number) - 1) * (steps[axis] as number) + (cells[axis] as number);
  return {
    cells: [...cells],
    strides: steps,
    out,
    before: sides.map(side => side.before),
    padded: sides.map(({ before, after }, axis) => Math.max((images[axis] as number) + before + after, reach(axis))),
  };
}

function rounded(places: number, mode: "floor" | "round" | "ceil" | undefined): number {
  return mode === undefined ? Math.trunc(places) : Math[mode](places);
}

/** Every cell of the filter, the last axis fastest. */
export function cellsOf({ cells }: Pick<Windows, "cells">): number[][] {
  return cells.reduce<number[][]>(
    (found, length) => found.flatMap(cell => Array.from({ length }, (_, i) => [...cell, i])),
    [[]],
  );
}

/** Images with the padding around them, filled with `value`. */
export function padded(windows: Windows, x: Tensor, value = 0): Tensor {
  const space = windows.padded.map((length, axis) => {
    const before = windows.before[axis] as number;
    return [before, length - (x.shape[axis + 1] as number) - before] as [number, number];
  });
  return x.pad([[0, 0], ...space, [0, 0]], value);
}

/** What one cell of the filter meets at each place of the result: [batch, …out, channels] of padded images. */
export function under(windows: Windows, cell: readonly number[], images: Tensor): Tensor {
  const { strides, out } = windows;
  const [batch, channels] = [images.shape[0] as number, images.shape.at(-1) as number];
  const spans = out.map((n, i) => (n - 1) * (strides[i] as number) + 1);
  if (strides.every(stride => stride === 1)) return images.slice([0, ...cell, 0], [batch, ...spans, channels]);
  const ends = spans.map((span, i) => (cell[i] as number) + span);
  return images.stridedSlice([0, ...cell, 0], [batch, ...ends, channels], [1, ...strides, 1]);
}

/** The images that a cell meets as `y`, and that are 0 elsewhere, without their padding: `under`, turned round. */
export function over(windows: Windows, cell: readonly number[], y: Tensor, inputShape: readonly number[]): Tensor {
  const [batch, channels] = [inputShape[0] as number, inputShape.at(-1) as number];
  const steps = { begin: [0, ...cell, 0], strides: [1, ...windows.strides, 1] };
  return placedAt(steps, [batch, ...windows.padded, channels], y).slice([0, ...windows.before, 0], [...inputShape]);
}
