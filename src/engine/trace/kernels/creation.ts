import type { FillAttrs, LinSpaceAttrs, RangeAttrs } from "@tensorflow/tfjs";
import { dataType, kernel, type Kernels } from "../kernel.ts";

/** Tensors made from attributes alone. Random ones are not kernels: `Random` hands its draws to the trace. */
export const creation: Kernels = {
  Fill: kernel<never, FillAttrs>((_, { shape, value, dtype }, graph) =>
    graph.fill(Number(value), shape, dataType(dtype ?? "float32")),
  ),
  ZerosLike: kernel<"x">(({ x }, _, graph) => graph.fill(0, x.shape, x.dtype)),
  OnesLike: kernel<"x">(({ x }, _, graph) => graph.fill(1, x.shape, x.dtype)),
  Range: kernel<never, RangeAttrs>((_, { start, stop, step, dtype }, graph) => {
    const values = Array.from({ length: Math.max(0, Math.ceil((stop - start) / step)) }, (_, i) => start + i * step);
    return graph.constant(values, [values.length], dataType(dtype ?? "float32"));
  }),
  LinSpace: kernel<never, LinSpaceAttrs>((_, { start, stop, num }, graph) => {
    const values = Array.from({ length: num }, (_, i) => start + (i * (stop - start)) / Math.max(num - 1, 1));
    return graph.constant(values, [num], "float32");
  }),
};
