import { binary, cast, reshape, sizeOf, type Value } from "../../onnx/index.ts";
import { kernel, type Kernels } from "../kernel.ts";
import { type ConvolutionAttributes, convolutionInfo } from "./convolutionLayout.ts";
import { depthwiseInputGradient } from "./depthwise.ts";
import { channelsAfterSpace, channelsBeforeSpace, type Laid, laid } from "./volumes.ts";

interface Pooling extends Laid {
  filterSize: number | number[];
}

type Pooling2D = Pooling & ConvolutionAttributes & { filterSize: number | [number, number] };

const averages = kernel<"x", Pooling>(({ x }, attributes) =>
  channelsAfterSpace(pool("AveragePool", cast(x, "float32"), attributes, "float32")),
);

const maxima = kernel<"x", Pooling>(({ x }, attributes) =>
  cast(channelsAfterSpace(pool("MaxPool", cast(x, "float32"), attributes, "float32")), x.dtype),
);

/** Each window gives all to the first of its largest pixels, whose position in the images is MaxPool's second output. */
const gradientOfMaxima = kernel<"dy" | "input", Pooling>(({ dy, input }, attributes, graph) => {
  const size = [sizeOf(input.shape)];
  const count = [sizeOf(dy.shape)];
  const positions = reshape(pool("MaxPool:1", input, attributes, "int64"), count);
  const inputs = [graph.fill(0, size, "float32"), positions, reshape(channelsBeforeSpace(dy), count)];
  const dx = graph.node("ScatterElements", inputs, size, "float32", { reduction: "add", axis: 0 });
  return channelsAfterSpace(reshape(dx, channelsBeforeSpace(input).shape));
});

/** The gradient of averages of volumes is made of other kernels. */
export const pooling: Kernels = {
  AvgPool: averages,
  AvgPool3D: averages,
  /** Each window gives an equal share to each of its pixels. */
  AvgPoolGrad: kernel<"dy" | "input", Pooling2D>(({ dy, input }, attributes, graph) => {
    const share = binary("Div", dy, pixelsInWindows(input, attributes));
    return depthwiseInputGradient(
      share,
      graph.fill(1, windowShape(input, attributes), "float32"),
      input.shape,
      attributes,
    );
  }),
  MaxPool: maxima,
  MaxPool3D: maxima,
  MaxPoolGrad: gradientOfMaxima,
  MaxPool3DGrad: gradientOfMaxima,
};

/** One number for each window of each channel: [batch, channels, …space]. */
function pool(operator: string, x: Value, attributes: Pooling, dtype: "float32" | "int64"): Value {
  const { filterSize } = attributes;
  const cells = typeof filterSize === "number" ? x.shape.slice(2).map(() => filterSize) : filterSize;
  const { out, attributes: node } = laid(x.shape, cells, attributes);
  const { dilations: _, ...others } = node;
  const shape = [x.shape[0] as number, x.shape.at(-1) as number, ...out];
  return x.graph.node(operator, [channelsBeforeSpace(x)], shape, dtype, others);
}

/** The windows as filters of a depthwise convolution. */
function windowShape({ shape }: Value, { filterSize }: Pooling2D): [number, number, number, number] {
  const [height, width] = typeof filterSize === "number" ? [filterSize, filterSize] : filterSize;
  return [height, width, shape[3] as number, 1];
}

/** How many pixels of the images are in each window: fewer at the borders. [1, height, width, 1] */
function pixelsInWindows(x: Value, attributes: Pooling2D): Value {
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
