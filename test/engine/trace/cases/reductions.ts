import * as tf from "@tensorflow/tfjs";
import { forward, type KernelCase, of, type Shapes, type Tensor } from "./case.ts";

type Reduction = (x: Tensor, axes: number[], keep: boolean) => Tensor;

const over = (kernel: string, f: Reduction, any: "any" | "not empty" = "any"): KernelCase =>
  of(kernel, s => {
    const shape = s.shape(s.pick(2, 3));
    const axes = s.axes(shape, any);
    const keep = s.pick(true, false);
    return { f: (x: Tensor) => f(x, axes, keep), inputs: [s.floats(shape)] };
  });

const forwardOf = (
  kernel: string,
  f: Reduction,
  input: (s: Shapes, shape: number[]) => Tensor,
  any: "any" | "not empty" = "any",
): KernelCase =>
  forward(kernel, s => {
    const shape = s.shape(s.pick(2, 3));
    const axes = s.axes(shape, any);
    return { f: (x: Tensor) => f(x, axes, false), inputs: [input(s, shape)] };
  });

const position = (kernel: string, f: (x: Tensor, axis: number) => Tensor): KernelCase =>
  forward(kernel, s => {
    const shape = s.shape(s.pick(2, 3));
    const [axis] = s.axes(shape, "not empty");
    // Whole numbers are equal now and then: the first of them counts.
    return { f: (x: Tensor) => f(x, axis as number), inputs: [s.pick(s.floats(shape), s.integers(shape).toFloat())] };
  });

const cumulative = (kernel: string, f: typeof tf.cumsum): KernelCase =>
  of(kernel, s => {
    const shape = s.shape();
    const [axis, exclusive, reverse] = [s.axis(shape), s.pick(true, false), s.pick(true, false)];
    return { f: (x: Tensor) => f(x, axis, exclusive, reverse), inputs: [s.floats(shape)] };
  });

export const reductionCases: KernelCase[] = [
  over("Sum", (x, axes, keep) => x.sum(axes, keep)),
  forwardOf(
    "Sum",
    (x, axes) => x.sum(axes),
    (s, shape) => s.pick(s.integers(shape), s.truth(shape)),
  ),
  over("Mean", (x, axes, keep) => x.mean(axes, keep), "not empty"),
  over("Max", (x, axes, keep) => x.max(axes, keep), "not empty"),
  over("Min", (x, axes, keep) => x.min(axes, keep), "not empty"),
  over("Prod", (x, axes, keep) => tf.prod(x, axes, keep)),
  forwardOf(
    "Prod",
    (x, axes) => tf.prod(x, axes),
    (s, shape) => s.integers(shape),
  ),
  forwardOf(
    "All",
    (x, axes) => tf.all(x, axes),
    (s, shape) => s.truth(shape),
    "not empty",
  ),
  forwardOf(
    "Any",
    (x, axes) => tf.any(x, axes),
    (s, shape) => s.truth(shape),
    "not empty",
  ),
  position("ArgMax", tf.argMax),
  position("ArgMin", tf.argMin),
  cumulative("Cumsum", tf.cumsum),
  cumulative("Cumprod", tf.cumprod),
  of("TopK", s => {
    const shape = s.shapeEmptyAt(s.pick(2, 3), 0);
    const k = s.pick(1, shape.at(-1) as number);
    return { f: (x: Tensor) => tf.topk(x, k).values, inputs: [s.floats(shape)] };
  }),
  forward("TopK", s => ({
    f: (x: Tensor) => tf.topk(x, 3).indices,
    inputs: [s.pick(s.integers([4, 6]), s.integers([4, 6]).toFloat())],
  })),
  of("Softmax", s => ({ f: (x: Tensor) => tf.softmax(x), inputs: [s.floats(s.shape(), -40, 40)] })),
  of("FusedBatchNorm", s => {
    const shape = s.shape(s.pick(2, 4));
    const statistics = [
      [-1, 1],
      [0.5, 2],
      [-1, 1],
      [-1, 1],
    ].map(([from, to]) => s.floats(shape.slice(-1), from, to));
    return {
      f: (x: Tensor, mean: tf.Tensor1D, variance: tf.Tensor1D, offset: tf.Tensor1D, scale: tf.Tensor1D) =>
        tf.batchNorm(x, mean, variance, offset, scale),
      inputs: [s.floats(shape), ...statistics],
    };
  }),
];
