import * as tf from "@tensorflow/tfjs";
import { type Case, everywhere, of, positive } from "./case.ts";

type Tensor = tf.Tensor;

export const imageCases: Case[] = [
  of("conv2d", "1×4×5×2, 2×3×2×2", (x, w) => tf.conv2d(x, w, 1, "same")),
  of("conv2d, valid, strided", "1×4×5×2, 2×2×2×1", (x, w) => tf.conv2d(x, w, [2, 1], "valid")),
  of("conv2d, same, strided", "1×4×5×2, 3×3×2×1", (x, w) => tf.conv2d(x, w, 2, "same")),
  of("conv2d, padded by number", "1×4×5×2, 3×2×2×1", (x, w) => tf.conv2d(x, w, 2, 1, "NHWC", 1, "floor")),
  of("conv2d, padded side by side", "1×4×5×2, 2×2×2×1", (x, w) =>
    tf.conv2d(x, w, 1, [
      [0, 0],
      [1, 0],
      [0, 2],
      [0, 0],
    ]),
  ),
  of("conv2d, 1 by 1", "2×2×2×2, 1×1×2×3", (x, w) => tf.conv2d(x, w, 1, "same")),
  of("conv2d, dilated", "2×6×5×2, 2×3×2×2", (x, w) => tf.conv2d(x, w, 1, "same", "NHWC", 2)),
  of("conv2d, dilated, valid", "1×6×5×2, 2×2×2×1", (x, w) => tf.conv2d(x, w, 1, "valid", "NHWC", [3, 2])),
  of("conv2d, dilated, padded by number", "1×3×4×1, 2×2×1×1", (x, w) => tf.conv2d(x, w, 1, 1, "NHWC", 2)),
  of("conv1d, dilated", "1×7×2, 2×2×1", (x, w) => tf.conv1d(x, w, 1, "same", "NWC", 3)),
  of("conv2dTranspose", "1×2×3×2, 3×3×1×2", (x, w) => tf.conv2dTranspose(x, w, [1, 4, 6, 1], 2, "same")),
  of("depthwiseConv2d", "1×4×5×2, 2×3×2×2", (x, w) => tf.depthwiseConv2d(x, w, 1, "same")),
  of("depthwiseConv2d, valid, strided", "1×4×5×2, 2×2×2×1", (x, w) => tf.depthwiseConv2d(x, w, 2, "valid")),
  of("depthwiseConv2d, same, strided", "1×4×5×2, 3×3×2×2", (x, w) => tf.depthwiseConv2d(x, w, 2, "same")),
  of("depthwiseConv2d, dilated", "2×6×5×2, 2×3×2×2", (x, w) => tf.depthwiseConv2d(x, w, 1, "same", "NHWC", [2, 2])),
  of("depthwiseConv2d, dilated, valid", "1×6×5×2, 2×2×2×1", (x, w) =>
    tf.depthwiseConv2d(x, w, 1, "valid", "NHWC", [3, 2]),
  ),
  of("separableConv2d", "1×4×5×2, 2×2×2×1, 1×1×2×2", (x, w, v) => tf.separableConv2d(x, w, v, 1, "same")),
  of("avgPool", "1×4×5×2", x => tf.avgPool(x, 2, 1, "same")),
  of("avgPool, valid", "1×4×5×2", x => tf.avgPool(x, 2, 1, "valid")),
  of("avgPool, same, strided", "1×4×5×2", x => tf.avgPool(x, 3, 2, "same")),
  of("maxPool, same", "1×4×5×2", x => tf.maxPool(x, 3, 2, "same")),
  of("maxPool", "1×4×5×2", x => tf.maxPool(x, 2, 2, "valid")),
  of("resizeBilinear", "1×2×3×1", x => tf.image.resizeBilinear(x, [4, 5])),
  of("resizeNearestNeighbor", "1×2×3×1", x => tf.image.resizeNearestNeighbor(x, [4, 6])),
  of("resizeBilinear, half-pixel centres", "2×2×3×1", x => tf.image.resizeBilinear(x, [4, 5], false, true)),
  of("conv3d", "1×2×3×3×2, 2×2×2×2×2", (x, w) => tf.conv3d(x, w, 1, "same")),
  of("conv3d, strided", "1×3×4×3×1, 2×3×1×1×2", (x, w) => tf.conv3d(x, w, 2, "same")),
  of("avgPool3d", "1×2×3×3×2", x => tf.avgPool3d(x, 2, 1, "same")),
  of("maxPool3d", "1×2×3×3×2", x => tf.maxPool3d(x, 2, 1, "same")),
  of("batchNorm", "2×3, 3, 3, 3, 3", (x, ...rest) => normalised(x, rest), everywhere, everywhere, positive),
  of(
    "batchNorm of images",
    "2×2×1×2, 2, 2, 2, 2",
    (x, ...rest) => normalised(x, rest),
    everywhere,
    everywhere,
    positive,
  ),
  of(
    "batchNorm with a row of statistics",
    "2×3, 1×3, 1×3, 1×3, 1×3",
    (x, ...rest) => normalised(x, rest),
    everywhere,
    everywhere,
    positive,
  ),
  of(
    "batchNorm with full statistics",
    "2×3, 2×3, 2×3, 2×3, 2×3",
    (x, ...rest) => normalised(x, rest),
    everywhere,
    everywhere,
    positive,
  ),
];

function normalised(x: Tensor, [mean, variance, offset, scale]: Tensor[]): Tensor {
  return tf.batchNorm(
    x,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D,
    scale as tf.Tensor1D,
    0.1,
  );
}
