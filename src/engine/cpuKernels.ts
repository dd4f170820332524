import type * as tf from "@tensorflow/tfjs";
import { replaceKernel } from "./replaceKernel.ts";

/** What a tensor of the cpu backend holds. */
interface CpuBackend extends tf.KernelBackend {
  data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: ArrayLike<number>): tf.TensorInfo;
}

/**
 * A cast of the cpu backend whose entries have the new type.
 *
 * Its own shares the bytes of booleans, and the integers, of what it casts. It reads them back rightly, but another
 * backend that the tensor moves to takes the bytes for floats. Calling it again does nothing.
 */
export function repairCpuKernels(): void {
  replaceKernel("Cast", "cpu", repairCpuKernels, stock => call => {
    const result = (stock as tf.KernelFunc)(call) as tf.TensorInfo;
    const backend = call.backend as CpuBackend;
    const ArrayType = arrays[result.dtype];
    const { values } = backend.data.get(result.dataId);
    if (ArrayType === undefined || values instanceof ArrayType) return result;
    backend.disposeData(result.dataId);
    return backend.makeTensorInfo(result.shape, result.dtype, ArrayType.from(values));
  });
}

const arrays: Readonly<Record<string, Float32ArrayConstructor | Int32ArrayConstructor>> = {
  float32: Float32Array,
  int32: Int32Array,
};
