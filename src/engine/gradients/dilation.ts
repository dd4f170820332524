import * as tf from "@tensorflow/tfjs";
import { runKernel } from "./gradient.ts";

type Tensor = tf.Tensor;
type Pair = [number, number];

/** The kernels for the two gradients of a convolution: of its input, and of its filter. */
export interface Kind {
  input: string;
  filter: string;
}

interface Dilated {
  dilations: Pair;
  pad: "same" | "valid" | number | tf.backend_util.ExplicitPadding;
  dataFormat?: "NHWC" | "NCHW";
  dimRoundingMode?: "floor" | "round" | "ceil";
}

/**
 * `conv(x, w, d) = merge(conv(split(x), w, 1))`, where split takes every d-th row and column to an image of its own.
 *
 * A filter of dilation d only ever joins pixels that are d apart, so the d² images do not meet, and the gradients
 * of the undilated convolution serve. They cost what they would without dilation.
 */
export function dilatedGradients(kind: Kind, dy: Tensor, x: Tensor, filter: Tensor, attributes: Dilated) {
  const { dilations, pad, dataFormat = "NHWC", dimRoundingMode } = attributes;
  if (dataFormat !== "NHWC") {
    throw new Error(
      `conv2d gradient: dataFormat must be NHWC with a dilation, but got ${dataFormat}; transpose the images.`,
    );
  }
  const [batch, height, width] = x.shape as [number, number, number];
  const [rows, columns] = filter.shape as Pair;
  const shape4d = x.shape as [number, number, number, number];
  const filterShape = filter.shape as [number, number, number, number];
  // Depthwise or not makes no difference to the padding; told that it is, it does not compare the channels.
  const { top, left } = tf.backend_util.computeConv2DInfo(
    shape4d,
    filterShape,
    1,
    dilations,
    pad,
    dimRoundingMode,
    true,
  ).padInfo;
  const [outHeight, outWidth] = dy.shape.slice(1) as Pair;
  const inner: Pair = [
    Math.ceil(outHeight / dilations[0]) + rows - 1,
    Math.ceil(outWidth / dilations[1]) + columns - 1,
  ];
  const padded: Pair = [inner[0] * dilations[0], inner[1] * dilations[1]];

  const images = () => split(placed(x, [top, left], padded), dilations);
  const outer: Pair = [(inner[0] - rows + 1) * dilations[0], (inner[1] - columns + 1) * dilations[1]];
  const dImages = split(placed(dy, [0, 0], outer), dilations);
  const common = { strides: [1, 1], pad: "valid", dataFormat, dilations: [1, 1] };
  return {
    x: () => {
      const inputShape = [batch * dilations[0] * dilations[1], ...inner, x.shape[3] as number];
      const merged = merge(runKernel(kind.input, { dy: dImages, filter }, { ...common, inputShape }), dilations);
      return placed(merged, [-top, -left], [height, width]);
    },
    filter: () => runKernel(kind.filter, { x: images(), dy: dImages }, { ...common, filterShape }),
  };
}

/** Images of another size, with the given number of rows and columns of zeros before, or cut where it is negative. */
function placed(x: Tensor, before: Pair, size: Pair): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const own: Pair = [height, width];
  const cut = before.map(n => Math.max(0, -n)) as Pair;
  const margin = before.map(n => Math.max(0, n)) as Pair;
  const kept = own.map((n, i) => Math.min(n - (cut[i] as number), (size[i] as number) - (margin[i] as number))) as Pair;
  const after = size.map((n, i) => n - (margin[i] as number) - (kept[i] as number)) as Pair;
  return x.slice([0, ...cut, 0], [batch, ...kept, channels]).pad([
    [0, 0],
    [margin[0], after[0]],
    [margin[1], after[1]],
    [0, 0],
  ]);
}

/** [batch, rows · d, columns · d, channels] -> [d · d · batch, rows, columns, channels] */
function split(x: Tensor, [down, across]: Pair): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  return x
    .reshape([batch, height / down, down, width / across, across, channels])
    .transpose([2, 4, 0, 1, 3, 5])
    .reshape([down * across * batch, height / down, width / across, channels]);
}

/** [d · d · batch, rows, columns, channels] -> [batch, rows · d, columns · d, channels] */
function merge(x: Tensor, [down, across]: Pair): Tensor {
  const [images, rows, columns, channels] = x.shape as [number, number, number, number];
  const batch = images / (down * across);
  return x
    .reshape([down, across, batch, rows, columns, channels])
    .transpose([2, 3, 0, 4, 1, 5])
    .reshape([batch, rows * down, columns * across, channels]);
}
