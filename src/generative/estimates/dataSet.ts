import * as tf from "@tensorflow/tfjs";

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

/** [n, d] */
export function sizeOf(data: DataSet): [count: number, dimension: number] {
  if (!(data instanceof tf.Tensor)) return [data.count, data.dimension];
  if (data.rank !== 2) {
    throw new RangeError(`data must be [n, d], but got shape [${data.shape}]; reshape one datum to [1, d].`);
  }
  return data.shape as [number, number];
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
    throw new RangeError(`${what}: ${name} must be a positive integer, but got ${value}; as in { ${name}: 100 }.`);
  }
}
