import * as tf from "@tensorflow/tfjs";
import { bilinear, nearest, type Resize, type Weights, weightMatrix } from "../resizing.ts";
import { gradient, noGradient, runKernel } from "./gradient.ts";

type Tensor = tf.Tensor;

/** The second derivative of a resized image, which is linear in the image: what took dy to dx, turned round. */
const resizeGrad = (name: string) =>
  gradient<[Tensor, Tensor], Resize>(`${name}Grad`, { inputs: ["dy", "images"] }, (ddx, [dy, images], attributes) => ({
    dy: () => runKernel(name, { images: ddx.reshape(images.shape) }, { ...attributes, size: dy.shape.slice(1, 3) }),
    images: () => noGradient(images),
  }));

export const resizeGradients: tf.GradConfig[] = [resizeGrad("ResizeBilinear"), resizeGrad("ResizeNearestNeighbor")];

type Resized = (inputs: { dy: Tensor; images: Tensor }, attributes: Resize) => Tensor;

/**
 * `dx = Mᵀ dy` along the height and along the width, where the resized image is `M x`.
 *
 * The kernels of the cpu and wasm backends leave half-pixel centres out of account, take an image of one row for one
 * of none, and of a batch, nearest neighbours look at the first image only.
 */
const along =
  (weights: Weights): Resized =>
  ({ dy, images }, resize) => {
    const [batch, height, width, channels] = images.shape as [number, number, number, number];
    const [, rows, columns] = dy.shape as [number, number, number];
    if (images.size === 0) return tf.zeros(images.shape);
    const matrix = (from: number, to: number) => tf.tensor2d(weightMatrix(weights(from, to, resize), from), [to, from]);
    const tall = tf.matMul(matrix(height, rows), dy.reshape([batch, rows, columns * channels]), true);
    const wide = tall.reshape([batch * height, columns, channels]);
    return tf.matMul(matrix(width, columns), wide, true).reshape(images.shape);
  };

export const resizeKernels = { ResizeBilinearGrad: along(bilinear), ResizeNearestNeighborGrad: along(nearest) };
