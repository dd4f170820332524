import * as tf from "@tensorflow/tfjs";
import { type KernelCase, of, run, type Shapes, type Tensor } from "./case.ts";

type Triple = [number, number, number];

/** Volumes, filters of one size, and how these are laid over them. */
function windows(s: Shapes) {
  const pad = s.pick<"same" | "valid">("same", "valid");
  const size: Triple = [s.pick(1, 2), s.pick(2, 3), s.pick(1, 2)];
  const strides = s.pick<Triple>([1, 1, 1], [1, 2, 3]);
  const few = s.kind === "axes of length 1";
  const lengths = few ? size : [s.pick(2, 3), s.pick(3, 5), s.pick(3, 4)];
  const batch = s.kind === "an empty axis" ? 0 : few ? 1 : 2;
  const x = s.floats([batch, ...lengths, few ? 1 : 2]);
  return { x, size, strides, pad };
}

const pool = (kernel: "AvgPool3D" | "MaxPool3D", f: typeof tf.avgPool3d): KernelCase[] => [
  of(kernel, s => {
    const { x, size, strides, pad } = windows(s);
    return { f: (x: tf.Tensor5D) => f(x, size, strides, pad), inputs: [x] };
  }),
  of(`${kernel}Grad`, s => {
    const { x, size, strides, pad } = windows(s);
    const output = f(x as tf.Tensor5D, size, strides, pad);
    const inputs = (dy: Tensor) => (kernel === "MaxPool3D" ? { dy, input: x, output } : { dy, input: x });
    const attributes = { filterSize: size, strides, pad };
    return { f: (dy: Tensor) => run(`${kernel}Grad`, inputs(dy), attributes), inputs: [s.floats(output.shape)] };
  }),
];

/** A convolution of volumes, and its gradients as kernels of their own. */
const convolution = (): KernelCase[] => {
  const draw = (s: Shapes) => {
    const { x, size, strides, pad } = windows(s);
    const filter = s.floats([...size, x.shape[4] as number, s.pick(1, 2)], -1, 1);
    const f = (x: tf.Tensor5D, w: tf.Tensor5D) => tf.conv3d(x, w, strides, pad);
    const dy = s.floats(f(x as tf.Tensor5D, filter as tf.Tensor5D).shape);
    return { x, filter, f, dy, attributes: { strides, pad } };
  };
  return [
    of("Conv3D", s => {
      const { x, filter, f } = draw(s);
      return { f, inputs: [x, filter] };
    }),
    of("Conv3DBackpropInputV2", s => {
      const { x, filter, dy, attributes } = draw(s);
      const all = { ...attributes, inputShape: x.shape };
      const f = (dy: Tensor, filter: Tensor) => run("Conv3DBackpropInputV2", { dy, filter }, all);
      return { f, inputs: [dy, filter] };
    }),
    of("Conv3DBackpropFilterV2", s => {
      const { x, filter, dy, attributes } = draw(s);
      const all = { ...attributes, filterShape: filter.shape };
      const f = (x: Tensor, dy: Tensor) => run("Conv3DBackpropFilterV2", { x, dy }, all);
      return { f, inputs: [x, dy] };
    }),
  ];
};

export const volumeCases: KernelCase[] = [
  ...convolution(),
  ...pool("AvgPool3D", tf.avgPool3d),
  ...pool("MaxPool3D", tf.maxPool3d as typeof tf.avgPool3d),
];
