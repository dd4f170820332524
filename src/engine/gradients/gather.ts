import * as tf from "@tensorflow/tfjs";
import { gradient, noGradient } from "./gradient.ts";

type Tensor = tf.Tensor;

/**
 * `dx[i] = Σ dy[j]` over the places j with `indices[j] = i`, along one axis.
 *
 * The cpu backend sums segments by one pass over dy for each index there could be, and wasm has no such kernel, so
 * this scatters instead.
 */
const gather = gradient<[Tensor, Tensor], { axis: number; batchDims?: number }>(
  "GatherV2",
  { inputs: ["x", "indices"] },
  (dy, [x, indices], { axis, batchDims = 0 }) => ({
    x: () => {
      if (indices.size === 0) return noGradient(x);
      const [along] = tf.util.parseAxisParam(axis, x.shape) as [number];
      const n = x.shape[along] as number;
      const batch = tf.util.sizeFromShape(x.shape.slice(0, batchDims));
      const outer = tf.util.sizeFromShape(x.shape.slice(batchDims, along));
      const inner = tf.util.sizeFromShape(x.shape.slice(along + 1));
      const perBatch = indices.size / batch;

      const taken = dy.reshape([batch, outer, perBatch, inner]);
      const rows = outer === 1 ? taken : taken.transpose([0, 2, 1, 3]);
      const starts = tf.range(0, batch * n, n, "int32").reshape([batch, 1]);
      const places = batch === 1 ? indices : indices.reshape([batch, perBatch]).add(starts);
      const summed = tf.scatterND(places.reshape([-1, 1]), rows.reshape([-1, outer * inner]), [
        batch * n,
        outer * inner,
      ]);
      if (outer === 1) return summed.reshape(x.shape);
      return summed.reshape([batch, n, outer, inner]).transpose([0, 2, 1, 3]).reshape(x.shape);
    },
    indices: () => noGradient(indices),
  }),
);

/** `dx[i] = Σ dy[j]` over the places j with `indices[j] = i`, where i names an entry or a slice of x. */
const gatherNd = gradient<[Tensor, Tensor]>("GatherNd", { inputs: ["params", "indices"] }, (dy, [x, indices]) => ({
  params: () => (indices.size === 0 ? noGradient(x) : tf.scatterND(indices, dy, x.shape)),
  indices: () => noGradient(indices),
}));

/** `dupdates[j] = dy[indices[j]]` */
const scatterNd = gradient<[Tensor]>("ScatterNd", { inputs: ["indices"] }, (dy, [indices]) => ({
  updates: () => tf.gatherND(dy, indices),
  indices: () => noGradient(indices),
}));

export const gatherGradients: tf.GradConfig[] = [gather, gatherNd, scatterNd];
