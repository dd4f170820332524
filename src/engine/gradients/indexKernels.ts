import * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "../replaceKernel.ts";

type Tensor = tf.Tensor;
type Sliced = Record<"begin" | "end" | "strides", number[]> &
  Record<"beginMask" | "endMask" | "ellipsisMask" | "newAxisMask" | "shrinkAxisMask", number>;

/**
 * Kernels that find and count entries and that the cpu and wasm backends have wrong.
 *
 * wasm gathers for every batch by the indices of the first; a strided slice of no entries throws; and cpu counts where
 * it was asked only whether there are any. Calling it again does nothing.
 */
export function repairIndexing(backendName: "cpu" | "wasm"): void {
  replaceKernel("StridedSlice", backendName, repairIndexing, stock => call => {
    const { x } = call.inputs as { x: Tensor };
    const { begin, end, strides, ...masks } = call.attrs as unknown as Sliced;
    const { beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = masks;
    const all = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
    const { finalShape } = tf.slice_util.sliceInfo(x.shape, begin, end, strides, ...all);
    return finalShape.includes(0) ? tf.tensor([], finalShape, x.dtype) : (stock as tf.KernelFunc)(call);
  });
  if (backendName === "wasm") {
    replaceKernel("GatherV2", "wasm", repairIndexing, stock => call => {
      const { x, indices } = call.inputs as { x: Tensor; indices: Tensor };
      const { axis, batchDims } = call.attrs as unknown as { axis: number; batchDims: number };
      return batchDims > 0
        ? tf.tidy(() => gatherInBatches(x, indices, axis, batchDims))
        : (stock as tf.KernelFunc)(call);
    });
    return;
  }
  replaceKernel("DenseBincount", "cpu", repairIndexing, stock => call => {
    const result = (stock as tf.KernelFunc)(call) as tf.TensorInfo;
    if (!(call.attrs as { binaryOutput?: boolean }).binaryOutput) return result;
    const { values } = (call.backend as CpuBackend).data.get(result.dataId);
    for (let i = 0; i < values.length; i++) values[i] = Number(values[i] !== 0);
    return result;
  });
}

/** What the kernels use of the backend, whose type tfjs keeps to itself. */
interface CpuBackend {
  data: { get(dataId: object): { values: { length: number; [i: number]: number } } };
}

/** The rows of all batches in one list, in which those of batch b start at b times the length of the axis. */
function gatherInBatches(x: Tensor, indices: Tensor, axis: number, batchDims: number): Tensor {
  const [along] = tf.util.parseAxisParam(axis, x.shape) as [number];
  const length = x.shape[along] as number;
  const sizes = [x.shape.slice(0, batchDims), x.shape.slice(batchDims, along), x.shape.slice(along + 1)];
  const [batch, outer, inner] = sizes.map(shape => tf.util.sizeFromShape(shape)) as [number, number, number];
  const shape = [...x.shape.slice(0, along), ...indices.shape.slice(batchDims), ...x.shape.slice(along + 1)];
  if (shape.includes(0)) return tf.tensor([], shape, x.dtype);
  const rows = x.reshape([batch, outer, length, inner]).transpose([0, 2, 1, 3]);
  const starts = tf.range(0, batch * length, length, "int32").reshape([batch, 1]);
  const places = indices.reshape([batch, -1]).add(starts).reshape([-1]);
  const found = rows.reshape([batch * length, outer, inner]).gather(places);
  return found.reshape([batch, -1, outer, inner]).transpose([0, 2, 1, 3]).reshape(shape);
}
