import * as tf from "@tensorflow/tfjs";
import { forward, type KernelCase, of, run, type Shapes, type Tensor } from "./case.ts";

type Pair = [number, number];
type Padding = "same" | "valid" | number;

/** Images, filters of one size, and how these are laid over them. */
function windows(s: Shapes) {
  const pad = s.pick<Padding>("same", "valid", 1);
  const size: Pair = [s.pick(1, 2, 3), s.pick(2, 3)];
  const strides = s.pick<Pair>([1, 1], [2, 1], [2, 2]);
  const few = s.kind === "axes of length 1";
  const [height, width] = few ? size : [s.pick(4, 5, 6), s.pick(4, 5)];
  const channels = few ? 1 : s.pick(2, 3, 9);
  const batch = s.kind === "an empty axis" ? 0 : few ? 1 : 2;
  const x = s.floats([batch, height, width, channels], -1, 1);
  const common = { strides, pad, dataFormat: "NHWC", dilations: [1, 1], dimRoundingMode: rounding(pad) };
  return { x, size, channels, strides, pad, few, common };
}

/** With a padding by number, tfjs wants to know how lengths are rounded. */
const rounding = (pad: Padding) => (typeof pad === "number" ? ("floor" as const) : undefined);

type Convolution = (
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  strides: Pair,
  pad: Padding,
  dataFormat: "NHWC",
  dilations: Pair | number,
  rounding?: "floor",
) => Tensor;

/** A convolution, and its two gradients as kernels of their own. */
function convolution(kernel: string, gradients: string, convolve: Convolution, depthwise: boolean): KernelCase[] {
  const draw = (s: Shapes) => {
    const given = windows(s);
    const others = depthwise ? s.pick(1, 2) : given.few ? 1 : s.pick(2, 9);
    const filter = s.floats([...given.size, given.channels, others], -1, 1);
    const f = (x: tf.Tensor4D, w: tf.Tensor4D) =>
      convolve(x, w, given.strides, given.pad, "NHWC", 1, rounding(given.pad));
    const dy = s.floats(f(given.x as tf.Tensor4D, filter as tf.Tensor4D).shape, -1, 1);
    return { ...given, filter, f, dy };
  };
  return [
    of(kernel, s => {
      const { x, filter, f } = draw(s);
      return { f, inputs: [x, filter] };
    }),
    of(kernel, s => {
      const { x, filter, pad } = draw(s);
      const dilations = s.pick<Pair>([2, 2], [1, 2], [3, 1]);
      const f = (x: tf.Tensor4D, w: tf.Tensor4D) =>
        convolve(x, w, [1, 1], pad === "valid" ? "same" : pad, "NHWC", dilations, rounding(pad));
      return {
        f,
        inputs: [
          pad === 1
            ? x.pad([
                [0, 0],
                [4, 4],
                [4, 4],
                [0, 0],
              ])
            : x,
          filter,
        ],
      };
    }),
    of(`${gradients}Input`, s => {
      const { x, filter, dy, common } = draw(s);
      const attributes = { ...common, inputShape: x.shape };
      return {
        f: (dy: Tensor, w: Tensor) => run(`${gradients}Input`, { dy, filter: w }, attributes),
        inputs: [dy, filter],
      };
    }),
    of(`${gradients}Filter`, s => {
      const { x, filter, dy, common } = draw(s);
      const attributes = { ...common, filterShape: filter.shape };
      return { f: (x: Tensor, dy: Tensor) => run(`${gradients}Filter`, { x, dy }, attributes), inputs: [x, dy] };
    }),
  ];
}

const fused = (kernel: string, f: typeof tf.fused.conv2d, depthwise: boolean): KernelCase =>
  of(kernel, s => {
    const { x, size, channels, strides, pad } = windows(s);
    const outputs = depthwise ? channels : 2;
    const filter = s.floats([...size, channels, depthwise ? 1 : outputs]);
    const activation = s.pick("relu", "elu", "linear") as "relu";
    return {
      f: (x: tf.Tensor4D, filter: tf.Tensor4D, bias: tf.Tensor1D) =>
        f({ x, filter, bias, strides, pad, activation, dimRoundingMode: rounding(pad) as "floor" }),
      inputs: [x, filter, s.floats([outputs])],
    };
  });

const pool = (kernel: string, f: typeof tf.avgPool): KernelCase[] => [
  of(kernel, s => {
    const { x, size, strides, pad } = windows(s);
    const rows = typeof pad === "number" ? size.map(n => Math.max(n, 2)) : size;
    return { f: (x: tf.Tensor4D) => f(x, rows as Pair, strides, pad, rounding(pad)), inputs: [x] };
  }),
];

const resize = (kernel: string, f: typeof tf.image.resizeBilinear): KernelCase =>
  of(kernel, s => {
    const size: Pair = [s.pick(1, 3, 4, 8), s.pick(2, 5, 7)];
    const [align, half] = s.pick([false, false], [true, false], [false, true]) as [boolean, boolean];
    return { f: (x: tf.Tensor4D) => f(x, size, align, half), inputs: [s.floats(s.shapeEmptyAt(4, 0, 3))] };
  });

const resizeGradient = (kernel: string): KernelCase =>
  of(kernel, s => {
    const images = s.floats(s.shapeEmptyAt(4, 0, 3));
    const [batch, , , channels] = images.shape as [number, number, number, number];
    const [alignCorners, halfPixelCenters] = s.pick([false, false], [true, false], [false, true]);
    const dy = s.floats([batch, s.pick(1, 3, 8), s.pick(2, 5), channels]);
    return { f: (dy: Tensor) => run(kernel, { dy, images }, { alignCorners, halfPixelCenters }), inputs: [dy] };
  });

/** Radius, bias, α and β. */
const lrn = (s: Shapes) => [s.pick(0, 1, 5), s.pick(1, 2), s.pick(1, 0.3), s.pick(0.5, 1, 2)] as const;

export const imageCases: KernelCase[] = [
  ...convolution("Conv2D", "Conv2DBackprop", tf.conv2d as Convolution, false),
  ...convolution("DepthwiseConv2dNative", "DepthwiseConv2dNativeBackprop", tf.depthwiseConv2d as Convolution, true),
  of("Conv2D", s => {
    const inputs = [s.floats(s.shapeEmptyAt(3, 0).with(2, 2)), s.floats([s.pick(1, 2, 3), 2, 3])];
    const stride = s.pick(1, 2);
    return { f: (x: tf.Tensor3D, w: tf.Tensor3D) => tf.conv1d(x, w, stride, "same"), inputs };
  }),
  of("Conv2DBackpropInput", s => {
    const [batch, height, width] = s.shapeEmptyAt(3, 0) as [number, number, number];
    const stride = s.pick(1, 2);
    const outputs: [number, number, number, number] = [batch, height * stride, width * stride, 3];
    const f = (x: tf.Tensor4D, w: tf.Tensor4D) => tf.conv2dTranspose(x, w, outputs, stride, "same");
    return { f, inputs: [s.floats([batch, height, width, 2]), s.floats([3, s.pick(2, 3), 3, 2])] };
  }),
  fused("FusedConv2D", tf.fused.conv2d, false),
  fused("FusedDepthwiseConv2D", tf.fused.depthwiseConv2d as typeof tf.fused.conv2d, true),
  ...pool("AvgPool", tf.avgPool),
  ...pool("MaxPool", tf.maxPool as typeof tf.avgPool),
  of("AvgPoolGrad", s => {
    const { x, size, strides } = windows(s);
    const attributes = { filterSize: size, strides, pad: "valid" };
    const dy = s.floats(tf.avgPool(x as tf.Tensor4D, size, strides, "valid").shape);
    return { f: (dy: Tensor) => run("AvgPoolGrad", { dy, input: x }, attributes), inputs: [dy] };
  }),
  of("MaxPoolGrad", s => {
    const { x, size, strides, pad, common } = windows(s);
    // Whole numbers are equal now and then: the first of them counts.
    const input = s.pick(x, s.integers(x.shape, 3).toFloat());
    const output = tf.maxPool(input as tf.Tensor4D, size, strides, pad, rounding(pad));
    const f = (dy: Tensor) => run("MaxPoolGrad", { dy, input, output }, { ...common, filterSize: size });
    return { f, inputs: [s.floats(output.shape)] };
  }),
  resize("ResizeBilinear", tf.image.resizeBilinear),
  resizeGradient("ResizeBilinearGrad"),
  resize("ResizeNearestNeighbor", tf.image.resizeNearestNeighbor as typeof tf.image.resizeBilinear),
  resizeGradient("ResizeNearestNeighborGrad"),
  of("SpaceToBatchND", s => {
    const x = s.floats(s.shapeEmptyAt(4, 0, 3).with(1, 3).with(2, 4));
    const paddings = [s.pick<Pair>([0, 1], [1, 2]), s.pick<Pair>([0, 0], [1, 1])];
    return { f: (x: Tensor) => tf.spaceToBatchND(x, [2, 2], paddings), inputs: [x] };
  }),
  of("BatchToSpaceND", s => {
    const x = s.floats(s.shapeEmptyAt(4, 3).with(0, 4));
    const crops = [s.pick<Pair>([0, 0], [1, 0]), s.pick<Pair>([0, 0], [0, 1])];
    return { f: (x: Tensor) => tf.batchToSpaceND(x, [2, 2], crops), inputs: [x] };
  }),
  of("LRN", s => {
    const [radius, bias, alpha, beta] = lrn(s);
    const f = (x: tf.Tensor4D) => tf.localResponseNormalization(x, radius, bias, alpha, beta);
    return { f, inputs: [s.floats(s.shape(4))] };
  }),
  forward("LRNGrad", s => {
    const [depthRadius, bias, alpha, beta] = lrn(s);
    const shape = s.shape(4);
    const f = (x: Tensor, y: Tensor, dy: Tensor) => run("LRNGrad", { x, y, dy }, { depthRadius, bias, alpha, beta });
    return { f, inputs: [s.floats(shape), s.floats(shape), s.floats(shape)] };
  }),
  of("DepthToSpace", s => ({
    f: (x: tf.Tensor4D) => tf.depthToSpace(x, 2),
    inputs: [s.floats(s.shapeEmptyAt(4, 0).with(3, s.pick(4, 8)))],
  })),
];
