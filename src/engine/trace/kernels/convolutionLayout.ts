import * as tf from "@tensorflow/tfjs";
import { pad, reshape, take, transpose, type Value } from "../../onnx/index.ts";
import { sideBySide } from "../../gradients/paddings.ts";
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
    sideBySide(pad),
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

export type Info = ReturnType<typeof convolutionInfo>;

/** Where in a filter a weight sits, or in an image a pixel: row and column. */
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
  const live = mask === undefined ? [] : maskedTaps(mask);
  return live.length > 0 ? live : everyTap(height, width);

  function isMask({ data, shape }: Value): boolean {
    return data !== undefined && shape.join() === [height, width, inputs, outputs].join();
  }
}

/** The pixels that each output of a convolution sees: [batch · outputs, taps · channels]. */
export function windows(x: Value, taps: readonly Tap[], info: Info): Value {
  const [top, left] = info.pads;
  return columns(x, taps, [info.outHeight, info.outWidth], ([y, x], [row, column]) => [
    y * info.strideHeight + row * info.dilationHeight - top,
    x * info.strideWidth + column * info.dilationWidth - left,
  ]);
}

/** The outputs of a convolution without stride that each pixel takes part in: [batch · pixels, taps · channels]. */
export function reversedWindows(dy: Value, taps: readonly Tap[], info: Info): Value {
  const [top, left] = info.pads;
  return columns(dy, taps, [info.inHeight, info.inWidth], ([y, x], [row, column]) => [
    y + top - row,
    x + left - column,
  ]);
}

/**
 * Pixels of images [batch, height, width, channels], gathered for a matrix product: [batch · outputs, taps · channels].
 *
 * `source` says which pixel an output reads at a tap; outside of the image there are zeros.
 */
function columns(
  images: Value,
  taps: readonly Tap[],
  [outHeight, outWidth]: readonly [number, number],
  source: (output: Tap, tap: Tap) => Tap,
): Value {
  const [batch, height, width, channels] = images.shape as [number, number, number, number];
  const outside = height * width;
  const positions = everyTap(outHeight, outWidth).flatMap(output =>
    taps.map(tap => {
      const [row, column] = source(output, tap);
      return row >= 0 && row < height && column >= 0 && column < width ? row * width + column : outside;
    }),
  );
  const shape = [batch * outHeight * outWidth, taps.length * channels];
  if (positions.length === outside && positions.every((position, i) => position === i)) return reshape(images, shape);
  const pixels = reshape(images, [batch, height * width, channels]);
  const padded = positions.includes(outside) ? pad(pixels, [0, 0, 0], [0, 1, 0], 0) : pixels;
  return reshape(take(padded, 1, positions), shape);
}

/** The weights of some taps: [taps, in, out]. */
export function tapWeights(filter: Value, taps: readonly Tap[]): Value {
  const [height, width, inputs, outputs] = filter.shape as [number, number, number, number];
  const all = reshape(filter, [height * width, inputs, outputs]);
  if (taps.length === height * width) return all;
  return take(
    all,
    0,
    taps.map(([row, column]) => row * width + column),
  );
}
