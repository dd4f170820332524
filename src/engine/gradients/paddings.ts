import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../replaceKernel.ts";
import type { Padding } from "./windows.ts";

/**
 * Convolutions and pools with a padding in one number, where filter or stride are not square.
 *
 * tfjs-core then works out the width of the result from the height of the filter, and the wasm backend writes beyond
 * its memory. A padding side by side it reads rightly. Calling it again does nothing.
 */
export function repairPaddings(backendName: string): void {
  for (const kernelName of padding) {
    if (!tf.getKernel(kernelName, backendName)) continue;
    replaceKernel(kernelName, backendName, repairPaddings, stock => call => {
      const { pad, dataFormat } = call.attrs as unknown as { pad: Padding; dataFormat?: string };
      const attrs = { ...call.attrs, pad: sideBySide(pad, dataFormat) } as unknown as tf.NamedAttrMap;
      return (stock as tf.KernelFunc)({ ...call, attrs });
    });
  }
}

/** A padding in one number as zeros before and after each axis. */
export function sideBySide(pad: Padding, dataFormat = "NHWC"): Padding {
  if (typeof pad !== "number") return pad;
  const [none, both] = [[0, 0] as [number, number], [pad, pad] as [number, number]];
  return dataFormat === "NCHW" ? [none, none, both, both] : [none, both, both, none];
}

/** The kernels that convolve images, and those of their gradients. */
export const imageConvolutions = [
  "Conv2D",
  "Conv2DBackpropFilter",
  "Conv2DBackpropInput",
  "DepthwiseConv2dNative",
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
];

const padding = [
  ...imageConvolutions,
  "FusedConv2D",
  "FusedDepthwiseConv2D",
  "AvgPool",
  "AvgPoolGrad",
  "MaxPool",
  "MaxPoolGrad",
];
