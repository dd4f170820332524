import * as tf from "@tensorflow/tfjs";
import { type Repair, replaceKernel } from "../replaceKernel.ts";
import { type Convolution, windowsOf } from "./windows.ts";

type Tensor = tf.Tensor;

interface Fused extends Convolution {
  activation?: "linear" | "relu" | "relu6" | "elu" | "sigmoid" | "leakyrelu" | "prelu";
  leakyreluAlpha?: number;
}

/**
 * What TensorFlow's native kernels refuse or have wrong, made of others.
 *
 * They add up the rows of a long matrix one after the other in float32, so that the mean of 1e5 times 0.3 is 0.30028;
 * give no images the wrong number of channels; and refuse a padding in numbers where a convolution is fused with its
 * bias and activation. Calling it again does nothing.
 */
export function repairNodeKernels(backendName: string): void {
  for (const name of ["Sum", "Mean"]) replaceKernel(name, backendName, repairNodeKernels, alongRuns);
  replaceKernel(
    "Conv2D",
    backendName,
    repairNodeKernels,
    ofSome(([, , , made = 0]) => made),
  );
  replaceKernel(
    "DepthwiseConv2dNative",
    backendName,
    repairNodeKernels,
    ofSome(([, , channels = 0, made = 0]) => channels * made),
  );
  replaceKernel("Conv3D", backendName, repairNodeKernels, undilated);
  replaceKernel("FusedConv2D", backendName, repairNodeKernels, unfused(tf.conv2d));
  replaceKernel("FusedDepthwiseConv2D", backendName, repairNodeKernels, unfused(tf.depthwiseConv2d));
}

/** Sums over long axes that are not the last: those are brought last, where runs are added up in blocks. */
const alongRuns: Repair = stock => call => {
  const { x } = call.inputs as { x: Tensor };
  const { axis, keepDims } = call.attrs as unknown as { axis: number | number[]; keepDims?: boolean };
  const axes = tf.util.parseAxisParam(axis, x.shape);
  const count = tf.util.sizeFromShape(axes.map(i => x.shape[i] as number));
  const others = x.shape.flatMap((_, i) => (axes.includes(i) ? [] : [i]));
  const isLast = others.every((place, i) => place === i);
  if (x.dtype !== "float32" || isLast || count <= LONG) return (stock as tf.KernelFunc)(call);
  return tf.tidy(() => {
    const rows = x.transpose([...others, ...axes]).reshape([-1, count]);
    const reduced = (stock as tf.KernelFunc)({
      ...call,
      inputs: { x: rows },
      attrs: { axis: [1], keepDims: false },
    }) as tf.TensorInfo;
    const shape = x.shape.flatMap((length, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [length]));
    return tf.engine().makeTensorFromTensorInfo(reduced).reshape(shape);
  });
};

/** Entries in one sum that are added up well enough in any order. */
const LONG = 256;

/** A convolution of no images is none, of as many channels as the filter makes. */
const ofSome =
  (channelsOf: (filter: readonly number[]) => number): Repair =>
  stock =>
  call => {
    const { x, filter } = call.inputs as { x: Tensor; filter: Tensor };
    const { strides, pad, dataFormat, dimRoundingMode, dilations = 1 } = call.attrs as unknown as Convolution;
    if (x.shape[0] !== 0 || dataFormat === "NCHW") return (stock as tf.KernelFunc)(call);
    const rates = typeof dilations === "number" ? [dilations, dilations] : dilations;
    const reach = rates.map((rate, axis) => ((filter.shape[axis] as number) - 1) * rate + 1);
    const { out } = windowsOf(x.shape, reach, strides, pad, dimRoundingMode);
    return tf.zeros([0, ...out, channelsOf(filter.shape)]);
  };

/** TensorFlow's own words do not say which kernel cannot do it. */
const undilated: Repair = stock => call => {
  const { dilations = 1 } = call.attrs as unknown as { dilations?: number | number[] };
  if ([dilations].flat().every(rate => rate === 1)) return (stock as tf.KernelFunc)(call);
  throw new RangeError(
    `Conv3D: dilations must be 1 on tfjs-node, but got ${dilations}; use wasm, or convolve slices with conv2d.`,
  );
};

/** Convolution, bias and activation one after the other, where TensorFlow cannot do them at once. */
const unfused =
  (convolve: typeof tf.conv2d | typeof tf.depthwiseConv2d): Repair =>
  stock =>
  call => {
    const { x, filter, bias, preluActivationWeights: slopes } = call.inputs as Record<string, Tensor>;
    const attributes = call.attrs as unknown as Fused;
    const { strides, pad, dataFormat, dilations, dimRoundingMode } = attributes;
    if (dataFormat === "NCHW" || (typeof pad === "string" && x?.shape[0] !== 0)) {
      return (stock as tf.KernelFunc)(call);
    }
    return tf.tidy(() => {
      const images = x as tf.Tensor4D;
      const made = convolve(images, filter as tf.Tensor4D, strides, pad, "NHWC", dilations, dimRoundingMode);
      return activated(bias ? made.add(bias) : made, attributes, slopes);
    });
  };

function activated(x: Tensor, { activation, leakyreluAlpha }: Fused, slopes: Tensor | undefined): Tensor {
  switch (activation) {
    case "leakyrelu":
      return x.leakyRelu(leakyreluAlpha ?? 0.2);
    case "prelu":
      return x.prelu(slopes as Tensor);
    case "relu":
    case "relu6":
    case "elu":
    case "sigmoid":
      return x[activation]();
    default:
      return x;
  }
}
