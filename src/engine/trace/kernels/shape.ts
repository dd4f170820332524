import * as tf from "@tensorflow/tfjs";
import type {
  ConcatAttrs,
  ExpandDimsAttrs,
  MirrorPadAttrs,
  PackAttrs,
  PadV2Attrs,
  ReshapeAttrs,
  ReverseAttrs,
  SliceAttrs,
  SplitVAttrs,
  StridedSliceAttrs,
  TileAttrs,
  TransposeAttrs,
  UnpackAttrs,
} from "@tensorflow/tfjs";
import {
  BEFORE_THE_FIRST,
  concat,
  expand,
  pad,
  positiveAxis,
  reshape,
  reverse,
  sizeOf,
  slice,
  stridedSlice,
  take,
  transpose,
  type Value,
  withLengths,
} from "../../onnx/index.ts";
import { kernel, type Kernels, list, listKernel } from "../kernel.ts";

export const shape: Kernels = {
  Reshape: kernel<"x", ReshapeAttrs>(({ x }, { shape }) =>
    reshape(x, tf.util.inferFromImplicitShape(shape, sizeOf(x.shape))),
  ),
  ExpandDims: kernel<"input", ExpandDimsAttrs>(({ input }, { dim }) => reshape(input, inserted(input.shape, dim))),
  Transpose: kernel<"x", TransposeAttrs>(({ x }, { perm }) => transpose(x, perm)),
  Tile: kernel<"x", TileAttrs>(({ x }, { reps }, graph) => {
    const repeated = x.shape.map((length, axis) => length * (reps[axis] as number));
    if (reps.every((times, axis) => times === 1 || x.shape[axis] === 1)) return expand(x, repeated);
    return graph.node("Tile", [x, graph.integers(reps)], repeated, x.dtype);
  }),

  Concat: listKernel<ConcatAttrs>((parts, { axis }) => {
    const along = positiveAxis(axis, (parts[0] as Value).shape.length);
    const filled = parts.filter(part => sizeOf(part.shape) > 0);
    return concat(filled.length === 0 ? parts : filled, along);
  }),
  Pack: listKernel<PackAttrs>((parts, { axis }) => {
    const rows = parts.map(part => reshape(part, inserted(part.shape, axis)));
    return concat(rows, positiveAxis(axis, (rows[0] as Value).shape.length));
  }),
  Unpack: kernel<"value", UnpackAttrs>(({ value }, { axis }) => {
    const along = positiveAxis(axis, value.shape.length);
    const rest = value.shape.filter((_, i) => i !== along);
    return split(value, along, Array(value.shape[along]).fill(1)).map(part => reshape(part, rest));
  }),
  SplitV: kernel<"x", SplitVAttrs>(({ x }, { numOrSizeSplits, axis }) => {
    const along = positiveAxis(axis, x.shape.length);
    const length = x.shape[along] as number;
    if (typeof numOrSizeSplits === "number") {
      return split(x, along, Array(numOrSizeSplits).fill(length / numOrSizeSplits));
    }
    const rest = length - numOrSizeSplits.reduce((sum, size) => sum + Math.max(size, 0), 0);
    return split(
      x,
      along,
      numOrSizeSplits.map(size => (size === -1 ? rest : size)),
    );
  }),
  Slice: kernel<"x", SliceAttrs>(({ x }, { begin, size }) => {
    const from = x.shape.map((_, axis) => list(begin)[axis] ?? 0);
    const lengths = x.shape.map((length, axis) => {
      const asked = list(size ?? -1)[axis] ?? -1;
      return asked < 0 ? length - (from[axis] as number) : asked;
    });
    return slice(x, from, lengths);
  }),
  StridedSlice: kernel<"x", StridedSliceAttrs>(({ x }, attributes) => {
    const { begin, end, strides, finalShape } = sliceOf(x.shape, attributes);
    const lengths = begin.map((from, i) =>
      Math.max(0, Math.ceil(((end[i] as number) - from) / (strides[i] as number))),
    );
    const until = end.map(position => (position < 0 ? BEFORE_THE_FIRST : position));
    return reshape(stridedSlice(x, [...x.shape.keys()], begin, until, strides, lengths), finalShape);
  }),
  PadV2: kernel<"x", PadV2Attrs>(({ x }, { paddings, constantValue }) =>
    pad(
      x,
      paddings.map(([before]) => before),
      paddings.map(([, after]) => after),
      constantValue,
    ),
  ),
  /** Along each axis, the positions that the border mirrors, one step further in where it leaves the edge out. */
  MirrorPad: kernel<"x", MirrorPadAttrs>(({ x }, { paddings, mode }) => {
    const skipped = mode === "reflect" ? 1 : 0;
    return paddings.reduce((padded, [before, after], axis) => {
      if (before + after === 0) return padded;
      const length = x.shape[axis] as number;
      const positions = Array.from({ length: before + length + after }, (_, i) => {
        const at = i - before;
        return at < 0 ? skipped - 1 - at : at < length ? at : 2 * length - 1 - skipped - at;
      });
      return take(padded, axis, positions);
    }, x);
  }),
  Reverse: kernel<"x", ReverseAttrs>(({ x }, { dims }) => {
    const axes = tf.util.parseAxisParam(dims, [...x.shape]);
    return axes.length === 0 ? x : reverse(x, axes);
  }),
};

function sliceOf(shape: readonly number[], attributes: StridedSliceAttrs) {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
  const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
  return tf.slice_util.sliceInfo([...shape], begin, end, strides, ...masks);
}

/** The shape with a new axis of length 1. */
function inserted(shape: readonly number[], axis: number): number[] {
  return shape.toSpliced(positiveAxis(axis, shape.length + 1), 0, 1);
}

/** Consecutive blocks of x along an axis. */
function split(x: Value, axis: number, lengths: readonly number[]): Value[] {
  let start = 0;
  return lengths.map(length => {
    const begin = x.shape.map((_, i) => (i === axis ? start : 0));
    start += length;
    return slice(x, begin, withLengths(x.shape, { [axis]: length }));
  });
}
