import * as tf from "@tensorflow/tfjs";
import { compile, type Random } from "../../engine/index.ts";
import { binarise, type ImageSet, loadMnist } from "../data/index.ts";
import { type Average, average } from "../estimates/index.ts";

export interface BinaryDigits {
  train: ImageSet;
  /** The same training images in their greys, to draw bits from again. */
  greys: ImageSet;
  validation: ImageSet;
  test: ImageSet;
  /** Mean intensity of each pixel of the training images. */
  pixelMeans: Float32Array;
}

/** The real MNIST, every pixel drawn once: 50,000 images to train on, 10,000 to choose by, 10,000 to test on. */
export async function binaryDigits(random: Random): Promise<BinaryDigits> {
  const mnist = await loadMnist();
  const drawn = binarise(mnist.train, random.split());
  const test = binarise(mnist.test, random.split());
  const pixelMeans = new Float32Array(drawn.dimension);
  const grey = mnist.train.subset(0, TRAINING);
  grey.pixels.forEach((byte, i) => {
    const pixel = i % grey.dimension;
    pixelMeans[pixel] = (pixelMeans[pixel] as number) + byte / 255 / TRAINING;
  });
  return { train: drawn.subset(0, TRAINING), greys: grey, validation: drawn.subset(TRAINING), test, pixelMeans };
}

/** log p/(1 − p) of each pixel mean, kept away from 0 and 1: where the output biases start. */
export function logitsOf(means: Float32Array): Float32Array {
  return means.map(mean => {
    const p = Math.min(Math.max(mean, 1e-4), 1 - 1e-4);
    return Math.log(p / (1 - p));
  });
}

/** −log p(x) in nats of every image, averaged. */
export function meanNll(logProb: (x: tf.Tensor) => tf.Tensor, images: ImageSet): Average {
  const compiled = compile(logProb);
  const size = 250;
  const values = Array.from({ length: images.count / size }, (_, part) =>
    tf.tidy(() => Array.from(compiled(images.images(part * size, (part + 1) * size)).dataSync(), log => -log)),
  ).flat();
  compiled.dispose();
  return average(values);
}

export const DIGITS =
  "real MNIST, each pixel drawn once with its intensity as probability (seeded; not the Larochelle–Murray draw, " +
  "which the published numbers use): 50,000 training, 10,000 validation, 10,000 test images";

const TRAINING = 50_000;
