import * as tf from "@tensorflow/tfjs";
import { type Case, of } from "./case.ts";

type Tensor = tf.Tensor;

const i32 = (values: tf.TensorLike) => tf.tensor(values, undefined, "int32");

export const shapeCases: Case[] = [
  of("reshape", "2×3", x => x.reshape([3, 2])),
  of("expandDims", "2×3", x => x.expandDims(1)),
  of("squeeze", "2×1×3", x => x.squeeze([1])),
  of("transpose", "2×3×2", x => x.transpose([2, 0, 1])),
  of("concat", "2×3, 2×2", (...x) => tf.concat(x, 1)),
  of("stack", "2×3, 2×3", (...x) => tf.stack(x, 1)),
  of("unstack", "2×3", x => tf.unstack(x, 1).reduce((product, part) => product.mul(part))),
  of("unstack of one part", "1×3", x => (tf.unstack(x, 0)[0] as Tensor).square()),
  of("split into one part", "2×3", x => (tf.split(x, [3], 1)[0] as Tensor).square()),
  of("split", "2×4", x => tf.split(x, [1, 3], 1).reduce((product, part) => product.mul(part))),
  of("slice", "3×4", x => x.slice([1, 0], [2, 3])),
  of("stridedSlice of a vector", "5", x => x.stridedSlice([0], [5], [2])),
  of("stridedSlice, backwards", "3×5", x => x.stridedSlice([2, 4], [0, 0], [-1, -2])),
  of("stridedSlice, masks", "3×4×2", x => tf.stridedSlice(x, [1, 0, 0], [0, 4, 2], [1, 2, 1], 2, 1)),
  of("stridedSlice, a new axis and an ellipsis", "3×4×5", x =>
    tf.stridedSlice(x, [0, 0, 1], [0, 0, 5], [1, 1, 3], 0, 0, 2, 1, 0),
  ),
  of("stridedSlice that drops an axis", "3×4", (x: Tensor) =>
    tf.stridedSlice(x, [1, 0], [2, 3], [1, 1], 0, 0, 0, 0, 1),
  ),
  of("stridedSlice, unit strides", "3×4", x => x.stridedSlice([1, 0], [3, 3], [1, 1])),
  of("pad", "2×3", x =>
    x.pad(
      [
        [1, 0],
        [0, 2],
      ],
      0.5,
    ),
  ),
  of("mirrorPad reflect", "3×4", x =>
    tf.mirrorPad(
      x,
      [
        [1, 2],
        [3, 0],
      ],
      "reflect",
    ),
  ),
  of("mirrorPad symmetric", "2×3", x =>
    tf.mirrorPad(
      x,
      [
        [1, 2],
        [3, 0],
      ],
      "symmetric",
    ),
  ),
  of("reverse", "2×3", x => x.reverse(1)),
  of("tile", "2×3", x => x.tile([2, 3])),
  of("tile of five axes", "1×2×1×2×1", x => x.tile([2, 1, 2, 2, 1])),
  of("broadcastTo", "2×1", x => x.broadcastTo([2, 2, 3])),
  of("gather", "3×2", x => x.gather(i32([2, 0, 2]))),
  of("gather over axis 1, matrix of indices", "2×3×2", x =>
    x.gather(
      i32([
        [2, 0],
        [2, 1],
      ]),
      1,
    ),
  ),
  of("gather over axis −1", "2×3", x => x.gather(i32([2, 0, 2, 1]), -1)),
  of("gather, a batch", "2×3", x =>
    tf.gather(
      x,
      i32([
        [2, 0],
        [1, 1],
      ]),
      1,
      1,
    ),
  ),
  of("gather, a batch, further axis", "2×2×3", x =>
    tf.gather(
      x,
      i32([
        [2, 0],
        [1, 1],
      ]),
      2,
      1,
    ),
  ),
  of("gather at an argMax", "4", x => x.square().gather(x.argMax().reshape([1]).cast("int32"))),
  of("gatherND", "3×2", x =>
    tf.gatherND(
      x,
      i32([
        [2, 1],
        [0, 0],
        [2, 1],
      ]),
    ),
  ),
  of("gatherND of rows", "3×2", x =>
    tf.gatherND(
      x,
      i32([
        [[2], [0]],
        [[2], [1]],
      ]),
    ),
  ),
  of("scatterND", "3×2", x => tf.scatterND(i32([[2], [0], [2]]), x, [4, 2])),
  of("unsortedSegmentSum", "3×2", x => tf.unsortedSegmentSum(x, i32([2, 0, 2]) as tf.Tensor1D, 4)),
  of("topk", "5", x => tf.topk(x, 2).values),
  of("topk of rows, unsorted", "2×2×4", x => tf.topk(x, 3, false).values),
  of("topk, k = 1 of 1", "2×1", x => tf.topk(x, 1).values),
  of("batchToSpaceND", "4×1×2×1", x =>
    tf.batchToSpaceND(
      x,
      [2, 2],
      [
        [0, 0],
        [1, 0],
      ],
    ),
  ),
  of("spaceToBatchND", "1×2×3×1", x =>
    tf.spaceToBatchND(
      x,
      [2, 2],
      [
        [0, 0],
        [1, 0],
      ],
    ),
  ),
  of("depthToSpace", "1×2×1×4", x => tf.depthToSpace(x, 2)),
];
