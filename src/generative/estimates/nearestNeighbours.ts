import * as tf from "@tensorflow/tfjs";

/** The closest datum to a query. */
export interface Neighbour {
  /** Where it stands in the data, counted through all parts. */
  index: number;
  /** ‖query − datum‖², for binary images the number of pixels that differ. */
  squaredDistance: number;
}

/**
 * `argmin_n ‖q − x_n‖²` for each query, over data that come in parts: [queries, d] against parts of [n, d].
 *
 * From ‖q‖² − 2 q·x + ‖x‖²; for zeros and ones, float32 has these exactly up to 2²⁴ pixels. The distance is one
 * of pixels: an image moved by one pixel is as far from itself as from a stranger.
 *
 * @throws RangeError where a part has another length d, or there are no data
 */
export function nearestNeighbours(queries: tf.Tensor2D, parts: Iterable<tf.Tensor2D>): Neighbour[] {
  const best = Array.from({ length: queries.shape[0] }, (): Neighbour => ({ index: -1, squaredDistance: Infinity }));
  let from = 0;
  for (const part of parts) {
    if (part.shape[1] !== queries.shape[1]) {
      throw new RangeError(
        `nearestNeighbours: data must have ${queries.shape[1]} columns like the queries, but got ${part.shape[1]}; flatten both alike.`,
      );
    }
    const [nearest, distances] = tf.tidy(() => {
      const products = queries.matMul(part, false, true).mul(-2); // [queries, n]
      const squares = products.add(part.square().sum(1)).add(queries.square().sum(1, true));
      return [squares.argMin(1).dataSync(), squares.min(1).dataSync()];
    });
    best.forEach((neighbour, q) => {
      const squaredDistance = distances[q] as number;
      if (squaredDistance >= neighbour.squaredDistance) return;
      best[q] = { index: from + (nearest[q] as number), squaredDistance };
    });
    from += part.shape[0];
  }
  if (from === 0) throw new RangeError("nearestNeighbours: data must have a row, but got none; pass [tensor].");
  return best;
}

/**
 * The share of samples that lie closer to the training data than all but 1 % of held-out data do.
 *
 * Held-out data are the control: they cannot have been copied, so a model that copies nothing has a share near
 * 0.01, and one that copies has 1. Both lists are distances to the nearest training datum.
 *
 * @throws RangeError for fewer than 100 held-out distances: their first percentile would mean nothing
 */
export function copiedShare(samples: readonly number[], heldOut: readonly number[]): number {
  if (heldOut.length < 100) {
    throw new RangeError(
      `copiedShare: there must be at least 100 held-out data, but got ${heldOut.length}; take more.`,
    );
  }
  const sorted = [...heldOut].sort((a, b) => a - b);
  const threshold = sorted[Math.floor(sorted.length / 100)] as number;
  return samples.filter(distance => distance < threshold).length / samples.length;
}
