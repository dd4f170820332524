import * as tf from "@tensorflow/tfjs";
import { forward, type KernelCase, of, type Tensor } from "./case.ts";

export const indexingCases: KernelCase[] = [
  of("GatherV2", s => {
    const shape = s.shapeEmptyAt(3, 0, 2);
    const indices = s.integers(s.pick(s.shape(1), s.shape(2)), shape[1]);
    const axis = s.pick(1, -2);
    return { f: (x: Tensor) => tf.gather(x, indices, axis), inputs: [s.floats(shape)] };
  }),
  of("GatherV2", s => {
    const shape = [s.length(), s.length(), s.length(), s.length()];
    const batchDims = s.pick(1, 2);
    const axis = s.pick(batchDims, 3);
    const indices = s.integers([...shape.slice(0, batchDims), ...s.shape(s.pick(1, 2))], shape[axis]);
    return { f: (x: Tensor) => tf.gather(x, indices, axis, batchDims), inputs: [s.floats(shape)] };
  }),
  of("GatherNd", s => {
    const shape = s.shapeEmptyAt(3, 2);
    const depth = s.pick(1, 2);
    const places = s.shape(s.pick(1, 2));
    const indices = tf.stack(
      shape.slice(0, depth).map(length => s.integers(places, length)),
      -1,
    );
    return { f: (x: Tensor) => tf.gatherND(x, indices), inputs: [s.floats(shape)] };
  }),
  of("ScatterNd", s => {
    const [length, ...rest] = [s.length(), s.length()] as [number, number];
    const places = s.shape(1);
    const indices = s.integers([...places, 1], length);
    return {
      f: (updates: Tensor) => tf.scatterND(indices, updates, [length, ...rest]),
      inputs: [s.floats([...places, ...rest])],
    };
  }),
  of("ScatterNd", s => {
    const shape = [s.length(), s.length(), s.length()];
    const indices = tf.stack(
      [0, 1].map(axis => s.integers([6], shape[axis])),
      1,
    );
    return {
      f: (updates: Tensor) => tf.scatterND(indices, updates, shape),
      inputs: [s.floats([6, shape[2] as number])],
    };
  }),
  of("UnsortedSegmentSum", s => {
    const shape = s.shape(2);
    const segments = s.length();
    const ids = s.integers(shape.slice(0, 1), segments) as tf.Tensor1D;
    return { f: (x: Tensor) => tf.unsortedSegmentSum(x, ids, segments), inputs: [s.floats(shape)] };
  }),
  forward("UnsortedSegmentSum", s => {
    const ids = tf.tensor1d([1, -1, 1, 3], "int32");
    return { f: (x: Tensor) => tf.unsortedSegmentSum(x, ids, 3), inputs: [s.floats([4, 2])] };
  }),
  forward("OneHot", s => {
    const [on, off, dtype] = s.pick<[number, number, "float32" | "int32"]>([1, 0, "int32"], [2, -1, "float32"]);
    const depth = s.pick(2, 4);
    return { f: (x: Tensor) => tf.oneHot(x, depth, on, off, dtype), inputs: [s.integers(s.shape())] };
  }),
];
