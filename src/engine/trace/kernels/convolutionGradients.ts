import { concat, matMul, reduce, reshape, reverse, slice, transpose, type Value } from "../../onnx/index.ts";
import { TraceError } from "../errors.ts";
import {
  type ConvolutionAttributes,
  channelsFirst,
  channelsLast,
  convolutionInfo,
  everyTap,
  liveTaps,
  maskedTaps,
  outputFirst,
  shiftedColumns,
  type Tap,
  tapWeights,
} from "./convolutionLayout.ts";

type Info = ReturnType<typeof convolutionInfo>;

/** Below this many channels, building columns costs more than the quicker product saves. */
const ENOUGH_CHANNELS = 8;

/** ∂/∂x of Σ dy · conv(x, filter): each gradient is spread over the window it came from. */
export function convolutionInputGradient(
  dy: Value,
  filter: Value,
  inputShape: readonly number[],
  attributes: ConvolutionAttributes,
): Value {
  const info = infoOf(inputShape, filter.shape, attributes);
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
  return channelsLast(inputGradient(channelsFirst(dy), filter, info, shape));
}

function inputGradient(dy: Value, filter: Value, info: Info, shape: number[]): Value {
  const { filterHeight: height, filterWidth: width } = info;
  const [top, left, bottom, right] = info.pads;
  const reversedPads = [height - 1 - top, width - 1 - left, height - 1 - bottom, width - 1 - right];
  if (info.unitStride && info.outChannels >= ENOUGH_CHANNELS && height * width > 1) {
    const taps = liveTaps(filter);
    const shifts = taps.map(([row, column]): Tap => [top - row, left - column]);
    const columns = shiftedColumns(dy, shifts, info.inHeight, info.inWidth);
    const weights = transpose(tapWeights(filter, taps), [1, 0, 2]); // [in, taps, out]
    return reshape(matMul(reshape(weights, [info.inChannels, taps.length * info.outChannels]), columns), shape);
  }
  if (info.unitStride && Math.min(...reversedPads) >= 0) {
    const turned = transpose(reverse(filter, [0, 1]), [2, 3, 0, 1]);
    const attributes = { kernel_shape: [height, width], pads: reversedPads, strides: [1, 1] };
    return dy.graph.node("Conv", [dy, turned], shape, "float32", attributes);
  }
  return spread(dy, outputFirst(filter), info, shape);
}

/** Each entry of dy times the filter, laid over the images it came from: [batch, channels, height, width]. */
export function spread(dy: Value, filters: Value, info: Info, shape: readonly number[], group = 1): Value {
  const { filterHeight: height, filterWidth: width, pads } = info;
  const [top, left, bottom, right] = pads;
  const covered = (out: number, stride: number, length: number, padding: number) =>
    (out - 1) * stride + length - padding;
  return dy.graph.node("ConvTranspose", [dy, filters], shape, "float32", {
    group,
    kernel_shape: [height, width],
    pads,
    strides: [info.strideHeight, info.strideWidth],
    output_padding: [
      info.inHeight - covered(info.outHeight, info.strideHeight, height, top + bottom),
      info.inWidth - covered(info.outWidth, info.strideWidth, width, left + right),
    ],
  });
}

/** ∂/∂filter of Σ dy · conv(x, filter): each weight collects the products of the entries it joined. */
export function convolutionFilterGradient(
  x: Value,
  dy: Value,
  filterShape: readonly number[],
  attributes: ConvolutionAttributes,
): Value {
  const info = infoOf(x.shape, filterShape, attributes);
  if (info.unitStride && info.filterHeight * info.filterWidth === 1) return pointwise(x, dy, info, filterShape);
  if (info.unitStride && info.outChannels >= ENOUGH_CHANNELS && info.inChannels >= ENOUGH_CHANNELS) {
    const all = everyTap(info.filterHeight, info.filterWidth);
    const gradient = byColumns(x, dy, info, filterShape, all);
    gradient.masked = mask => {
      const taps = maskedTaps(mask);
      return taps.length > 0 && taps.length < all.length ? byColumns(x, dy, info, filterShape, taps) : undefined;
    };
    return gradient;
  }
  return byConvolution(x, dy, info);
}

/** A 1 × 1 filter is a matrix, and its gradient a matrix product. */
function pointwise(x: Value, dy: Value, info: Info, filterShape: readonly number[]): Value {
  const pixels = info.outHeight * info.outWidth;
  const images = reshape(channelsFirst(x), [info.batchSize, info.inChannels, pixels]);
  const gradients = reshape(channelsFirst(dy), [info.batchSize, info.outChannels, pixels]);
  return reshape(reduce("ReduceSum", matMul(images, gradients, false, true), [0]), filterShape);
}

/** One matrix product with the shifted copies of dy; the weights at other taps than `taps` get zeros. */
function byColumns(x: Value, dy: Value, info: Info, filterShape: readonly number[], taps: readonly Tap[]): Value {
  const { inChannels, outChannels, inHeight, inWidth, filterHeight, filterWidth } = info;
  const [top, left] = info.pads;
  const shifts = taps.map(([row, column]): Tap => [top - row, left - column]);
  const columns = shiftedColumns(channelsFirst(dy), shifts, inHeight, inWidth);
  const images = reshape(channelsFirst(x), [info.batchSize, inChannels, inHeight * inWidth]);
  const products = reduce("ReduceSum", matMul(images, columns, false, true), [0]); // [in, taps · out]
  const weights = transpose(reshape(products, [inChannels, taps.length, outChannels]), [1, 0, 2]); // [taps, in, out]
  if (taps.length === filterHeight * filterWidth) return reshape(weights, filterShape);
  const position = new Map(taps.map(([row, column], i) => [row * filterWidth + column, i]));
  const zeros = x.graph.fill(0, [1, inChannels, outChannels], "float32");
  const parts = everyTap(filterHeight, filterWidth).map((_, tap) => {
    const i = position.get(tap);
    return i === undefined ? zeros : slice(weights, [i, 0, 0], [1, inChannels, outChannels]);
  });
  return reshape(concat(parts, 0), filterShape);
}

/** A convolution in which the batch plays the channels and dy the filter. */
function byConvolution(x: Value, dy: Value, info: Info): Value {
  const images = transpose(x, [3, 0, 1, 2]);
  return transpose(
    correlated(images, transpose(dy, [3, 0, 1, 2]), info, [info.inChannels, info.outChannels]),
    [2, 3, 0, 1],
  );
}

/** Where dy is laid over the images as a filter: [...shape, rows of the filter, columns of the filter]. */
export function correlated(images: Value, dy: Value, info: Info, shape: readonly [number, number], group = 1): Value {
  const { filterHeight: height, filterWidth: width } = info;
  const [top, left, bottom, right] = info.pads;
  // A stride that does not reach the last rows leaves them out.
  const reach = (out: number, stride: number, length: number) => (out - 1) * stride + length;
  const used = [
    reach(info.outHeight, info.strideHeight, height) - top - bottom,
    reach(info.outWidth, info.strideWidth, width) - left - right,
  ];
  const cut = slice(images, [0, 0, 0, 0], [...images.shape.slice(0, 2), ...used]);
  return images.graph.node("Conv", [cut, dy], [...shape, height, width], "float32", {
    group,
    kernel_shape: [info.outHeight, info.outWidth],
    pads: info.pads,
    strides: [1, 1],
    dilations: [info.strideHeight, info.strideWidth],
  });
}

export function infoOf(
  images: readonly number[],
  filters: readonly number[],
  attributes: ConvolutionAttributes,
  depthwise = false,
): Info {
  const info = convolutionInfo(images, filters, attributes, depthwise);
  if (!info.unitDilation)
    throw new TraceError("compile: gradients of convolutions must be undilated, but got dilations");
  return info;
}
