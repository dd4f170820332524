import * as tf from "@tensorflow/tfjs";
import { forward, type KernelCase, of, type Tensor } from "./case.ts";

export const shapeCases: KernelCase[] = [
  of("Reshape", s => {
    const shape = s.shape();
    return { f: (x: Tensor) => x.reshape([...shape.toReversed(), 1]), inputs: [s.floats(shape)] };
  }),
  of("Reshape", s => {
    const shape = s.shapeEmptyAt(3, 1, 2);
    return { f: (x: Tensor) => x.reshape([shape[0] as number, -1]), inputs: [s.floats(shape)] };
  }),
  of("ExpandDims", s => {
    const shape = s.shape();
    const axis = s.axis([...shape, 1]);
    return { f: (x: Tensor) => x.expandDims(axis), inputs: [s.floats(shape)] };
  }),
  of("Transpose", s => {
    const order = s.pick([0, 1, 2], [1, 0, 2], [2, 0, 1], [2, 1, 0], [0, 2, 1]);
    return { f: (x: Tensor) => x.transpose(order), inputs: [s.floats(s.shape(3))] };
  }),
  of("Tile", s => {
    const shape = s.shape();
    const times = shape.map(() => s.pick(1, 1, 2, 3));
    return { f: (x: Tensor) => x.tile(times), inputs: [s.floats(shape)] };
  }),
  of("Concat", s => {
    const shape = s.shape();
    const axis = s.axis(shape);
    const lengths = [s.length(), 0, s.length()];
    const inputs = lengths.map(length => s.floats(shape.with(axis, length)));
    return { f: (...parts: Tensor[]) => tf.concat(parts, axis), inputs };
  }),
  of("Pack", s => {
    const shape = s.shape();
    const axis = s.axis([...shape, 1]);
    return { f: (...parts: Tensor[]) => tf.stack(parts, axis), inputs: [s.floats(shape), s.floats(shape)] };
  }),
  of("Unpack", s => {
    const shape = s.shapeEmptyAt(3, 0, 1).with(2, s.pick(1, 3));
    const f = (x: Tensor) => tf.unstack(x, 2).reduce((sum, part) => sum.mul(2).add(part));
    return { f, inputs: [s.floats(shape)] };
  }),
  of("SplitV", s => {
    const shape = s.shapeEmptyAt(2, 0).with(1, 6);
    const sizes = s.pick<number | number[]>(3, 1, [2, -1], [1, 2, 3], [6]);
    const axis = s.pick(1, -1);
    const f = (x: Tensor) => tf.concat(tf.split(x, sizes, axis).toReversed(), 1);
    return { f, inputs: [s.floats(shape)] };
  }),
  of("Slice", s => {
    const shape = s.shape();
    const begin = shape.map(length => Math.min(s.pick(0, 1), length));
    const size = shape.map((length, axis) => s.pick(-1, 0, length - (begin[axis] as number)));
    return { f: (x: Tensor) => x.slice(begin, size), inputs: [s.floats(shape)] };
  }),
  of("StridedSlice", s => {
    const shape = s.shape(2);
    const strides = [s.pick(1, 2, -1, -2), s.pick(1, 2, 3, -1)];
    const begin = strides.map((stride, axis) => (stride > 0 ? s.pick(0, 1) : (shape[axis] as number) - 1));
    const end = strides.map((stride, axis) => (stride > 0 ? (shape[axis] as number) : 0));
    const endMask = s.pick(0, 1, 2, 3);
    const f = (x: Tensor) => tf.stridedSlice(x, begin, end, strides, 0, endMask);
    return { f, inputs: [s.floats(shape)] };
  }),
  of("StridedSlice", s => {
    // With another stride, the cpu backend takes the wrong entries of an axis that is dropped.
    const stride = s.pick(1, 3);
    const f = (x: Tensor) => tf.stridedSlice(x, [0, 0, 1], [0, 0, 5], [1, 1, stride], 0, 0, 2, 1, stride === 1 ? 4 : 0);
    return { f, inputs: [s.floats(s.shapeEmptyAt(3, 0, 1).with(2, 5))] };
  }),
  of("PadV2", s => {
    const shape = s.shape();
    const borders = shape.map((): [number, number] => [s.pick(0, 1, 2), s.pick(0, 1)]);
    return { f: (x: Tensor) => tf.pad(x, borders, 7), inputs: [s.floats(shape)] };
  }),
  of("MirrorPad", s => {
    const mode = s.pick("reflect", "symmetric");
    const shape = s.shapeEmptyAt(2, 0);
    // A border has at most as many entries as there are to mirror.
    const borders = shape.map((length): [number, number] => {
      const most = Math.max(0, mode === "reflect" ? length - 1 : length);
      return [s.pick(0, most), s.pick(0, Math.min(1, most))];
    });
    return { f: (x: Tensor) => tf.mirrorPad(x, borders, mode), inputs: [s.floats(shape)] };
  }),
  of("Reverse", s => {
    const shape = s.shape();
    const axes = s.pick(s.axes(shape), undefined);
    return { f: (x: Tensor) => tf.reverse(x, axes), inputs: [s.floats(shape)] };
  }),

  of("Fill", s => ({ f: (x: Tensor) => x.mul(tf.fill(x.shape, 2)), inputs: [s.floats(s.shape())] })),
  of("ZerosLike", s => ({ f: (x: Tensor) => x.add(tf.zerosLike(x)), inputs: [s.floats(s.shape())] })),
  of("OnesLike", s => ({ f: (x: Tensor) => x.add(tf.onesLike(x)), inputs: [s.floats(s.shape())] })),
  of("Range", s => ({ f: (x: Tensor) => x.mul(tf.range(4, 0, -1)), inputs: [s.floats([s.length(), 4])] })),
  forward("Range", s => ({ f: (x: Tensor) => x.add(tf.range(2, 2)), inputs: [s.floats([1])] })),
  of("LinSpace", s => ({ f: (x: Tensor) => x.mul(tf.linspace(0, 1, 4)), inputs: [s.floats([s.length(), 4])] })),
];
