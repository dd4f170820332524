import type * as tf from "@tensorflow/tfjs";
import { binary, reshape, transpose, type Value } from "../../onnx/index.ts";
import { type Kernels, kernel } from "../kernel.ts";
import { correlated, infoOf, spread } from "./convolutionGradients.ts";
import { type ConvolutionAttributes, channelsFirst, channelsLast, convolutionInfo } from "./convolutionLayout.ts";
import { activate } from "./linearAlgebra.ts";

/** Every channel by itself: a convolution in as many groups as channels. */
export const depthwise: Kernels = {
  DepthwiseConv2dNative: kernel<"x" | "filter", ConvolutionAttributes>(({ x, filter }, attributes) =>
    convolve(x, filter, attributes),
  ),
  FusedDepthwiseConv2D: kernel<"x" | "filter" | "bias", tf.FusedDepthwiseConv2DAttrs>(
    ({ x, filter, bias }, attributes) => {
      const y = convolve(x, filter, attributes);
      return activate(bias === undefined ? y : binary("Add", y, bias), attributes.activation);
    },
  ),
  DepthwiseConv2dNativeBackpropInput: kernel<"dy" | "filter", tf.DepthwiseConv2dNativeBackpropInputAttrs>(
    ({ dy, filter }, attributes) => depthwiseInputGradient(dy, filter, attributes.inputShape, attributes),
  ),
  DepthwiseConv2dNativeBackpropFilter: kernel<"x" | "dy", tf.DepthwiseConv2dNativeBackpropFilterAttrs>(
    ({ x, dy }, attributes) => {
      const info = infoOf(x.shape, attributes.filterShape, attributes, true);
      const { batchSize, inChannels, outChannels, inHeight, inWidth, filterHeight, filterWidth } = info;
      const images = reshape(transpose(x, [3, 0, 1, 2]), [1, inChannels * batchSize, inHeight, inWidth]);
      const products = correlated(images, transpose(dy, [3, 0, 1, 2]), info, [1, outChannels], inChannels);
      const weights = reshape(products, [inChannels, outChannels / inChannels, filterHeight, filterWidth]);
      return transpose(weights, [2, 3, 0, 1]);
    },
  ),
};

function convolve(x: Value, filter: Value, attributes: ConvolutionAttributes): Value {
  const info = convolutionInfo(x.shape, filter.shape, attributes, true);
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const y = x.graph.node("Conv", [channelsFirst(x), filtersOf(filter)], shape, "float32", {
    group: info.inChannels,
    kernel_shape: filter.shape.slice(0, 2),
    pads: info.pads,
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
  });
  return channelsLast(y);
}

/** ∂/∂x of Σ dy · conv(x, filter), channel by channel. */
export function depthwiseInputGradient(
  dy: Value,
  filter: Value,
  inputShape: readonly number[],
  attributes: ConvolutionAttributes,
): Value {
  const info = infoOf(inputShape, filter.shape, attributes, true);
  const shape = [info.batchSize, info.inChannels, info.inHeight, info.inWidth];
  return channelsLast(spread(channelsFirst(dy), filtersOf(filter), info, shape, info.inChannels));
}

/** Filters from height, width, channels, multiplier to channels · multiplier, 1, height, width. */
function filtersOf(filter: Value): Value {
  const [height, width, channels, multiplier] = filter.shape as [number, number, number, number];
  return reshape(transpose(filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width]);
}
