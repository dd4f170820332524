import * as tf from "@tensorflow/tfjs";
import { repairEmptyReductions } from "../emptyReductions.ts";
import { replaceKernel } from "../replaceKernel.ts";
import { repairStridesOfVolumes } from "./beyondStride.ts";
import { convolutionKernels } from "./convolutionKernels.ts";
import { einsum } from "./einsum.ts";
import { repairIndexing } from "./indexKernels.ts";
import { imageConvolutions, repairPaddings } from "./paddings.ts";
import { repairNodeKernels } from "./nodeKernels.ts";
import { paddedPools, poolingKernels, repairAverages } from "./pooling.ts";
import { repairProducts } from "./productKernels.ts";
import { resizeKernels } from "./resize.ts";
import { type Convolution, padded, windowsOf } from "./windows.ts";

type Tensor = tf.Tensor;
type Inputs<Names extends string> = Record<Names, Tensor>;

/**
 * Kernels that a backend lacks, made of those it has, and better ones for some that it has.
 *
 * The wasm backend has no gradient of a filter, none of a depthwise convolution, no einsum and no sum over segments;
 * its gradient of the input of a convolution is a naive loop, ten times slower than the convolution itself, and in
 * three dimensions it is wrong. The einsum of the cpu backend refuses some sums and shares the memory of its operand.
 * wasm takes 0 for the maximum of negative entries of a volume, and cpu adds up gradients of maxima where none were.
 * Neither knows the gradient of an average of volumes at a border, or the axis of cumsum and cumprod counted from the
 * end, for which wasm writes beyond its memory. tfjs-node does not know that of gather, and refuses to convolve with a
 * padding in numbers. None knows half-pixel centres in the gradient of a resized image. Calling it again does nothing.
 */
export function completeKernels(backendName: string): void {
  for (const [kernelName, compute] of Object.entries(composed)) {
    if (tf.getKernel(kernelName, backendName) && !better[backendName]?.includes(kernelName)) continue;
    const kernelFunc: tf.KernelFunc = ({ inputs, attrs }) => tf.tidy(() => compute(inputs as never, attrs as never));
    replaceKernel(kernelName, backendName, compute, () => kernelFunc);
  }
  if (backendName === "cpu" || backendName === "wasm") {
    repairStridesOfVolumes(backendName);
    repairPaddings(backendName);
    repairAverages(backendName);
    repairEmptyReductions(backendName);
    repairProducts(backendName);
    repairIndexing(backendName);
  }
  if (backendName === "tensorflow") {
    for (const each of [...imageConvolutions, ...Object.keys(paddedPools)]) acceptNumbers(each, backendName);
    repairNodeKernels(backendName);
  }
  for (const kernelName of ["Cumsum", "Cumprod", "GatherV2"]) {
    if (!tf.getKernel(kernelName, backendName)) continue;
    replaceKernel(
      kernelName,
      backendName,
      countedFromStart,
      stock => call => countedFromStart(stock as tf.KernelFunc, call),
    );
  }
}

function countedFromStart(stock: tf.KernelFunc, call: Parameters<tf.KernelFunc>[0]): ReturnType<tf.KernelFunc> {
  const { axis, ...others } = call.attrs as { axis: number };
  const [counted] = tf.util.parseAxisParam(axis, (call.inputs.x as tf.TensorInfo).shape) as [number];
  return stock({ ...call, attrs: { ...others, axis: counted } });
}

const ofVolumes = ["Conv3DBackpropFilterV2", "Conv3DBackpropInputV2", ...Object.keys(poolingKernels)];

/** The kernels of a backend that are composed here though it has them. */
const better: Record<string, string[]> = {
  cpu: ["Einsum", ...ofVolumes, ...Object.keys(resizeKernels)],
  wasm: ["Conv2DBackpropInput", ...ofVolumes, ...Object.keys(resizeKernels)],
  tensorflow: Object.keys(resizeKernels),
};

/** Gives a convolution or a pool that knows the paddings "same" and "valid" those in numbers. */
function acceptNumbers(kernelName: string, backendName: string): void {
  const compute = composed[kernelName] ?? paddedFirst[kernelName];
  replaceKernel(kernelName, backendName, acceptNumbers, stock => call => {
    const { pad, dataFormat } = call.attrs as unknown as Convolution;
    if (!compute || typeof pad === "string" || dataFormat === "NCHW") return (stock as tf.KernelFunc)(call);
    return tf.tidy(() => compute(call.inputs as never, call.attrs as never));
  });
}

/** The zeros laid around the images, and the convolution or the pool without any. */
const paddedFirst: Record<string, (inputs: never, attributes: never) => Tensor> = {
  ...paddedPools,

  Conv2D({ x, filter }: Inputs<"x" | "filter">, attributes: Convolution) {
    const [images, w] = [withZeros(x, filter, attributes), filter as tf.Tensor4D];
    return tf.conv2d(images, w, attributes.strides, "valid", "NHWC", attributes.dilations);
  },

  DepthwiseConv2dNative({ x, filter }: Inputs<"x" | "filter">, attributes: Convolution) {
    const [images, w] = [withZeros(x, filter, attributes), filter as tf.Tensor4D];
    return tf.depthwiseConv2d(images, w, attributes.strides, "valid", "NHWC", attributes.dilations);
  },
};

function withZeros(
  x: Tensor,
  filter: Tensor,
  { strides, pad, dimRoundingMode, dilations = 1 }: Convolution,
): tf.Tensor4D {
  const rates = typeof dilations === "number" ? [dilations, dilations] : dilations;
  const reach = (axis: 0 | 1) => ((filter.shape[axis] as number) - 1) * (rates[axis] as number) + 1;
  return padded(windowsOf(x.shape, [reach(0), reach(1)], strides, pad, dimRoundingMode), x) as tf.Tensor4D;
}

const composed: Record<string, (inputs: never, attributes: never) => Tensor> = {
  ...convolutionKernels,
  ...poolingKernels,
  ...resizeKernels,

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
