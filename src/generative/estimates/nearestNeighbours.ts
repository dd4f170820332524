import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { told } from "../exact/check.ts";
import { exponentOf } from "../exact/elimination.ts";
import { squaresOf, type Table, tableOf } from "./rowTable.ts";

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
  const table = tableOf("queries", queries);
  let from = 0;
  for (const part of parts) {
    assertTensor("nearestNeighbours", "a part of the data", part);
    if (part.shape[1] !== d) {
      throw new RangeError(
        `nearestNeighbours: data must have ${d} columns like the queries, but got ${part.shape[1]}; flatten both alike.`,
      );
    }
    assertTable("data", part);
    const nearest = part.shape[0] === 0 || best.length === 0 ? [] : nearestOf(table, tableOf("data", part));
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
 * The nearest row of the data for each query, among all that float32 cannot tell from it, with the distance from
 * differences.
 *
 * ‖q‖² − 2 q·x + ‖x‖² is a matrix product, and off by 2⁻²⁴ (‖q‖² + ‖x‖²) times a few: what decides among the rows that
 * close to the smallest so far is Σ (q_i − x_i)², in float64. So many are close where all lie far from 0, and none can be
 * told apart where squares leave float32: both are moved and scaled first.
 */
function nearestOf(queries: Table, data: Table): Neighbour[] {
  if (data.tensor.shape[1] <= FEW) return directly(queries, data);
  const [q, x] = isOrdinary(queries, data) ? [queries, data] : aboutFirstRow(queries, data);
  const product = tf.matMul(q.tensor, x.tensor, false, true);
  const products = product.dataSync<"float32">(); // [queries, n]
  product.dispose();
  if (q !== queries) tf.dispose([q.tensor, x.tensor]);
  return Array.from(q.squares, (square, query) => {
    const width = (square + x.largestSquare) * RESOLUTION;
    const distance = (row: number) => squaredDistanceOf(queries.values, query, data.values, row, data.tensor.shape[1]);
    return nearestIn(products.subarray(query * x.squares.length), x.squares, width, distance);
  });
}

/** From all differences, which take less time than reading products where there are few columns. */
function directly(queries: Table, data: Table): Neighbour[] {
  const d = data.tensor.shape[1];
  const n = data.squares.length;
  const nearest = d === 2 ? nearestInPlane : nearestDirectly;
  return Array.from(queries.squares, (_, query) =>
    nearest(queries.values.subarray(query * d, (query + 1) * d), data.values, n),
  );
}

/** Of pairs, for which a loop over columns would take most of the time. */
function nearestInPlane(q: Float32Array, rows: Float32Array, n: number): Neighbour {
  const [u, v] = q as unknown as [number, number];
  let [index, squaredDistance] = [-1, Infinity];
  for (let row = 0; row < n; row++) {
    const a = u - (rows[2 * row] as number);
    const b = v - (rows[2 * row + 1] as number);
    const sum = a * a + b * b;
    if (sum >= squaredDistance) continue;
    index = row;
    squaredDistance = sum;
  }
  return { index, squaredDistance };
}

function nearestDirectly(q: Float32Array, rows: Float32Array, n: number): Neighbour {
  let [index, squaredDistance] = [-1, Infinity];
  for (let row = 0, at = 0; row < n; row++) {
    let sum = 0;
    for (let i = 0; i < q.length; i++, at++) {
      const difference = (q[i] as number) - (rows[at] as number);
      sum += difference * difference;
    }
    if (sum >= squaredDistance) continue;
    index = row;
    squaredDistance = sum;
  }
  return { index, squaredDistance };
}

/** The first row of smallest distance among those whose ‖x‖² − 2 q·x is within `width` of the least so far. */
function nearestIn(
  products: Float32Array,
  squares: Float64Array,
  width: number,
  distance: (row: number) => number,
): Neighbour {
  let [index, squaredDistance] = [-1, Infinity];
  let bound = Infinity;
  for (let row = 0; row < squares.length; row++) {
    const value = (squares[row] as number) - 2 * (products[row] as number);
    if (value > bound) continue;
    bound = Math.min(bound, value + width);
    const own = distance(row);
    if (own >= squaredDistance) continue;
    index = row;
    squaredDistance = own;
  }
  return { index, squaredDistance };
}

function squaredDistanceOf(a: Float32Array, i: number, b: Float32Array, j: number, d: number): number {
  let sum = 0;
  const shift = (j - i) * d;
  for (let at = i * d, end = at + d; at < end; at++) sum += ((a[at] as number) - (b[at + shift] as number)) ** 2;
  return sum;
}

/** Whether products are far from the ends of float32, and data about as far from each other as from 0: that of a few rows. */
function isOrdinary(queries: Table, data: Table): boolean {
  const largest = Math.max(queries.largestSquare, data.largestSquare);
  if (!(largest > ORDINARY[0] && largest < ORDINARY[1])) return false;
  const d = data.tensor.shape[1];
  const n = data.squares.length;
  const step = Math.ceil(n / SEVERAL);
  const count = Math.ceil(n / step);
  let [ofMean, meanSquare] = [0, 0];
  for (let row = 0; row < n; row += step) meanSquare += (data.squares[row] as number) / count;
  for (let i = 0; i < d; i++) {
    let sum = 0;
    for (let row = 0; row < n; row += step) sum += data.values[row * d + i] as number;
    ofMean += (sum / count) ** 2;
  }
  return ofMean <= 0.9 * meanSquare || n === 1;
}

/** Both less the first row of the data, in a unit that is a power of 2. */
function aboutFirstRow(queries: Table, data: Table): [Table, Table] {
  const origin = data.values.slice(0, data.tensor.shape[1]);
  const unit = 2 ** -exponentOf(Math.max(farthest(data.values, origin), farthest(queries.values, origin)));
  const moved = ({ values, tensor: { shape } }: Table): Table => {
    const own = values.map((value, at) => (value - (origin[at % origin.length] as number)) * unit);
    return { tensor: tf.tensor2d(own, shape), values: own, ...squaresOf("data", own, shape) };
  };
  return [moved(queries), moved(data)];
}

/** The largest |x_i − o_i| of all rows. */
function farthest(rows: Float32Array, origin: Float32Array): number {
  const d = origin.length;
  let largest = 0;
  for (let at = 0; at < rows.length; at++) {
    largest = Math.max(largest, Math.abs((rows[at] as number) - (origin[at % d] as number)));
  }
  return largest;
}

/** Twice the relative error of a squared distance in float32, with room for the sums. */
const RESOLUTION = 2e-6;
/** Largest squares for which neither they nor what is 1e-6 of them leave float32. */
const ORDINARY = [1e-24, 1e36] as const;
/** Columns, for which differences take less time than products. */
const FEW = 4;
/** Rows that tell how data lie. */
const SEVERAL = 32;
