import * as tf from "@tensorflow/tfjs";

/**
 * Sums, products, extrema and means over an axis of length 0, on the wasm backend: 0, 1, ∓∞ and NaN, as on every other.
 *
 * Its kernels write nothing there, so that what memory held before came out. The same goes for products of matrices
 * [n, 0] and [0, m], whose every entry is a sum of nothing.
 *
 * Call it once the backend is wasm; calling it again does nothing.
 */
export function repairEmptyReductions(): void {
  for (const [name, value] of Object.entries(ofNothing)) {
    const stock = tf.getKernel(name, "wasm");
    if (!stock || repaired.has(stock.kernelFunc)) continue;
    const kernelFunc: tf.KernelFunc = call => {
      const result = stock.kernelFunc(call);
      const inputs = Object.values(call.inputs).filter(input => input != null);
      if (inputs.some(({ shape }) => shape.includes(0))) fill(call.backend as Backend, result as tf.TensorInfo, value);
      return result;
    };
    repaired.add(kernelFunc);
    tf.unregisterKernel(name, "wasm");
    tf.registerKernel({ ...stock, kernelFunc });
  }
}

/** What the kernels use of the backend, whose type tfjs keeps to itself. */
type Backend = { typedArrayFromHeap(tensor: tf.TensorInfo): Float32Array };

function fill(backend: Backend, tensor: tf.TensorInfo, value: number): void {
  if (!tensor.shape.includes(0)) backend.typedArrayFromHeap(tensor).fill(value);
}

const ofNothing = {
  Sum: 0,
  Mean: Number.NaN,
  Prod: 1,
  Max: -Infinity,
  Min: Infinity,
  Any: 0,
  All: 1,
  BatchMatMul: 0,
};

const repaired = new WeakSet<tf.KernelFunc>();
