import { binary, cast, reshape, sizeOf, type Value } from "../../onnx/index.ts";
import { kernel, type Kernels } from "../kernel.ts";
import { channelsFirst, channelsLast, type ConvolutionAttributes, convolutionInfo } from "./convolutionLayout.ts";
import { depthwiseInputGradient } from "./depthwise.ts";

interface Pooling extends ConvolutionAttributes {
  filterSize: number | [number, number];
}

export const pooling: Kernels = {
  AvgPool: kernel<"x", Pooling>(({ x }, attributes) => channelsLast(pool("AveragePool", x, attributes, "float32"))),
  /** Each window gives an equal share to each of its pixels. */
  AvgPoolGrad: kernel<"dy" | "input", Pooling>(({ dy, input }, attributes, graph) => {
    const share = binary("Div", dy, pixelsInWindows(input, attributes));
    return depthwiseInputGradient(
      share,
      graph.fill(1, windowShape(input, attributes), "float32"),
      input.shape,
      attributes,
    );
  }),
  MaxPool: kernel<"x", Pooling>(({ x }, attributes) =>
    cast(channelsLast(pool("MaxPool", cast(x, "float32"), attributes, "float32")), x.dtype),
  ),
  /** Each window gives all to the first of its largest pixels, whose position in the images is MaxPool's second output. */
  MaxPoolGrad: kernel<"dy" | "input", Pooling>(({ dy, input }, attributes, graph) => {
    const size = [sizeOf(input.shape)];
    const count = [sizeOf(dy.shape)];
    const positions = reshape(pool("MaxPool:1", input, attributes, "int64"), count);
    const inputs = [graph.fill(0, size, "float32"), positions, reshape(channelsFirst(dy), count)];
    const dx = graph.node("ScatterElements", inputs, size, "float32", { reduction: "add", axis: 0 });
    return channelsLast(reshape(dx, channelsFirst(input).shape));
  }),
};

/** One number for each window of each channel: [batch, channels, height, width]. */
function pool(operator: string, x: Value, attributes: Pooling, dtype: "float32" | "int64"): Value {
  const window = windowShape(x, attributes);
  const info = convolutionInfo(x.shape, window, attributes, true);
  const shape = [info.batchSize, info.inChannels, info.outHeight, info.outWidth];
  return x.graph.node(operator, [channelsFirst(x)], shape, dtype, {
    kernel_shape: window.slice(0, 2),
    pads: info.pads,
    strides: [info.strideHeight, info.strideWidth],
  });
}

/** The windows as filters of a depthwise convolution. */
function windowShape({ shape }: Value, { filterSize }: Pooling): [number, number, number, number] {
  const [height, width] = typeof filterSize === "number" ? [filterSize, filterSize] : filterSize;
  return [height, width, shape[3] as number, 1];
}

/** How many pixels of the images are in each window: fewer at the borders. [1, height, width, 1] */
function pixelsInWindows(x: Value, attributes: Pooling): Value {
  const info = convolutionInfo(x.shape, windowShape(x, attributes), attributes, true);
  const along = (out: number, stride: number, length: number, before: number, limit: number) =>
    Array.from({ length: out }, (_, i) => {
      const start = i * stride - before;
      return Math.min(start + length, limit) - Math.max(start, 0);
    });
  const rows = along(info.outHeight, info.strideHeight, info.filterHeight, info.pads[0], info.inHeight);
  const columns = along(info.outWidth, info.strideWidth, info.filterWidth, info.pads[1], info.inWidth);
  const counts = rows.flatMap(height => columns.map(width => height * width));
  return x.graph.constant(counts, [1, rows.length, columns.length, 1], "float32");
}
