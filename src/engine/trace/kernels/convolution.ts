import type * as tf from "@tensorflow/tfjs";
import { binary, matMul, reshape, sizeOf, type Value } from "../../onnx/index.ts";
import { type Kernels, kernel } from "../kernel.ts";
import { convolutionFilterGradient, convolutionInputGradient } from "./convolutionGradients.ts";
import {
  type ConvolutionAttributes,
  channelsFirst,
  channelsLast,
  convolutionInfo,
  type Info,
  liveTaps,
  outputFirst,
  tapWeights,
  windows,
} from "./convolutionLayout.ts";
import { activate } from "./linearAlgebra.ts";

export const convolution: Kernels = {
  Conv2D: kernel<"x" | "filter", ConvolutionAttributes>(({ x, filter }, attributes) => convolve(x, filter, attributes)),
  FusedConv2D: kernel<"x" | "filter" | "bias", tf.FusedConv2DAttrs>(({ x, filter, bias }, attributes) => {
    const y = convolve(x, filter, attributes);
    return activate(bias === undefined ? y : binary("Add", y, bias), attributes.activation);
  }),
  Conv2DBackpropInput: kernel<"dy" | "filter", tf.Conv2DBackpropInputAttrs>(({ dy, filter }, attributes) =>
    convolutionInputGradient(dy, filter, attributes.inputShape, attributes),
  ),
  Conv2DBackpropFilter: kernel<"x" | "dy", tf.Conv2DBackpropFilterAttrs>(({ x, dy }, attributes) =>
    convolutionFilterGradient(x, dy, attributes.filterShape, attributes),
  ),
};

/** The windows of x, each in a row, times the filter as a matrix; or window by window where these take too much space. */
function convolve(x: Value, filter: Value, attributes: ConvolutionAttributes): Value {
  const info = convolutionInfo(x.shape, filter.shape, attributes);
  const taps = liveTaps(filter);
  const entries = sizeOf([info.batchSize, info.outHeight, info.outWidth, taps.length, info.inChannels]);
  const masked = taps.length < info.filterHeight * info.filterWidth;
  if (taps.length > 1 && entries > (masked ? MOST_MASKED : MOST)) return windowByWindow(x, filter, info);
  const weights = reshape(tapWeights(filter, taps), [taps.length * info.inChannels, info.outChannels]);
  return reshape(matMul(windows(x, taps, info), weights), info.outShape);
}

/** Entries of windows that stay in the cache: 16 MB. */
const MOST = 2 ** 22;

/** Leaving out the taps that a mask removes is worth more than the cache, but not all memory: 256 MB. */
const MOST_MASKED = 2 ** 26;

function windowByWindow(x: Value, filter: Value, info: Info): Value {
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const y = x.graph.node("Conv", [channelsFirst(x), outputFirst(filter)], shape, "float32", {
    kernel_shape: [info.filterHeight, info.filterWidth],
    pads: info.pads,
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
  });
  return channelsLast(y);
}
