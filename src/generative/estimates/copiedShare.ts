import { assertNumbers } from "../exact/check.ts";

/**
 * The share of samples that lie closer to the training data than all but 1 % of held-out data do.
 *
 * Held-out data are the control: they cannot have been copied, so a model that copies nothing has a share near
 * 0.01, and one that copies has 1. Both lists are distances to the nearest training datum.
 *
 * @throws RangeError for fewer than 100 held-out distances: their first percentile would mean nothing; for no samples; for
 *   a NaN among them
 */
export function copiedShare(samples: readonly number[], heldOut: readonly number[]): number {
  assertNumbers("copiedShare", "samples", samples);
  assertNumbers("copiedShare", "heldOut", heldOut);
  if (heldOut.length < 100) {
    throw new RangeError(
      `copiedShare: there must be at least 100 held-out data, but got ${heldOut.length}; take more.`,
    );
  }
  if (samples.length === 0) {
    throw new RangeError("copiedShare: there must be distances of samples, but got none; measure some.");
  }
  const sorted = [...heldOut].sort((a, b) => a - b);
  const threshold = sorted[Math.floor(sorted.length / 100)] as number;
  return samples.filter(distance => distance < threshold).length / samples.length;
}
