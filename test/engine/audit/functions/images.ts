import * as tf from "@tensorflow/tfjs";
import { type Calls, run } from "./call.ts";

const resizeGradient =
  (name: string): Calls[string] =>
  ([dy], { images, align, half }) =>
    run(name, { dy, images: tf.zeros(images) }, { alignCorners: align, halfPixelCenters: half });

export const images: Calls = {
  ResizeBilinear: ([x], { size, align, half }) => tf.image.resizeBilinear(x, size, align, half),
  ResizeNearestNeighbor: ([x], { size, align, half }) => tf.image.resizeNearestNeighbor(x, size, align, half),
  ResizeBilinearGrad: resizeGradient("ResizeBilinearGrad"),
  ResizeNearestNeighborGrad: resizeGradient("ResizeNearestNeighborGrad"),
};
