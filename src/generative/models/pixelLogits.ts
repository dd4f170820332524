import { assertBetween } from "../networks/sizes.ts";

/**
 * `log m/(1 − m)` of each pixel mean: the biases with which a decoder starts by predicting the mean image. [pixels]
 *
 * m is kept off 0 and 1, so that a pixel that was never on can still be learned.
 *
 * @throws RangeError where the means are not one for each pixel, or no shares
 */
export function pixelLogits(what: string, means: ArrayLike<number>, pixels: number): number[] {
  if (means.length !== pixels) {
    throw new RangeError(
      `${what}: pixelMeans must have ${pixels} entries, but got ${means.length}; one for each pixel.`,
    );
  }
  assertBetween(what, "pixelMeans", means, { least: 0, most: 1, remedy: "they are shares of images" });
  return Array.from(means, mean => {
    const m = Math.min(Math.max(mean, 0.001), 0.999);
    return Math.log(m / (1 - m));
  });
}
