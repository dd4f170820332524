import { withGradient } from "./withGradient.ts";

/** Less than half of the largest float32. */
export const LARGEST = 1.6e38;

/**
 * The same numbers, with ±`LARGEST` in the place of ±∞: 0 times them is 0, and their difference a number.
 *
 * The derivative is 1 everywhere. A NaN may be swallowed, as backends clip it or not.
 */
export const withoutInfinities = withGradient(
  x => x.clipByValue(-LARGEST, LARGEST),
  (_, dy) => dy.clone(),
);
