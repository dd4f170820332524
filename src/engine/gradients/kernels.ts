import * as tf from "@tensorflow/tfjs";
import { einsum } from "./einsum.ts";
import { placedAt } from "./slices.ts";
import { cellsOf, over, padded, under, windowsOf } from "./windows.ts";

type Tensor = tf.Tensor;
type Inputs<Names extends string> = Record<Names, Tensor>;
type Convolution = {
  strides: number | [number, number];
  pad: "same" | "valid" | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: "floor" | "round" | "ceil";
  dataFormat?: "NHWC" | "NCHW";
  inputShape: number[];
  filterShape: [number, number, number, number];
};

/**
 * Kernels that a backend lacks, made of those it has, and better ones for some that it has.
 *
 * The wasm backend has no gradient of a filter, none of a depthwise convolution, no einsum and no sum over segments;
 * its gradient of the input of a convolution is a naive loop, ten times slower than the convolution itself. The
 * einsum of the cpu backend refuses some sums and shares the memory of its operand. Neither counts the axis of cumsum
 * and cumprod from the end, for which wasm writes beyond its memory; nor does tfjs-node that of gather, and it refuses
 * to convolve with a padding in numbers. Calling it again does nothing.
 */
export function completeKernels(backendName: string): void {
  for (const [kernelName, compute] of Object.entries(composed)) {
    if (tf.getKernel(kernelName, backendName) && !better[backendName]?.includes(kernelName)) continue;
    replaceKernel(kernelName, backendName, ({ inputs, attrs }) =>
      tf.tidy(() => compute(inputs as never, attrs as never)),
    );
  }
  if (backendName === "tensorflow") for (const kernelName of convolutions) acceptNumbers(kernelName, backendName);
  for (const kernelName of ["Cumsum", "Cumprod", "GatherV2"]) {
    const stock = tf.getKernel(kernelName, backendName)?.kernelFunc;
    if (!stock) continue;
    replaceKernel(kernelName, backendName, call => {
      const { axis, ...others } = call.attrs as { axis: number };
      const [counted] = tf.util.parseAxisParam(axis, (call.inputs.x as tf.TensorInfo).shape) as [number];
      return stock({ ...call, attrs: { ...others, axis: counted } });
    });
  }
}

/** The kernels of a backend that are composed here though it has them. */
const better: Record<string, string[]> = { cpu: ["Einsum"], wasm: ["Conv2DBackpropInput"] };

const convolutions = [
  "Conv2D",
  "Conv2DBackpropFilter",
  "Conv2DBackpropInput",
  "DepthwiseConv2dNative",
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
];

/** Gives a convolution that knows the paddings "same" and "valid" those in numbers. */
function acceptNumbers(kernelName: string, backendName: string): void {
  const stock = tf.getKernel(kernelName, backendName).kernelFunc;
  const compute = composed[kernelName] ?? paddedFirst[kernelName];
  replaceKernel(kernelName, backendName, call => {
    const { pad, dataFormat } = call.attrs as unknown as Convolution;
    if (!compute || typeof pad === "string" || dataFormat === "NCHW") return stock(call);
    return tf.tidy(() => compute(call.inputs as never, call.attrs as never));
  });
}

const replaced = new WeakSet<tf.KernelFunc>();

/** Registers a kernel in the place of the backend's own, unless that has been done. */
function replaceKernel(kernelName: string, backendName: string, kernelFunc: tf.KernelFunc): void {
  const stock = tf.getKernel(kernelName, backendName);
  if (stock && replaced.has(stock.kernelFunc)) return;
  if (stock) tf.unregisterKernel(kernelName, backendName);
  replaced.add(kernelFunc);
  tf.registerKernel({ ...stock, kernelName, backendName, kernelFunc });
}

type Dilated = Convolution & { dilations?: number | [number, number] };

/** The zeros laid around the images, and the convolution without any. */
const paddedFirst: Record<string, (inputs: never, attributes: never) => Tensor> = {
  Conv2D({ x, filter }: Inputs<"x" | "filter">, attributes: Dilated) {
    const [images, w] = [withZeros(x, filter, attributes), filter as tf.Tensor4D];
    return tf.conv2d(images, w, attributes.strides, "valid", "NHWC", attributes.dilations);
  },

  DepthwiseConv2dNative({ x, filter }: Inputs<"x" | "filter">, attributes: Dilated) {
    const [images, w] = [withZeros(x, filter, attributes), filter as tf.Tensor4D];
    return tf.depthwiseConv2d(images, w, attributes.strides, "valid", "NHWC", attributes.dilations);
  },
};

function withZeros(x: Tensor, filter: Tensor, { strides, pad, dimRoundingMode, dilations = 1 }: Dilated): tf.Tensor4D {
  const rates = typeof dilations === "number" ? [dilations, dilations] : dilations;
  const reach = (axis: 0 | 1) => ((filter.shape[axis] as number) - 1) * (rates[axis] as number) + 1;
  return padded(windowsOf(x.shape, [reach(0), reach(1)], strides, pad, dimRoundingMode), x) as tf.Tensor4D;
}

const composed: Record<string, (inputs: never, attributes: never) => Tensor> = {
  /**
   * `dw = conv(xᵀ, dyᵀ)`, with the batch in the place of the channels: dy is laid over x as a filter as large as the
   * result, and its stride becomes the dilation.
   */
  Conv2DBackpropFilter({ x, dy }: Inputs<"x" | "dy">, { strides, pad, dimRoundingMode, filterShape }: Convolution) {
    const [rows, columns, channels, filters] = filterShape;
    const windows = windowsOf(x.shape, [rows, columns], strides, pad, dimRoundingMode);
    const images = padded(windows, x).transpose([3, 1, 2, 0]) as tf.Tensor4D;
    const dImages = dy.transpose([1, 2, 0, 3]) as tf.Tensor4D;
    const dw = tf.conv2d(images, dImages, 1, "valid", "NHWC", windows.strides);
    return dw.slice([0, 0, 0, 0], [channels, rows, columns, filters]).transpose([1, 2, 0, 3]);
  },

  /** `dx = conv(dy, w turned round)`, where dy has zeros between its entries as the stride has it, and around them. */
  Conv2DBackpropInput(
    { dy, filter }: Inputs<"dy" | "filter">,
    { strides, pad, dimRoundingMode, inputShape }: Convolution,
  ) {
    const [rows, columns, , filters] = filter.shape as [number, number, number, number];
    const windows = windowsOf(inputShape, [rows, columns], strides, pad, dimRoundingMode);
    const around = [dy.shape[0] as number, windows.padded[0] + rows - 1, windows.padded[1] + columns - 1, filters];
    const steps = { begin: [0, rows - 1, columns - 1, 0], strides: [1, ...windows.strides, 1] };
    const turned = filter.reverse([0, 1]).transpose([0, 1, 3, 2]) as tf.Tensor4D;
    const dx = tf.conv2d(placedAt(steps, around, dy) as tf.Tensor4D, turned, 1, "valid");
    return dx.slice([0, ...windows.before, 0], inputShape);
  },

  /** `dw[r] = Σ_p x[stride · p + r] dy[p]`, channel by channel. */
  DepthwiseConv2dNativeBackpropFilter(
    { x, dy }: Inputs<"x" | "dy">,
    { strides, pad, dimRoundingMode, filterShape }: Convolution,
  ) {
    const [rows, columns, channels, multiplier] = filterShape;
    const windows = windowsOf(x.shape, [rows, columns], strides, pad, dimRoundingMode);
    const images = padded(windows, x);
    const byChannel = dy.reshape([-1, channels, multiplier]);
    const cells = cellsOf(windows).map(cell =>
      under(windows, cell, images).reshape([-1, channels, 1]).mul(byChannel).sum(0),
    );
    return tf.stack(cells).reshape(filterShape);
  },

  /** `dx = Σ_r dy[(· − r) / stride] w[r]`, channel by channel. */
  DepthwiseConv2dNativeBackpropInput(
    { dy, filter }: Inputs<"dy" | "filter">,
    { strides, pad, dimRoundingMode, inputShape }: Convolution,
  ) {
    const [rows, columns, channels, multiplier] = filter.shape as [number, number, number, number];
    const windows = windowsOf(inputShape, [rows, columns], strides, pad, dimRoundingMode);
    const places = dy.shape.slice(0, 3) as [number, number, number];
    const byChannel = dy.reshape([-1, channels, multiplier]);
    const cells = cellsOf(windows).map(([row, column]) => {
      const weights = filter.slice([row, column], [1, 1]).reshape([channels, multiplier]);
      const y = byChannel
        .mul(weights)
        .sum(2)
        .reshape([...places, channels]);
      return over(windows, [row, column], y, inputShape);
    });
    return tf.addN(cells);
  },

  /** `y[s] = Σ x[j]` over the j with `segmentIds[j] = s`; a negative id belongs to no segment. */
  UnsortedSegmentSum({ x, segmentIds }: Inputs<"x" | "segmentIds">, { numSegments }: { numSegments: number }) {
    const rows = x.reshape([segmentIds.size, -1]);
    // Row 0 takes in what belongs to no segment.
    const places = segmentIds.maximum(tf.scalar(-1, "int32")).add(tf.scalar(1, "int32")).reshape([-1, 1]);
    const sums = tf.scatterND(places, rows, [numSegments + 1, rows.shape[1] as number]);
    return sums.slice([1, 0]).reshape([numSegments, ...x.shape.slice(segmentIds.rank)]);
  },

  /** `Y = Σ A B`; a tensor of its own even where it is only A. */
  Einsum(inputs: Record<string, Tensor>, { equation }: { equation: string }) {
    return einsum(equation, Object.values(inputs)).clone();
  },
};
