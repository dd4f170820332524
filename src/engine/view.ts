import * as tf from "@tensorflow/tfjs";
import type { Entries, WasmBackend } from "./wasmBackend.ts";

/**
 * The numbers of a tensor, to be read before the next operation: on wasm the memory itself, elsewhere a copy.
 *
 * For loops that look at every number: `dataSync` takes longer for its copy than they for the look. An operation may move
 * the memory of wasm, and the array is empty then.
 */
export function viewOf(x: tf.Tensor): Entries {
  const backend = tf.backend() as unknown as Partial<WasmBackend>;
  if (backend.typedArrayFromHeap === undefined || x.isDisposed) return x.dataSync();
  const { dataId, shape, dtype } = x; // first, as whoever listens to a variable may move the memory
  return backend.typedArrayFromHeap<Entries>({ dataId, shape, dtype });
}

/** The same of several tensors: again where looking for a later one has moved the memory, which empties the arrays. */
export function viewsOf(tensors: readonly tf.Tensor[]): Entries[] {
  const views = tensors.map(viewOf);
  return views.every((view, i) => view.length === tensors[i]?.size) ? views : tensors.map(viewOf);
}

/** A tensor of numbers whose memory is written again later: on wasm one copy, to where operations read them. */
export function tensorOf(numbers: Entries, shape: readonly number[], dtype: tf.DataType): tf.Tensor {
  const backend = tf.backend() as unknown as Partial<WasmBackend>;
  if (backend.typedArrayFromHeap === undefined || backend.makeOutput === undefined) {
    return tf.tensor(numbers.slice(), [...shape], dtype);
  }
  const made = backend.makeOutput([...shape], dtype);
  backend.typedArrayFromHeap<Entries>(made).set(numbers);
  return tf.engine().makeTensorFromTensorInfo(made);
}
