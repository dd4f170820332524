/**
 * `b = −log p(x) / (d ln 2)`: bits per dimension, from a log-probability in nats over d dimensions.
 *
 * For densities of 8-bit data scaled to [0, 1], add 8.
 *
 * @example
 * bitsPerDimension(-86.76, 784).toFixed(4) // => "0.1597"
 */
export function bitsPerDimension(logProb: number, dimensions: number): number {
  if (!Number.isInteger(dimensions) || dimensions < 1) {
    throw new RangeError(
      `bitsPerDimension: dimensions must be a positive integer, but got ${dimensions}; 784 for MNIST.`,
    );
  }
  return -logProb / (dimensions * Math.LN2);
}
