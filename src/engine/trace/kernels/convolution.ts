import type * as tf from "@tensorflow/tfjs";
import { binary, slice, type Value } from "../../onnx/index.ts";
import { type Kernels, kernel } from "../kernel.ts";
import { convolutionFilterGradient, convolutionInputGradient } from "./convolutionGradients.ts";
import {
  type ConvolutionAttributes,
  channelsFirst,
  channelsLast,
  convolutionInfo,
  liveTaps,
  outputFirst,
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

function convolve(x: Value, filter: Value, attributes: ConvolutionAttributes): Value {
  const info = convolutionInfo(x.shape, filter.shape, attributes);
  const { window, pads } = croppedWindow(filter, info);
  const shape = [info.batchSize, info.outChannels, info.outHeight, info.outWidth];
  const y = x.graph.node("Conv", [channelsFirst(x), outputFirst(window)], shape, "float32", {
    kernel_shape: window.shape.slice(0, 2),
    pads,
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
  });
  return channelsLast(y);
}

/** A masked filter without the outer rows and columns that the mask makes zero, and the padding that makes up for them. */
function croppedWindow(filter: Value, info: ReturnType<typeof convolutionInfo>): { window: Value; pads: number[] } {
  const taps = liveTaps(filter);
  const [height, width, inputs, outputs] = filter.shape as [number, number, number, number];
  if (!info.unitStride || !info.unitDilation || taps.length === height * width || taps.length === 0) {
    return { window: filter, pads: [...info.pads] };
  }
  const [rows, columns] = [taps.map(([row]) => row), taps.map(([, column]) => column)];
  const [top, bottom] = [Math.min(...rows), Math.max(...rows)];
  const [left, right] = [Math.min(...columns), Math.max(...columns)];
  const [padTop, padLeft, padBottom, padRight] = info.pads;
  const pads = [padTop - top, padLeft - left, padBottom - (height - 1 - bottom), padRight - (width - 1 - right)];
  // Cropping more than the padding would ask for a negative one.
  if (Math.min(...pads) < 0) return { window: filter, pads: [...info.pads] };
  return { window: slice(filter, [top, left, 0, 0], [bottom - top + 1, right - left + 1, inputs, outputs]), pads };
}
