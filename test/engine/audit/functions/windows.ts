import * as tf from "@tensorflow/tfjs";
import { type Calls, run } from "./call.ts";

/** With a padding by number, tfjs wants to know how lengths are rounded. */
const rounding = (pad: unknown) => (typeof pad === "number" ? "floor" : undefined);

type Laid = { strides: number[]; pad: string | number; dilations?: number[] };

const laid = ({ strides, pad, dilations }: Laid) => ({
  strides,
  pad,
  dimRoundingMode: rounding(pad),
  dataFormat: strides.length === 3 ? "NDHWC" : "NHWC",
  dilations: dilations ?? strides.map(() => 1),
});

/** The gradient of a pool as a kernel: from dy, the images being what they are. */
const poolGradient =
  (name: string): Calls[string] =>
  ([dy], { images, imageShape, size, ...attributes }) => {
    const input = tf.tensor(images, imageShape);
    const inputs = { dy, input, output: run(name, { x: input }, { filterSize: size, ...laid(attributes) }) };
    const { output: _, ...averaged } = inputs;
    return run(`${name}Grad`, name.startsWith("Max") ? inputs : averaged, { filterSize: size, ...laid(attributes) });
  };

const convolutionGradient =
  (name: string, first: string, second: string): Calls[string] =>
  ([a, b], { inputShape, filterShape, ...attributes }) =>
    run(name, { [first]: a, [second]: b }, { ...laid(attributes), inputShape, filterShape });

export const windows: Calls = {
  Conv2D: ([x, w], { strides, pad, dilations }) => tf.conv2d(x, w, strides, pad, "NHWC", dilations, rounding(pad)),
  FusedConv2D: ([x, filter, bias], attributes) =>
    tf.fused.conv2d({ x, filter, bias, ...laid(attributes), activation: "sigmoid" } as never),
  DepthwiseConv2dNative: ([x, w], { strides, pad, dilations }) =>
    tf.depthwiseConv2d(x, w, strides, pad, "NHWC", dilations, rounding(pad)),
  FusedDepthwiseConv2D: ([x, filter, bias], attributes) =>
    tf.fused.depthwiseConv2d({ x, filter, bias, ...laid(attributes), activation: "relu" } as never),
  Conv2DBackpropInput: convolutionGradient("Conv2DBackpropInput", "dy", "filter"),
  Conv2DBackpropFilter: convolutionGradient("Conv2DBackpropFilter", "x", "dy"),
  DepthwiseConv2dNativeBackpropInput: convolutionGradient("DepthwiseConv2dNativeBackpropInput", "dy", "filter"),
  DepthwiseConv2dNativeBackpropFilter: convolutionGradient("DepthwiseConv2dNativeBackpropFilter", "x", "dy"),
  Conv3D: ([x, w], { strides, pad, dilations = 1 }) => tf.conv3d(x, w, strides, pad, "NDHWC", dilations),
  Conv3DBackpropInputV2: convolutionGradient("Conv3DBackpropInputV2", "dy", "filter"),
  Conv3DBackpropFilterV2: convolutionGradient("Conv3DBackpropFilterV2", "x", "dy"),
  AvgPool: ([x], { size, strides, pad }) => tf.avgPool(x, size, strides, pad, rounding(pad)),
  MaxPool: ([x], { size, strides, pad }) => tf.maxPool(x, size, strides, pad, rounding(pad)),
  AvgPool3D: ([x], { size, strides, pad }) => tf.avgPool3d(x, size, strides, pad),
  MaxPool3D: ([x], { size, strides, pad }) => tf.maxPool3d(x, size, strides, pad),
  AvgPoolGrad: poolGradient("AvgPool"),
  MaxPoolGrad: poolGradient("MaxPool"),
  AvgPool3DGrad: poolGradient("AvgPool3D"),
  MaxPool3DGrad: poolGradient("MaxPool3D"),
};
