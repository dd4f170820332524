import * as tf from "@tensorflow/tfjs";
import { concat, pad, reshape, slice, transpose, type Value } from "../../onnx/index.ts";
import { TraceError } from "../errors.ts";

/** tfjs orders images as batch, height, width, channels; ONNX puts the channels before height and width. */
export const channelsFirst = (x: Value): Value => transpose(x, [0, 3, 1, 2]);
export const channelsLast = (x: Value): Value => transpose(x, [0, 2, 3, 1]);

/** Filters from height, width, in, out to out, in, height, width. */
export const outputFirst = (filter: Value): Value => transpose(filter, [3, 2, 0, 1]);

export interface ConvolutionAttributes {
  strides: [number, number] | number;
  pad: "valid" | "same" | number | tf.backend_util.ExplicitPadding;
  dataFormat?: "NHWC" | "NCHW";
  dilations?: [number, number] | number;
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/** All lengths of a convolution of images [batch, height, width, in] with filters [height, width, in, out]. */
export function convolutionInfo(
  images: readonly number[],
  filters: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
) {
  const { strides, dilations = 1, pad, dimRoundingMode, dataFormat = "NHWC" } = attributes;
  if (dataFormat !== "NHWC") throw new TraceError(`compile: images must be NHWC, but got ${dataFormat}`);
  const info = tf.backend_util.computeConv2DInfo(
    images as [number, number, number, number],
    filters as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
    depthwise,
  );
  const { top, left } = info.padInfo;
  // What the last windows reach beyond the images: less than tfjs pads where the stride leaves rows out.
  const bottom = Math.max(
    0,
    (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight - info.inHeight - top,
  );
  const right = Math.max(0, (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth - info.inWidth - left);
  const unitStride = info.strideHeight === 1 && info.strideWidth === 1;
  const unitDilation = info.dilationHeight === 1 && info.dilationWidth === 1;
  return { ...info, pads: [top, left, bottom, right] as const, unitStride, unitDilation };
}

/** Where in a filter a weight sits: row and column. */
export type Tap = readonly [number, number];

export function everyTap(height: number, width: number): Tap[] {
  return Array.from({ length: height * width }, (_, i) => [Math.floor(i / width), i % width] as const);
}

/** The taps at which a mask [height, width, in, out] is not zero throughout. */
export function maskedTaps(mask: Value): Tap[] {
  const [height, width, inputs, outputs] = mask.shape as [number, number, number, number];
  const entries = mask.data as Float32Array;
  const size = inputs * outputs;
  return everyTap(height, width).filter(([row, column]) => {
    const start = (row * width + column) * size;
    return entries.subarray(start, start + size).some(entry => entry !== 0);
  });
}

/** The taps of a filter that can differ from zero: all, unless the filter is some weights times a constant mask. */
export function liveTaps(filter: Value): Tap[] {
  const [height, width, inputs, outputs] = filter.shape as [number, number, number, number];
  const mask = filter.operator === "Mul" ? filter.inputs.find(isMask) : undefined;
  return mask === undefined ? everyTap(height, width) : maskedTaps(mask);

  function isMask({ data, shape }: Value): boolean {
    return data !== undefined && shape.join() === [height, width, inputs, outputs].join();
  }
}

/**
 * Copies of images [batch, channels, height, width] shifted by each tap, as columns [batch, taps · channels, pixels].
 *
 * out[y, x] = in[y + shift, x + shift], and 0 outside. A convolution is then one matrix product.
 */
export function shiftedColumns(images: Value, shifts: readonly Tap[], height: number, width: number): Value {
  const [batch, channels, ownHeight, ownWidth] = images.shape as [number, number, number, number];
  const [rows, columns] = [shifts.map(([row]) => row), shifts.map(([, column]) => column)];
  const [top, left] = [Math.max(0, -Math.min(...rows)), Math.max(0, -Math.min(...columns))];
  const bottom = Math.max(0, height - ownHeight + Math.max(...rows));
  const right = Math.max(0, width - ownWidth + Math.max(...columns));
  const padded = pad(images, [0, 0, top, left], [0, 0, bottom, right], 0);
  const copies = shifts.map(([row, column]) => {
    const copy = slice(padded, [0, 0, top + row, left + column], [batch, channels, height, width]);
    return reshape(copy, [batch, channels, height * width]);
  });
  return concat(copies, 1);
}

/** The weights of some taps: [taps, in, out]. */
export function tapWeights(filter: Value, taps: readonly Tap[]): Value {
  const [, , inputs, outputs] = filter.shape as [number, number, number, number];
  const weights = taps.map(([row, column]) =>
    reshape(slice(filter, [row, column, 0, 0], [1, 1, inputs, outputs]), [1, inputs, outputs]),
  );
  return concat(weights, 0);
}
