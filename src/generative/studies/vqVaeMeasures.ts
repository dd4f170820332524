import * as tf from "@tensorflow/tfjs";
import { compile, type Random } from "../../engine/index.ts";
import { ImageSet } from "../data/index.ts";
import { average, bitsPerDimension, perplexity } from "../estimates/index.ts";
import type { PixelCNN, VQVAE } from "../models/index.ts";

interface Measured {
  mean: number;
  standardError: number;
}

/** What test images cost as codes and what is left to say once they are known. */
export interface CodeMeasures {
  /** −log p(x|k) of the test images, nats an image. */
  reconstruction: Measured;
  /** Mean squared distance of a pixel of the test images from its decoded probability. */
  squaredError: number;
  /** Of the codes of the test images, of K that there are; and how many of the K never occur. */
  perplexity: number;
  unused: number;
  /** −log p(k) of the codes of the test images, nats an image: by the PixelCNN, by each place's own frequencies, and by log K a place. */
  rate: { prior: Measured; places: number; uniform: number };
  bitsPerDimension: number;
  /** −log p(x|k) − log p(k) ≥ −log p(x), nats an image. */
  testNll: Measured;
}

/** The grids of codes, as images of one byte a place. */
export function codesOf(model: VQVAE, images: ImageSet): ImageSet {
  const values = inParts(images, x => model.codes(x));
  const { height, width } = model.grid;
  return new ImageSet(height, width, Uint8Array.from(values), images.labels);
}

/** What the test images cost, in two parts, with the codes of the training images for comparison. */
export function measure(
  model: VQVAE,
  prior: PixelCNN,
  test: ImageSet,
  codes: { train: ImageSet; test: ImageSet },
): CodeMeasures {
  const K = model.codebook.K;
  const distortion = inParts(test, x => model.likelihood.given(model.codes(x)).logProb(x).neg());
  const squared = inParts(test, x => {
    const { probabilities } = model.decode(model.codebook.lookUp(model.codes(x)));
    return probabilities.sub(x).square().mean(1);
  });
  const rates = inParts(codes.test, k => prior.logProb(bytes(k)).neg());
  const bound = average(distortion.map((d, i) => d + (rates[i] as number)));
  const counts = countsOf(codes.test.pixels, K);
  return {
    reconstruction: rounded(average(distortion)),
    squaredError: round(average(squared).mean),
    perplexity: round(perplexity(counts)),
    unused: counts.filter(n => n === 0).length,
    rate: {
      prior: rounded(average(rates)),
      places: round(placeByPlace(codes, K)),
      uniform: round(codes.test.dimension * Math.log(K)),
    },
    testNll: rounded(bound),
    bitsPerDimension: round(bitsPerDimension(-bound.mean, test.dimension)),
  };
}

/** −log p(k), nats a grid, under each place's own frequencies in the training set, with one more of each code. */
function placeByPlace({ train, test }: { train: ImageSet; test: ImageSet }, K: number): number {
  const places = Array.from({ length: train.dimension }, (_, place) => {
    const own = (set: ImageSet) => set.pixels.filter((_, i) => i % set.dimension === place);
    const counts = countsOf(own(train), K);
    const total = train.count + K;
    return Array.from(own(test), k => -Math.log(((counts[k] as number) + 1) / total));
  });
  return places.reduce((sum, nats) => sum + average(nats).mean, 0);
}

function countsOf(codes: Uint8Array, K: number): number[] {
  const counts = new Array<number>(K).fill(0);
  for (const k of codes) counts[k] = (counts[k] as number) + 1;
  return counts;
}

/** f of every image, a few hundred at a time. */
function inParts(images: ImageSet, f: (x: tf.Tensor) => tf.Tensor): number[] {
  const compiled = compile(f);
  const parts = Math.ceil(images.count / 250);
  const values = Array.from({ length: parts }, (_, part) => {
    const to = Math.min((part + 1) * 250, images.count);
    return tf.tidy(() => Array.from(compiled(images.images(part * 250, to)).dataSync()));
  }).flat();
  compiled.dispose();
  return values;
}

/** Sixteen images that nobody wrote: codes from the prior, decoded. */
export function drawn(model: VQVAE, prior: PixelCNN, random: Random): string[] {
  return tf.tidy(() => {
    const codes = prior.sample(random, 16);
    return written(model.decode(model.codebook.lookUp(codes)).probabilities);
  });
}

export function decoded(model: VQVAE, images: ImageSet): { image: string; decoded: string }[] {
  return tf.tidy(() => {
    const x = images.images();
    const out = written(model.decode(model.codebook.lookUp(model.codes(x))).probabilities);
    return written(x).map((image, i) => ({ image, decoded: out[i] as string }));
  });
}

/** Intensities as hexadecimal digits, a string an image. */
function written(images: tf.Tensor): string[] {
  const [rows = 0] = images.shape;
  const digits = Array.from(images.dataSync(), value => Math.round(value * 15).toString(16));
  const length = digits.length / rows;
  return Array.from({ length: rows }, (_, i) => digits.slice(i * length, (i + 1) * length).join(""));
}

/** Bytes that were read as intensities, as integers again. */
export const bytes = (images: tf.Tensor) => images.mul(255).round();

const round = (value: number) => Math.round(value * 10_000) / 10_000;

const rounded = ({ mean, standardError }: Measured): Measured => ({
  mean: round(mean),
  standardError: round(standardError),
});
