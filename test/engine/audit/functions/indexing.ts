import * as tf from "@tensorflow/tfjs";
import { type Calls, run } from "./call.ts";

/** Suppression as a kernel: its public function waits for numbers. */
const suppression =
  (name: string, others: object = {}): Calls[string] =>
  ([boxes, scores], { most, overlap, least }) => {
    const attributes = { maxOutputSize: most, iouThreshold: overlap, scoreThreshold: least, ...others };
    return run(name, { boxes, scores }, attributes);
  };

export const indexing: Calls = {
  GatherV2: ([x, indices], { axis, batchDims }) => tf.gather(x, indices, axis, batchDims),
  GatherNd: ([x, indices]) => tf.gatherND(x, indices),
  ScatterNd: ([indices, updates], { shape }) => tf.scatterND(indices, updates, shape),
  TensorScatterUpdate: ([x, indices, updates]) => tf.tensorScatterUpdate(x, indices, updates),
  SparseToDense: ([indices, values], { shape, value }) => tf.sparseToDense(indices, values, shape, value),
  UnsortedSegmentSum: ([x, ids], { count }) => tf.unsortedSegmentSum(x, ids, count),
  OneHot: ([indices], { depth, on, off }) => tf.oneHot(indices, depth, on, off),
  Cumsum: ([x], { axis, exclusive, reverse }) => tf.cumsum(x, axis, exclusive, reverse),
  Cumprod: ([x], { axis, exclusive, reverse }) => tf.cumprod(x, axis, exclusive, reverse),
  TopK: ([x], { k }) => {
    const { values, indices } = tf.topk(x, k);
    return [values, indices];
  },
  Unique: ([x]) => {
    const { values, indices } = tf.unique(x);
    return [values, indices];
  },
  LowerBound: ([edges, values]) => tf.lowerBound(edges, values),
  UpperBound: ([edges, values]) => tf.upperBound(edges, values),
  SearchSorted: ([edges, values], { side }) => tf.searchSorted(edges, values, side),
  Bincount: ([x, weights], { size }) => tf.bincount(x, weights, size),
  DenseBincount: ([x, weights], { size, binary }) => tf.denseBincount(x, weights, size, binary),
  NonMaxSuppressionV3: suppression("NonMaxSuppressionV3"),
  NonMaxSuppressionV4: suppression("NonMaxSuppressionV4", { padToMaxOutputSize: true }),
  NonMaxSuppressionV5: suppression("NonMaxSuppressionV5", { softNmsSigma: 0 }),
};
