import * as tf from "@tensorflow/tfjs";
import { placedAt } from "./slices.ts";
import { cellsOf, over, type Padding, padded, under, windowsOf } from "./windows.ts";

type Tensor = tf.Tensor;
type Inputs<Names extends string> = Record<Names, Tensor>;

interface Convolution {
  strides: number | number[];
  pad: Padding;
  dimRoundingMode?: "floor" | "round" | "ceil";
  inputShape: number[];
  filterShape: number[];
}

/** A convolution without padding, in two dimensions or in three. */
function convolve(x: Tensor, filter: Tensor, dilations: number | number[]): Tensor {
  return x.rank === 4
    ? tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 1, "valid", "NHWC", dilations as [number, number])
    : tf.conv3d(x as tf.Tensor5D, filter as tf.Tensor5D, 1, "valid", "NDHWC", dilations as [number, number, number]);
}

/** The axes of space: all but the first and the last. */
const spaceOf = (x: Tensor): number[] => x.shape.slice(1, -1).map((_, axis) => axis + 1);

/**
 * `dw = conv(xᵀ, dyᵀ)`, with the batch in the place of the channels: dy is laid over x as a filter as large as the
 * result, and its stride becomes the dilation.
 */
function filterGradient(
  { x, dy }: Inputs<"x" | "dy">,
  { strides, pad, dimRoundingMode, filterShape }: Convolution,
): Tensor {
  const [channels, filters] = filterShape.slice(-2) as [number, number];
  const cells = filterShape.slice(0, -2);
  const windows = windowsOf(x.shape, cells, strides, pad, dimRoundingMode);
  const space = spaceOf(x);
  const images = padded(windows, x).transpose([x.rank - 1, ...space, 0]);
  const dImages = dy.transpose([...space, 0, x.rank - 1]);
  const dw = convolve(images, dImages, windows.strides);
  return dw
    .slice(
      dw.shape.map(() => 0),
      [channels, ...cells, filters],
    )
    .transpose([...space, 0, x.rank - 1]);
}

/** `dx = conv(dy, w turned round)`, where dy has zeros between its entries as the stride has it, and around them. */
function inputGradient(
  { dy, filter }: Inputs<"dy" | "filter">,
  { strides, pad, dimRoundingMode, inputShape }: Convolution,
): Tensor {
  const cells = filter.shape.slice(0, -2);
  const windows = windowsOf(inputShape, cells, strides, pad, dimRoundingMode);
  const lengths = windows.padded.map((length, axis) => length + (cells[axis] as number) - 1);
  const around = [dy.shape[0] as number, ...lengths, filter.shape.at(-1) as number];
  const steps = { begin: [0, ...cells.map(length => length - 1), 0], strides: [1, ...windows.strides, 1] };
  const space = [...cells.keys()];
  const turned = filter.reverse(space).transpose([...space, filter.rank - 1, filter.rank - 2]);
  const dx = convolve(placedAt(steps, around, dy), turned, 1);
  return dx.slice([0, ...windows.before, 0], inputShape);
}

/** The gradients of convolutions as kernels, made of other kernels. */
export const convolutionKernels = {
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  Conv3DBackpropFilterV2: filterGradient,
  Conv3DBackpropInputV2: inputGradient,

  /** `dw[r] = Σ_p x[stride · p + r] dy[p]`, channel by channel. */
  DepthwiseConv2dNativeBackpropFilter(
    { x, dy }: Inputs<"x" | "dy">,
    { strides, pad, dimRoundingMode, filterShape }: Convolution,
  ) {
    const [rows, columns, channels, multiplier] = filterShape as [number, number, number, number];
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
    const cells = cellsOf(windows).map(cell => {
      const weights = filter.slice(cell, [1, 1]).reshape([channels, multiplier]);
      const y = byChannel
        .mul(weights)
        .sum(2)
        .reshape([...places, channels]);
      return over(windows, cell, y, inputShape);
    });
    return tf.addN(cells);
  },
};
