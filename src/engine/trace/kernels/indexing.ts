import type { GatherV2Attrs, OneHotAttrs, ScatterNdAttrs, UnsortedSegmentSumAttrs } from "@tensorflow/tfjs";
import {
  binary,
  cast,
  expand,
  positiveAxis,
  reduce,
  reshape,
  sizeOf,
  slice,
  transpose,
  type Value,
  where,
} from "../../onnx/index.ts";
import { dataType, kernel, type Kernels } from "../kernel.ts";

export const indexing: Kernels = {
  GatherV2: kernel<"x" | "indices", GatherV2Attrs>(({ x, indices }, { axis, batchDims = 0 }, graph) => {
    const along = positiveAxis(axis, x.shape.length);
    const shape = [...x.shape.slice(0, along), ...indices.shape.slice(batchDims), ...x.shape.slice(along + 1)];
    if (batchDims === 0) return graph.node("Gather", [x, indices], shape, x.dtype, { axis: along });
    const length = x.shape[along] as number;
    const [batch, outer, inner] = [
      x.shape.slice(0, batchDims),
      x.shape.slice(batchDims, along),
      x.shape.slice(along + 1),
    ];
    const sizes = [batch, outer, inner].map(sizeOf) as [number, number, number];
    const taken = sizeOf(indices.shape) / sizes[0];
    // The rows of all batches in one list, in which those of batch b start at b · length.
    const rows = transpose(reshape(x, [sizes[0], sizes[1], length, sizes[2]]), [0, 2, 1, 3]);
    const starts = graph.constant(
      [...Array(sizes[0]).keys()].map(i => i * length),
      [sizes[0], 1],
      "int32",
    );
    const places = binary("Add", reshape(indices, [sizes[0], taken]), starts);
    const all = reshape(rows, [sizes[0] * length, sizes[1], sizes[2]]);
    const found = graph.node("Gather", [all, places], [sizes[0], taken, sizes[1], sizes[2]], x.dtype, { axis: 0 });
    return reshape(transpose(found, [0, 2, 1, 3]), shape);
  }),
  GatherNd: kernel<"params" | "indices">(({ params, indices }, _, graph) => {
    const shape = [...indices.shape.slice(0, -1), ...params.shape.slice(indices.shape.at(-1))];
    return graph.node("GatherND", [params, cast(indices, "int64")], shape, params.dtype);
  }),
  /** Rows of the same index add up: the gradient of a gather. Those of an index out of range go to a row that is cut. */
  UnsortedSegmentSum: kernel<"x" | "segmentIds", UnsortedSegmentSumAttrs>(
    ({ x, segmentIds }, { numSegments }, graph) => {
      const last = graph.scalar(numSegments, "int32");
      const isNegative = binary("Less", segmentIds, graph.scalar(0, "int32"));
      const rows = reshape(where(isNegative, last, binary("Min", segmentIds, last)), [...segmentIds.shape, 1]);
      const rest = x.shape.slice(segmentIds.shape.length);
      const sums = scatter(rows, x, [numSegments + 1, ...rest]);
      return slice(
        sums,
        sums.shape.map(() => 0),
        [numSegments, ...rest],
      );
    },
  ),
  ScatterNd: kernel<"indices" | "updates", ScatterNdAttrs>(({ indices, updates }, { shape }) =>
    scatter(indices, updates, shape),
  ),
  OneHot: kernel<"indices", OneHotAttrs>(({ indices }, { depth, onValue, offValue, dtype }, graph) => {
    const type = dataType(dtype ?? "int32");
    const classes = graph.constant(
      Array.from({ length: depth }, (_, i) => i),
      [depth],
      "int32",
    );
    const here = binary("Equal", reshape(cast(indices, "int32"), [...indices.shape, 1]), classes);
    if (sizeOf(indices.shape) === 0) return graph.fill(offValue, here.shape, type);
    return where(here, graph.scalar(onValue, type), graph.scalar(offValue, type));
  }),
};

/**
 * Zeros, to which each update is added at its index.
 *
 * By ScatterElements, which goes one update after the other: ScatterND adds on several threads at once, and loses
 * updates of the same index.
 */
function scatter(indices: Value, updates: Value, shape: readonly number[]): Value {
  const { graph, dtype } = updates;
  if (sizeOf(updates.shape) === 0) return graph.fill(0, shape, dtype);
  const depth = indices.shape.at(-1) as number;
  const count = sizeOf(indices.shape.slice(0, -1));
  const [rows, inner] = [sizeOf(shape.slice(0, depth)), sizeOf(shape.slice(depth))];
  const strides = Array.from({ length: depth }, (_, axis) => sizeOf(shape.slice(axis + 1, depth)));
  const steps = binary("Mul", reshape(indices, [count, depth]), graph.constant(strides, [depth], "int32"));
  const places = expand(cast(reduce("ReduceSum", steps, [1], true), "int64"), [count, inner]);
  const inputs = [graph.fill(0, [rows, inner], dtype), places, reshape(updates, [count, inner])];
  return reshape(graph.node("ScatterElements", inputs, [rows, inner], dtype, { reduction: "add", axis: 0 }), shape);
}
