import * as tf from "@tensorflow/tfjs";
import { gradient } from "./gradient.ts";

type Tensor = tf.Tensor;

/** Entries `begin`, `begin + stride`, … of each axis. */
export interface Steps {
  begin: number[];
  strides: number[];
}

/** Zeros of the given shape, except that `y` lies at the steps: what a strided slice takes, put back. */
export function placedAt({ begin, strides }: Steps, shape: number[], y: Tensor): Tensor {
  return shape.reduce((t, size, axis) => placedAlong(axis, t, begin[axis] as number, strides[axis] as number, size), y);
}

function placedAlong(axis: number, y: Tensor, begin: number, stride: number, size: number): Tensor {
  const count = y.shape[axis] as number;
  if (count === 0) return tf.zeros(resized(y.shape, axis, size));
  if (stride < 0) return placedAlong(axis, y.reverse(axis), begin + (count - 1) * stride, -stride, size);
  const span = (count - 1) * stride + 1;
  let spread = y;
  if (count > 1 && stride > 1) {
    const inner = tf.util.sizeFromShape(y.shape.slice(axis + 1));
    const gaps = y.reshape([-1, count, 1, inner]).pad([
      [0, 0],
      [0, 0],
      [0, stride - 1],
      [0, 0],
    ]);
    const whole = gaps.reshape(resized(y.shape, axis, count * stride));
    spread = whole.slice(
      y.shape.map(() => 0),
      resized(y.shape, axis, span),
    );
  }
  const after = size - begin - span;
  return begin === 0 && after === 0
    ? spread
    : spread.pad(y.shape.map((_, i) => (i === axis ? [begin, after] : [0, 0])));
}

const resized = (shape: number[], axis: number, size: number) => shape.map((length, i) => (i === axis ? size : length));

type StridedSlice = Steps & {
  end: number[];
  beginMask: number;
  endMask: number;
  ellipsisMask: number;
  newAxisMask: number;
  shrinkAxisMask: number;
};

/** `dx[begin + stride · i] = dy[i]`, and 0 between. */
const stridedSlice = gradient<[Tensor], StridedSlice>("StridedSlice", { inputs: ["x"] }, (dy, [x], attributes) => ({
  x: () => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
    const info = tf.slice_util.sliceInfo(
      x.shape,
      begin,
      end,
      strides,
      beginMask,
      endMask,
      ellipsisMask,
      newAxisMask,
      shrinkAxisMask,
    );
    const counts = info.begin.map((first, i) =>
      Math.ceil(((info.end[i] as number) - first) / (info.strides[i] as number)),
    );
    return placedAt(info, x.shape, dy.reshape(counts.map(count => Math.max(0, count))));
  },
}));

/** `dx` is the sum of the repetitions of dy, one axis after the other. */
const tile = gradient<[Tensor], { reps: number[] }>("Tile", { inputs: ["x"] }, (dy, [x], { reps }) => ({
  x: () => {
    const summed = reps.reduce((t, count, axis) => {
      if (count === 1) return t;
      const size = x.shape[axis] as number;
      const inner = tf.util.sizeFromShape(t.shape.slice(axis + 1));
      const outer = tf.util.sizeFromShape(t.shape.slice(0, axis));
      return t
        .reshape([outer, count, size * inner])
        .sum(1)
        .reshape(resized(t.shape, axis, size));
    }, dy);
    return summed.reshape(x.shape);
  },
}));

type MirrorPad = { paddings: [number, number][]; mode: "reflect" | "symmetric" };

/** `dx` is the middle of dy and, turned round, its borders, laid on the entries of x that they mirror. */
const mirrorPad = gradient<[Tensor], MirrorPad>("MirrorPad", { inputs: ["x"] }, (dy, [x], { paddings, mode }) => ({
  x: () => {
    const skipped = mode === "reflect" ? 1 : 0;
    return paddings.reduce((t, [before, after], axis) => {
      const n = x.shape[axis] as number;
      const part = (begin: number, size: number) =>
        t.slice(
          resized(
            t.shape.map(() => 0),
            axis,
            begin,
          ),
          resized(t.shape, axis, size),
        );
      const mirrored = (border: Tensor, at: number) => placedAlong(axis, border.reverse(axis), at, 1, n);
      let sum = part(before, n);
      if (before > 0) sum = sum.add(mirrored(part(0, before), skipped));
      if (after > 0) sum = sum.add(mirrored(part(before + n, after), n - skipped - after));
      return sum;
    }, dy);
  },
}));

type DepthToSpace = { blockSize: number; dataFormat: "NHWC" | "NCHW" };

/** `dx` is dy with each block of pixels back in the channels. */
const depthToSpace = gradient<[Tensor], DepthToSpace>(
  "DepthToSpace",
  { inputs: ["x"] },
  (dy, [x], { blockSize, dataFormat }) => ({
    x: () => {
      if (dataFormat !== "NHWC") {
        throw new Error(`depthToSpace gradient: dataFormat must be NHWC, but got ${dataFormat}; transpose the images.`);
      }
      const [batch, height, width] = x.shape as [number, number, number];
      return dy
        .reshape([batch, height, blockSize, width, blockSize, -1])
        .transpose([0, 1, 3, 2, 4, 5])
        .reshape(x.shape);
    },
  }),
);

/** `dx` is the parts of dy, joined. tfjs hands on the only part of one as itself, and its own gradients want a list. */
const unpack = gradient<[], { axis: number }>("Unpack", {}, (dy, _, { axis }) => ({
  value: () => tf.stack([dy].flat(), axis),
}));

const split = gradient<[], { axis: number }>("SplitV", {}, (dy, _, { axis }) => ({
  x: () => tf.concat([dy].flat(), axis),
}));

export const sliceGradients: tf.GradConfig[] = [stridedSlice, tile, mirrorPad, depthToSpace, unpack, split];
