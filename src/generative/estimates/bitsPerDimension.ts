import { assertCount, assertFields, assertNumber } from "../exact/check.ts";
import { bitsFromNats, natsFromBits } from "./units.ts";

export interface PixelScale {
  /** The values a pixel had before it was divided by their number: 256 for 8-bit data scaled to [0, 1). Default 1. */
  levels?: number;
}

/**
 * `b = −log p(x) / (d ln 2) + log₂ levels`: bits per dimension, from a log-probability in nats over d dimensions.
 *
 * A density on [0, 1) is 256 times as high in each dimension as the same density on [0, 256), where a pixel has width
 * 1; { levels: 256 } adds the 8 bits back. A probability of discrete data has no such offset.
 *
 * ∞ where log p(x) is −∞.
 *
 * @throws RangeError where dimensions or levels is not a positive integer, or log p(x) is NaN
 * @example
 * bitsPerDimension(-86.76, 784).toFixed(4) // => "0.1597"
 * bitsPerDimension(1980.5, 784, { levels: 256 }).toFixed(3) // => "4.356"
 */
export function bitsPerDimension(logProb: number, dimensions: number, scale: PixelScale = {}): number {
  const levels = levelsOf("bitsPerDimension", dimensions, scale);
  assertNumber("bitsPerDimension", "logProb", logProb);
  return -bitsFromNats(logProb) / dimensions + Math.log2(levels);
}

/** `log p(x) = −(b − log₂ levels) d ln 2`, in nats: the inverse of `bitsPerDimension`. */
export function logProbFromBitsPerDimension(bits: number, dimensions: number, scale: PixelScale = {}): number {
  const levels = levelsOf("logProbFromBitsPerDimension", dimensions, scale);
  assertNumber("logProbFromBitsPerDimension", "bits", bits);
  return -natsFromBits(bits - Math.log2(levels)) * dimensions;
}

function levelsOf(what: string, dimensions: number, scale: PixelScale): number {
  assertFields(what, "options", scale, []);
  const { levels = 1 } = scale;
  assertCount(what, "dimensions", dimensions, "784 for MNIST");
  assertCount(what, "levels", levels, "256 for MNIST");
  return levels;
}
