import * as tf from "@tensorflow/tfjs";
import type {
  BatchToSpaceNDAttrs,
  DepthToSpaceAttrs,
  ResizeBilinearAttrs,
  ResizeNearestNeighborAttrs,
  SpaceToBatchNDAttrs,
} from "@tensorflow/tfjs";
import { matMul, pad, reshape, sizeOf, slice, take, transpose, type Value } from "../../onnx/index.ts";
import { bilinear, nearest, type Resize, type Weights, weightMatrix } from "../../resizing.ts";
import { TraceError } from "../errors.ts";
import { kernel, type Kernels } from "../kernel.ts";

/** A resized image is linear in the image along each axis: y = M x, and its gradient dx = Mᵀ dy. */
export const images: Kernels = {
  ResizeBilinear: kernel<"images", ResizeBilinearAttrs>(({ images }, { size, ...resize }) =>
    HEIGHT_AND_WIDTH.reduce((x, axis) => {
      const [from, to] = [x.shape[axis] as number, size[axis - 1] as number];
      return along(axis, matrix(x, bilinear(from, to, resize), from), x);
    }, images),
  ),
  ResizeBilinearGrad: kernel<"dy" | "images", Resize>(({ dy, images }, resize) =>
    gradient(bilinear, dy, images, resize),
  ),
  ResizeNearestNeighbor: kernel<"images", ResizeNearestNeighborAttrs>(({ images }, { size, ...resize }) =>
    HEIGHT_AND_WIDTH.reduce((x, axis) => {
      const to = nearest(x.shape[axis] as number, size[axis - 1] as number, resize);
      return take(
        x,
        axis,
        to.map(([pixel]) => pixel?.[0] as number),
      );
    }, images),
  ),
  ResizeNearestNeighborGrad: kernel<"dy" | "images", Resize>(({ dy, images }, resize) =>
    gradient(nearest, dy, images, resize),
  ),

  SpaceToBatchND: kernel<"x", SpaceToBatchNDAttrs>(({ x }, { blockShape, paddings }) => {
    const { getReshaped, getPermuted, getReshapedPermuted } = tf.backend_util;
    const borders = x.shape.map((_, axis) => paddings[axis - 1] ?? [0, 0]);
    const [before, after] = [0, 1].map(side => borders.map(border => border[side] as number)) as [number[], number[]];
    const padded = pad(x, before, after, 0);
    const blocks = [[...padded.shape], blockShape, sizeOf(blockShape), false] as [number[], number[], number, boolean];
    const apart = reshape(padded, getReshaped(...blocks));
    const permutation = getPermuted(apart.shape.length, blockShape.length, false);
    return reshape(transpose(apart, permutation), getReshapedPermuted(...blocks));
  }),
  BatchToSpaceND: kernel<"x", BatchToSpaceNDAttrs>(({ x }, { blockShape, crops }) => {
    const { getReshaped, getPermuted, getReshapedPermuted } = tf.backend_util;
    const blocks = [[...x.shape], blockShape, sizeOf(blockShape)] as [number[], number[], number];
    const apart = reshape(x, getReshaped(...blocks));
    const permutation = getPermuted(apart.shape.length, blockShape.length);
    const joined = reshape(transpose(apart, permutation), getReshapedPermuted(...blocks));
    const cut = joined.shape.map((_, axis) => crops[axis - 1] ?? [0, 0]) as [number, number][];
    const lengths = joined.shape.map((length, axis) => length - sum(cut[axis] as [number, number]));
    return slice(
      joined,
      cut.map(([before]) => before),
      lengths,
    );
  }),
  DepthToSpace: kernel<"x", DepthToSpaceAttrs>(({ x }, { blockSize, dataFormat }) => {
    if (dataFormat !== "NHWC") throw new TraceError(`compile: images must be NHWC, but got ${dataFormat}`);
    const [batch, height, width, channels] = x.shape as [number, number, number, number];
    const depth = channels / blockSize ** 2;
    const blocks = transpose(reshape(x, [batch, height, width, blockSize, blockSize, depth]), [0, 1, 3, 2, 4, 5]);
    return reshape(blocks, [batch, height * blockSize, width * blockSize, depth]);
  }),
};

const sum = ([before, after]: [number, number]): number => before + after;

const HEIGHT_AND_WIDTH = [1, 2] as const;

function gradient(weights: Weights, dy: Value, images: Value, resize: Resize): Value {
  return HEIGHT_AND_WIDTH.reduce((x, axis) => {
    const [from, to] = [images.shape[axis] as number, dy.shape[axis] as number];
    return along(axis, transpose(matrix(x, weights(from, to, resize), from), [1, 0]), x);
  }, dy);
}

/** The weights as a matrix [to, from]. */
function matrix({ graph }: Value, weights: ReturnType<Weights>, from: number): Value {
  return graph.constant(weightMatrix(weights, from), [weights.length, from], "float32");
}

/** M x along the height or the width of images. */
function along(axis: 1 | 2, m: Value, x: Value): Value {
  const before = sizeOf(x.shape.slice(0, axis));
  const columns = reshape(x, [before, x.shape[axis] as number, sizeOf(x.shape.slice(axis + 1))]);
  return reshape(matMul(m, columns), x.shape.with(axis, m.shape[0] as number));
}
