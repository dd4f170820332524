import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertNumbers, told } from "../exact/check.ts";
import { exponentOf } from "../exact/elimination.ts";

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
 * The first one, where several are as close; in any units, from 1e-30 to 1e37. The distance is one of pixels: an image
 * moved by one pixel is as far from itself as from a stranger.
 *
 * @throws RangeError where a part has another length d, there are no data or no columns, or a number is NaN or infinite
 */
export function nearestNeighbours(queries: tf.Tensor2D, parts: Iterable<tf.Tensor2D>): Neighbour[] {
  assertTable("queries", queries);
  if (typeof parts?.[Symbol.iterator] !== "function" || typeof parts === "string") {
    throw new TypeError(`nearestNeighbours: data must be parts, but got ${told(parts)}; pass [tensor].`);
  }
  const best = Array.from({ length: queries.shape[0] }, (): Neighbour => ({ index: -1, squaredDistance: Infinity }));
  const d = queries.shape[1];
  let from = 0;
  for (const part of parts) {
    assertTensor("nearestNeighbours", "a part of the data", part);
    if (part.shape[1] !== d) {
      throw new RangeError(
        `nearestNeighbours: data must have ${d} columns like the queries, but got ${part.shape[1]}; flatten both alike.`,
      );
    }
    assertTable("data", part);
    const nearest = part.shape[0] === 0 || best.length === 0 ? [] : nearestOf(queries, part);
    nearest.forEach(({ index: row, squaredDistance }, query) => {
      if (squaredDistance >= (best[query] as Neighbour).squaredDistance) return;
      best[query] = { index: from + row, squaredDistance };
    });
    from += part.shape[0];
  }
  if (from === 0) throw new RangeError("nearestNeighbours: data must have a row, but got none; pass [tensor].");
  return best;
}

/** Throws unless this is [n, d], with a column. */
function assertTable(name: string, table: tf.Tensor2D): void {
  assertTensor("nearestNeighbours", name, table);
  if (table.rank === 2 && table.shape[1] > 0) return;
  throw new RangeError(
    `nearestNeighbours: ${name} must be [rows, d], but got shape [${table.shape}]; flatten each image to a row.`,
  );
}

/**
 * The nearest row of a part for each query, among all that float32 cannot tell from it, with the distance from differences.
 *
 * ‖q‖² − 2 q·x + ‖x‖² is a matrix product, and off by 2⁻²⁴ (‖q‖² + ‖x‖²) times a few: what decides among the rows that
 * close to the smallest is Σ (q_i − x_i)², in float64. Taking the first row off both sides keeps offsets out of it, and a
 * power of 2, by which both are divided, keeps products of small or large numbers within the range of float32.
 * All but the product is done on plain arrays: broadcasting tensors would take most of the time.
 */
function nearestOf(queries: tf.Tensor2D, part: tf.Tensor2D): Neighbour[] {
  const [n, d] = part.shape;
  const [values, rows] = [queries.dataSync<"float32">(), part.dataSync<"float32">()];
  const origin = rows.slice(0, d);
  const unit = 2 ** -exponentOf(Math.max(farthest("data", rows, origin), farthest("queries", values, origin)));
  const [q, x] = [centred(values, origin, unit), centred(rows, origin, unit)];
  const product = tf.tidy(() =>
    tf.matMul(tf.tensor2d(q.values, queries.shape), tf.tensor2d(x.values, [n, d]), false, true),
  );
  const products = product.dataSync<"float32">(); // [queries, n]
  product.dispose();
  const largest = x.squares.reduce((most, square) => Math.max(most, square), 0);
  return Array.from(q.squares, (square, query) => {
    const from = query * n;
    const bound = least(products, from, x.squares) + (square + largest) * RESOLUTION;
    const best: Neighbour = { index: -1, squaredDistance: Infinity };
    for (let row = 0; row < n; row++) {
      if (!((x.squares[row] as number) - 2 * (products[from + row] as number) <= bound)) continue;
      let squaredDistance = 0;
      for (let i = 0; i < d; i++) {
        squaredDistance += ((values[query * d + i] as number) - (rows[row * d + i] as number)) ** 2;
      }
      if (squaredDistance < best.squaredDistance) Object.assign(best, { index: row, squaredDistance });
    }
    return best;
  });
}

/** The largest |x_i − o_i| of all rows. Throws where one is NaN or infinite: it would hide the rows beside it. */
function farthest(name: string, rows: Float32Array, origin: Float32Array): number {
  const d = origin.length;
  let largest = 0;
  for (let row = 0; row < rows.length; row += d) {
    for (let i = 0; i < d; i++) {
      const distance = Math.abs((rows[row + i] as number) - (origin[i] as number));
      if (distance <= largest) continue;
      if (!Number.isFinite(distance)) {
        throw new RangeError(
          `nearestNeighbours: ${name} must be finite, but got ${rows[row + i]} in row ${row / d}, column ${i}; look at what computed it.`,
        );
      }
      largest = distance;
    }
  }
  return largest;
}

/** Rows less the origin, times a power of 2, and ‖·‖² of each. */
function centred(
  rows: Float32Array,
  origin: Float32Array,
  unit: number,
): { values: Float32Array; squares: Float64Array } {
  const d = origin.length;
  const values = new Float32Array(rows.length);
  const squares = new Float64Array(rows.length / d);
  for (let row = 0, at = 0; row < squares.length; row++) {
    let sum = 0;
    for (let i = 0; i < d; i++, at++) {
      const value = ((rows[at] as number) - (origin[i] as number)) * unit;
      values[at] = value;
      sum += value * value;
    }
    squares[row] = sum;
  }
  return { values, squares };
}

/** The least ‖x‖² − 2 q·x of the rows. */
function least(products: Float32Array, from: number, squares: Float64Array): number {
  let smallest = Infinity;
  for (let row = 0; row < squares.length; row++) {
    const value = (squares[row] as number) - 2 * (products[from + row] as number);
    if (value < smallest) smallest = value;
  }
  return smallest;
}

/** Twice the relative error of a squared distance in float32, with room for the sums. */
const RESOLUTION = 2e-6;

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
