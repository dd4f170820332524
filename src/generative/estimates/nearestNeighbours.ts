import * as tf from "@tensorflow/tfjs";
import { ranges } from "./dataSet.ts";

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
 * The first one, where several are as close. The distance is one of pixels: an image moved by one pixel is as far from itself as from a stranger.
 *
 * @throws RangeError where a part has another length d, there are no data, or a distance is NaN
 */
export function nearestNeighbours(queries: tf.Tensor2D, parts: Iterable<tf.Tensor2D>): Neighbour[] {
  const best = Array.from({ length: queries.shape[0] }, (): Neighbour => ({ index: -1, squaredDistance: Infinity }));
  const d = queries.shape[1];
  let from = 0;
  for (const part of parts) {
    if (part.shape[1] !== d) {
      throw new RangeError(
        `nearestNeighbours: data must have ${d} columns like the queries, but got ${part.shape[1]}; flatten both alike.`,
      );
    }
    const candidates = part.shape[0] === 0 || best.length === 0 ? [] : nearestOf(queries, part);
    for (const { query, row, squaredDistance } of candidates) {
      if (squaredDistance >= (best[query] as Neighbour).squaredDistance) continue;
      best[query] = { index: from + row, squaredDistance };
    }
    from += part.shape[0];
  }
  if (from === 0) throw new RangeError("nearestNeighbours: data must have a row, but got none; pass [tensor].");
  const lost = best.findIndex(({ index }) => index < 0);
  if (lost < 0) return best;
  throw new RangeError(
    `nearestNeighbours: distances must be numbers, but got NaN or ∞ for query ${lost}; look for it in both tables.`,
  );
}

interface Candidate {
  query: number;
  row: number;
  squaredDistance: number;
}

/**
 * The nearest rows of a part, and all that float32 cannot tell from them, with distances from differences.
 *
 * ‖q‖² − 2 q·x + ‖x‖² is a matrix product, and off by 2⁻²⁴ (‖q‖² + ‖x‖²) times a few: what decides among the rows that
 * close to the smallest is Σ (q_i − x_i)², in float64. Taking the first row off both sides keeps offsets out of it.
 */
function nearestOf(queries: tf.Tensor2D, part: tf.Tensor2D): Candidate[] {
  const n = part.shape[0];
  const [squares, scales] = tf.tidy(() => {
    const origin = part.slice([0, 0], [1, -1]);
    const [q, x] = [queries.sub(origin) as tf.Tensor2D, part.sub(origin) as tf.Tensor2D];
    const [ofQ, ofX] = [q.square().sum(1, true), x.square().sum(1)];
    const squares = q.matMul(x, false, true).mul(-2).add(ofX).add(ofQ); // [queries, n]
    return [squares.dataSync<"float32">(), ofQ.squeeze([1]).add(ofX.max()).dataSync<"float32">()] as const;
  });
  const pairs: [query: number, row: number][] = [];
  scales.forEach((scale, query) => {
    const bound = least(squares, query * n, n) + scale * RESOLUTION;
    for (let i = 0; i < n; i++) if ((squares[query * n + i] as number) <= bound) pairs.push([query, i]);
  });
  const values = queries.dataSync<"float32">();
  return ranges(pairs.length, AT_ONCE).flatMap(({ from, to }) => measured(values, part, pairs.slice(from, to)));
}

/** The least of n numbers, NaN if there is one. */
function least(numbers: Float32Array, from: number, n: number): number {
  let smallest = Infinity;
  for (let i = from; i < from + n; i++) {
    const value = numbers[i] as number;
    if (value < smallest) smallest = value;
    else if (Number.isNaN(value)) return Number.NaN;
  }
  return smallest;
}

function measured(queries: Float32Array, part: tf.Tensor2D, pairs: [query: number, row: number][]): Candidate[] {
  const d = part.shape[1];
  const chosen = pairs.map(([, row]) => row);
  const rows = tf.tidy(() => tf.gather(part, tf.tensor1d(chosen, "int32")).dataSync());
  return pairs.map(([query, row], k) => {
    let squaredDistance = 0;
    for (let i = 0; i < d; i++) {
      squaredDistance += ((queries[query * d + i] as number) - (rows[k * d + i] as number)) ** 2;
    }
    return { query, row, squaredDistance };
  });
}

/** Twice the relative error of a squared distance in float32, with room for the sums. */
const RESOLUTION = 2e-6;
/** Rows compared at once: bounds the memory where many are alike. */
const AT_ONCE = 4096;

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
  if (heldOut.length < 100) {
    throw new RangeError(
      `copiedShare: there must be at least 100 held-out data, but got ${heldOut.length}; take more.`,
    );
  }
  if (samples.length === 0 || [...samples, ...heldOut].some(Number.isNaN)) {
    const got = samples.length === 0 ? "no samples" : "NaN";
    throw new RangeError(`copiedShare: there must be distances of samples, all numbers, but got ${got}; measure some.`);
  }
  const sorted = [...heldOut].sort((a, b) => a - b);
  const threshold = sorted[Math.floor(sorted.length / 100)] as number;
  return samples.filter(distance => distance < threshold).length / samples.length;
}
