import { concat, matMul, reshape, slice, take, transpose, type Value } from "../../onnx/index.ts";
import { TraceError } from "../errors.ts";
import {
  type ConvolutionAttributes,
  channelsFirst,
  channelsLast,
  convolutionInfo,
  everyTap,
  type Info,
  liveTaps,
  maskedTaps,
  outputFirst,
  reversedWindows,
  type Tap,
  tapWeights,
  windows,
} from "./convolutionLayout.ts";

/** ∂/∂x of Σ dy · conv(x, filter): each gradient is spread over the window it came from. */
export function convolutionInputGradient(
  dy: Value,
  filter: Value,
  inputShape: readonly number[],
  attributes: ConvolutionAttributes,
): Value {
  const info = infoOf(inputShape, filter.shape, attributes);
  if (!info.unitStride) {
    const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
    return channelsLast(spread(channelsFirst(dy), outputFirst(filter), info, shape));
  }
  const taps = liveTaps(filter);
  const turned = transpose(tapWeights(filter, taps), [0, 2, 1]);
  const weights = reshape(turned, [taps.length * info.outChannels, info.inChannels]);
  return reshape(matMul(reversedWindows(dy, taps, info), weights), info.inShape);
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
  const all = everyTap(info.filterHeight, info.filterWidth);
  const gradient = filterGradient(x, dy, info, all);
  gradient.masked = mask => {
    const taps = maskedTaps(mask);
    return taps.length > 0 && taps.length < all.length ? filterGradient(x, dy, info, taps) : undefined;
  };
  return gradient;
}

/** The windows of dy or of x, whichever have fewer channels, times the other; other weights than those at `taps` get 0. */
function filterGradient(x: Value, dy: Value, info: Info, taps: readonly Tap[]): Value {
  const { inChannels, outChannels, filterHeight, filterWidth } = info;
  const weights = info.unitStride && outChannels <= inChannels ? byOutputs() : byInputs();
  const position = new Map(taps.map((tap, i) => [tap.join(), i]));
  const places = everyTap(filterHeight, filterWidth).map(tap => position.get(tap.join()) ?? taps.length);
  const zeros = x.graph.fill(0, [1, inChannels, outChannels], "float32");
  const all = taps.length === places.length ? weights : take(concat([weights, zeros], 0), 0, places);
  return reshape(all, [filterHeight, filterWidth, inChannels, outChannels]);

  /** These windows are those of the input gradient, too. */
  function byOutputs(): Value {
    const pixels = reshape(x, [info.batchSize * info.inHeight * info.inWidth, inChannels]);
    const products = matMul(pixels, reversedWindows(dy, taps, info), true); // [in, taps · out]
    return transpose(reshape(products, [inChannels, taps.length, outChannels]), [1, 0, 2]);
  }

  /** These windows are those of the convolution, too. */
  function byInputs(): Value {
    const gradients = reshape(dy, [info.batchSize * info.outHeight * info.outWidth, outChannels]);
    return reshape(matMul(windows(x, taps, info), gradients, true), [taps.length, inChannels, outChannels]);
  }
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
