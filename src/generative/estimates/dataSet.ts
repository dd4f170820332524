import * as tf from "@tensorflow/tfjs";
import { inWords } from "../../engine/index.ts";

/** Data to measure a model on: a tensor [n, d], or a set of images, of which only those in use are tensors. */
export type DataSet = tf.Tensor | ImagesInRows;

/** What `ImageSet` is to those who only read it. */
export interface ImagesInRows {
  readonly count: number;
  /** Pixels of an image. */
  readonly dimension: number;
  /** The images `from` to `to` − 1. [to − from, dimension] */
  images(from: number, to: number): tf.Tensor;
}

/** A range of a data set or of draws: `from` to `to` − 1. */
export interface Range {
  from: number;
  to: number;
}

/** [n, d], with at least one datum; errors begin with `what`, and call the data by their name there. */
export function sizeOf(what: string, data: DataSet, name = "data"): [count: number, dimension: number] {
  if (!(data instanceof tf.Tensor) && !isImages(data)) {
    throw new TypeError(
      `${what}: ${name} must be a tensor [n, d] or a set of images, but got ${inWords(data)}; make a tensor of numbers with tf.tensor2d(rows).`,
    );
  }
  if (data instanceof tf.Tensor && data.rank !== 2) {
    throw new RangeError(
      `${what}: ${name} must be [n, d], but got shape [${data.shape}]; reshape one datum to [1, d].`,
    );
  }
  const [count, dimension] =
    data instanceof tf.Tensor ? (data.shape as [number, number]) : [data.count, data.dimension];
  if (count === 0) {
    throw new RangeError(`${what}: ${name} must have at least one datum, but got shape [0,${dimension}]; add some.`);
  }
  return [count, dimension];
}

function isImages(data: unknown): data is ImagesInRows {
  return typeof (data as ImagesInRows | undefined)?.images === "function";
}

/** [to − from, d]; the caller disposes it. */
export function rowsOf(data: DataSet, { from, to }: Range): tf.Tensor {
  return data instanceof tf.Tensor ? data.slice([from, 0], [to - from, -1]) : data.images(from, to);
}

/** 0 … total − 1 in ranges of one size, of which the last may be shorter. */
export function ranges(total: number, size: number): Range[] {
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => ({
    from: i * size,
    to: Math.min((i + 1) * size, total),
  }));
}

/** Throws unless every number is a positive integer. */
export function assertCounts(what: string, counts: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(counts)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(
      `${what}: ${name} must be a positive integer, but got ${inWords(value)}; as in { ${name}: 100 }.`,
    );
  }
}
