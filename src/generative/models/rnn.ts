import * as tf from "@tensorflow/tfjs";
import type { Random } from "../../engine/index.ts";
import { Dense, GRU, namedParts, type Parameters } from "../networks/index.ts";
import { assertBetween, assertSizes } from "../networks/sizes.ts";
import { Autoregressive, type Stepwise } from "./autoregressive.ts";

export interface RNNOptions {
  /** ordering[k] is the dimension that comes k-th. */
  ordering: readonly number[];
  /** Length of the state. */
  hidden: number;
  /** Features of each dimension, [d][features]: fed in when that dimension is to be predicted. See `gridPositions`. */
  positions?: readonly (readonly number[])[];
}

/**
 * `h_k = GRU(h_k−1, (x_k−1, position of k))`, `logit p(x_k = 1 | x_<k) = w · h_k + b`: one cell for every dimension.
 *
 * The state h carries the history, so the number of parameters does not depend on d. The value before the first
 * is 0, where bits are read as ±1. Raster scan of images by a recurrent network: van den Oord, Kalchbrenner &
 * Kavukcuoglu, Pixel Recurrent Neural Networks, 2016; the cell: Cho et al., 2014.
 *
 * @throws RangeError where the ordering is not a permutation, or positions are not one row a dimension
 */
export class RNN extends Autoregressive {
  readonly parameters: Parameters;
  private readonly cell: GRU;
  private readonly output: Dense;
  private readonly positions: readonly (readonly number[])[];

  constructor(random: Random, { ordering, hidden, positions = ordering.map(() => []) }: RNNOptions) {
    super(ordering);
    const features = positions[0]?.length ?? 0;
    if (positions.length !== ordering.length || positions.some(row => row.length !== features)) {
      throw new RangeError(
        `RNN: positions must be ${ordering.length} rows of one length, but got ${positions.length} with lengths ` +
          `[${[...new Set(positions.map(row => row.length))]}]; gridPositions(height, width) makes them for an image.`,
      );
    }
    assertBetween("RNN", "positions", positions.flat(), { remedy: "gridPositions(height, width) makes them" });
    this.positions = ordering.map(i => positions[i] as number[]);
    this.cell = new GRU(random, 1 + features, hidden);
    this.output = new Dense(random, hidden, 1);
    this.parameters = namedParts({ cell: this.cell, output: this.output });
  }

  conditional(x: tf.Tensor): tf.Tensor {
    this.assertRows(x);
    const [batch = 0, d = 0] = x.shape;
    const inOrder = tf.oneHot(tf.tensor1d([...this.ordering], "int32"), d).toFloat(); // [d, d]
    const sequence = x.matMul(inOrder.transpose() as tf.Tensor2D); // [batch, d], the k-th of the ordering at k
    const signs = sequence
      .mul(2)
      .sub(1)
      .slice([0, 0], [-1, d - 1]);
    const previous = tf.concat([tf.zeros([batch, 1]), signs], 1).expandDims(2); // [batch, d, 1]
    const where = tf.tensor(this.positions.flat(), [1, d, this.positions[0]?.length ?? 0]).tile([batch, 1, 1]);
    const states = this.cell.apply(where.size === 0 ? previous : tf.concat([previous, where], 2)); // [batch, d, hidden]
    return this.output
      .apply(states)
      .reshape([batch, d])
      .matMul(inOrder as tf.Tensor2D);
  }

  /** Keeps the state: a step costs one cell, whatever came before. */
  override stepwise(count: number): Stepwise {
    let h = new Float32Array(count * this.cell.hidden);
    let k = 0;
    return {
      next: previous => {
        const where = this.positions[k++] as number[];
        const inputs = Array.from({ length: count }, (_, n) => [
          previous ? 2 * (previous[n] as number) - 1 : 0,
          ...where,
        ]);
        return tf.tidy(() => {
          const state = this.cell.step(tf.tensor2d(h, [count, this.cell.hidden]), tf.tensor2d(inputs));
          h = state.dataSync() as Float32Array<ArrayBuffer>;
          return this.output.apply(state).dataSync();
        });
      },
    };
  }
}

/**
 * The row and the column of each pixel, each as a one-hot vector: [height · width][height + width].
 *
 * @example
 * gridPositions(2, 2) // => [[1, 0, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 0, 1]]
 */
export function gridPositions(height: number, width: number): number[][] {
  assertSizes("gridPositions", { height, width });
  const oneHot = (index: number, length: number) => Array.from({ length }, (_, i) => (i === index ? 1 : 0));
  return Array.from({ length: height * width }, (_, pixel) => [
    ...oneHot(Math.floor(pixel / width), height),
    ...oneHot(pixel % width, width),
  ]);
}
