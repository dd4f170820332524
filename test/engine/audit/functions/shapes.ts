import * as tf from "@tensorflow/tfjs";
import type { Calls } from "./call.ts";

export const shapes: Calls = {
  Reshape: ([x], { shape }) => tf.reshape(x, shape),
  ExpandDims: ([x], { axis }) => tf.expandDims(x, axis),
  Transpose: ([x], { order }) => tf.transpose(x, order),
  Tile: ([x], { times }) => tf.tile(x, times),
  BroadcastTo: ([x], { shape }) => tf.broadcastTo(x, shape),
  Concat: (inputs, { axis }) => tf.concat(inputs, axis),
  Pack: (inputs, { axis }) => tf.stack(inputs, axis),
  Unpack: ([x], { axis }) => tf.unstack(x, axis),
  SplitV: ([x], { parts, axis }) => tf.split(x, parts, axis),
  Slice: ([x], { begin, size }) => tf.slice(x, begin, size),
  StridedSlice: ([x], { begin, end, strides, shrink = 0 }) =>
    tf.stridedSlice(x, begin, end, strides, 0, 0, 0, 0, shrink),
  PadV2: ([x], { pads, value }) => tf.pad(x, pads, value),
  MirrorPad: ([x], { pads, mode }) => tf.mirrorPad(x, pads, mode),
  Reverse: ([x], { axes }) => tf.reverse(x, axes),
  Diag: ([x]) => tf.diag(x),
  MatrixBandPart: ([x], { lower, upper }) => tf.linalg.bandPart(x, lower, upper),
  SpaceToBatchND: ([x], { block, pads }) => tf.spaceToBatchND(x, block, pads),
  BatchToSpaceND: ([x], { block, crops }) => tf.batchToSpaceND(x, block, crops),
  DepthToSpace: ([x], { block }) => tf.depthToSpace(x, block),
  Fill: (_, { shape, value, dtype }) => tf.fill(shape, value, dtype),
  Range: (_, { start, stop, step }) => tf.range(start, stop, step),
  LinSpace: (_, { start, stop, count }) => tf.linspace(start, stop, count),
};
