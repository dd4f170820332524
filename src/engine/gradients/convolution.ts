import * as tf from "@tensorflow/tfjs";
import { dilatedGradients, type Kind } from "./dilation.ts";
import { gradient, runKernel } from "./gradient.ts";
import type { Convolution } from "./windows.ts";

type Tensor = tf.Tensor;

const conv2d: Kind = { input: "Conv2DBackpropInput", filter: "Conv2DBackpropFilter" };
const conv3d: Kind = { input: "Conv3DBackpropInputV2", filter: "Conv3DBackpropFilterV2" };
const depthwise: Kind = {
  input: "DepthwiseConv2dNativeBackpropInput",
  filter: "DepthwiseConv2dNativeBackpropFilter",
};

/**
 * `dx = Σ_r dy[(· − r) / stride] w[r]` and `dw[r] = Σ_p x[stride · p + r] dy[p]`, by the kernels of tfjs-core.
 *
 * With a dilation those kernels do not apply; then x is taken apart into images for which there is none.
 */
const convolution = (name: string, kind: Kind) =>
  gradient<[Tensor, Tensor], Convolution>(name, { inputs: ["x", "filter"] }, (dy, [x, filter], attributes) => {
    const { dilations, ...others } = attributes;
    const rates = (typeof dilations === "number" ? [dilations, dilations] : (dilations ?? [1, 1])) as [number, number];
    if (rates.some(rate => rate > 1)) return dilatedGradients(kind, dy, x, filter, { ...others, dilations: rates });
    return {
      x: () => runKernel(kind.input, { dy, filter }, { ...attributes, inputShape: x.shape }),
      filter: () => runKernel(kind.filter, { x, dy }, { ...attributes, filterShape: filter.shape }),
    };
  });

type Forward = (x: Tensor, filter: Tensor, attributes: Convolution) => Tensor;

/** The gradient of a filter is linear in x and dy: with respect to x it is that of the input, to dy the convolution. */
const ofFilterGradient = (kind: Kind, forward: Forward) =>
  gradient<[Tensor, Tensor], Convolution>(kind.filter, { inputs: ["x", "dy"] }, (ddw, [x, dy], attributes) => ({
    x: () => runKernel(kind.input, { dy, filter: ddw }, { ...attributes, inputShape: x.shape }),
    dy: () => forward(x, ddw, attributes),
  }));

/** The gradient of the input is linear in dy and w: with respect to dy it is the convolution, to w that of the filter. */
const ofInputGradient = (kind: Kind, forward: Forward) =>
  gradient<[Tensor, Tensor], Convolution>(
    kind.input,
    { inputs: ["dy", "filter"] },
    (ddx, [dy, filter], attributes) => ({
      dy: () => forward(ddx, filter, attributes),
      filter: () => runKernel(kind.filter, { x: ddx, dy }, { ...attributes, filterShape: filter.shape }),
    }),
  );

const byFilter: Forward = (x, filter, { strides, pad, dataFormat, dimRoundingMode }) =>
  tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, dataFormat, 1, dimRoundingMode);

const byChannel: Forward = (x, filter, { strides, pad, dimRoundingMode }) =>
  tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, strides, pad, "NHWC", 1, dimRoundingMode);

const byVolume: Forward = (x, filter, { strides, pad }) =>
  tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, strides as number, pad as "same" | "valid");

export const convolutionGradients: tf.GradConfig[] = [
  convolution("Conv2D", conv2d),
  convolution("DepthwiseConv2dNative", depthwise),
  ofFilterGradient(conv2d, byFilter),
  ofFilterGradient(conv3d, byVolume),
  ofFilterGradient(depthwise, byChannel),
  // Of the input gradient of conv2d tfjs-core has a right one.
  ofInputGradient(conv3d, byVolume),
  ofInputGradient(depthwise, byChannel),
];
