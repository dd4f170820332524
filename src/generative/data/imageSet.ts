import * as tf from "@tensorflow/tfjs";
import { assertIndex, assertList, told } from "../exact/check.ts";
import { assertBytes } from "./idx.ts";

/**
 * `x_n ∈ {0 … 255}^(height · width)` with labels: a set of grey images, one byte a pixel.
 *
 * Bytes keep MNIST at 47 MB; tensors of intensities in [0, 1] are made of the images that are asked for.
 */
export class ImageSet {
  readonly count: number;

  /**
   * @param pixels [count · height · width] row by row, 0 black to 255 white
   * @param labels [count] the class of each image
   * @throws RangeError where height or width is no positive integer, pixels or labels are no bytes, or too many or few
   */
  constructor(
    readonly height: number,
    readonly width: number,
    readonly pixels: Uint8Array,
    readonly labels: Uint8Array,
  ) {
    if (!(Number.isInteger(height) && height > 0 && Number.isInteger(width) && width > 0)) {
      throw new RangeError(
        `ImageSet: height and width must be positive integers, but got ${told(height)} × ${told(width)}; they count pixels.`,
      );
    }
    assertBytes("ImageSet", "pixels", pixels);
    assertBytes("ImageSet", "labels", labels);
    this.count = labels.length;
    if (pixels.length !== this.count * this.dimension) {
      throw new RangeError(
        `ImageSet: ${this.count} labels of ${height} × ${width} images must come with ${this.count * this.dimension} ` +
          `pixels, but got ${pixels.length}; give every image its label.`,
      );
    }
  }

  /** Pixels an image: height · width. */
  get dimension(): number {
    return this.height * this.width;
  }

  /** Intensities in [0, 1] of the images `from` to `to` − 1. [to − from, height · width] */
  images(from = 0, to = this.count): tf.Tensor2D {
    const { pixels, dimension } = this.subset(from, to);
    const values = new Float32Array(pixels.length);
    // A loop, as Float32Array.from takes twenty times as long: 5 ms for a batch of 100.
    for (let i = 0; i < pixels.length; i++) values[i] = intensities[pixels[i] as number] as number;
    return tf.tensor2d(values, [to - from, dimension]);
  }

  /** The images `from` to `to` − 1, in the memory of this set. */
  subset(from = 0, to = this.count): ImageSet {
    if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > this.count || from > to) {
      throw new RangeError(
        `ImageSet: a range must lie in 0..${this.count}, but got ${told(from)}..${told(to)}; count is the end.`,
      );
    }
    const { height, width, dimension } = this;
    const pixels = this.pixels.subarray(from * dimension, to * dimension);
    return new ImageSet(height, width, pixels, this.labels.subarray(from, to));
  }

  /** The images at `indices`, copied in that order; an index may occur more than once. */
  select(indices: ArrayLike<number>): ImageSet {
    assertList("ImageSet", "indices", indices);
    const { height, width, dimension } = this;
    const pixels = new Uint8Array(indices.length * dimension);
    const labels = new Uint8Array(indices.length);
    for (let i = 0; i < indices.length; i++) {
      const index = indices[i] as number;
      const label = this.labels[index];
      if (typeof index !== "number" || label === undefined) {
        throw new RangeError(
          `ImageSet: an index must lie in 0..${this.count - 1}, but got ${told(index)}; count is the end.`,
        );
      }
      labels[i] = label;
      pixels.set(this.pixels.subarray(index * dimension, (index + 1) * dimension), i * dimension);
    }
    return new ImageSet(height, width, pixels, labels);
  }

  /** The images of one class, in order. */
  ofClass(label: number): ImageSet {
    assertIndex("ImageSet", "label", label, 256);
    return this.select([...this.labels.keys()].filter(index => this.labels[index] === label));
  }

  /** Every block of factor × factor pixels as its mean, rounded: 28 × 28 becomes 14 × 14 for factor 2. */
  shrunk(factor: number): ImageSet {
    if (!Number.isInteger(factor) || factor < 1 || this.height % factor !== 0 || this.width % factor !== 0) {
      throw new RangeError(
        `ImageSet: factor must divide ${this.height} × ${this.width}, but got ${told(factor)}; use a common divisor.`,
      );
    }
    const [height, width] = [this.height / factor, this.width / factor];
    const sums = new Float64Array(this.count * height * width);
    for (let i = 0; i < this.pixels.length; i++) {
      const row = Math.floor(i / this.width); // counted through all the images, of which each has height rows
      const at = Math.floor(row / factor) * width + Math.floor((i % this.width) / factor);
      sums[at] = (sums[at] as number) + (this.pixels[i] as number);
    }
    const pixels = Uint8Array.from(sums.map(sum => Math.round(sum / factor ** 2)));
    return new ImageSet(height, width, pixels, this.labels);
  }
}

/** A byte as an intensity in [0, 1]. */
export function intensity(byte: number): number {
  return byte / 255;
}

/** Of all bytes, as float32: looked up, as a batch has 78,400. */
const intensities = Float32Array.from({ length: 256 }, (_, byte) => intensity(byte));
