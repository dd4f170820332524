import type * as tf from "@tensorflow/tfjs";

/** What we use of the wasm backend, whose type tfjs keeps to itself. */
export interface WasmBackend {
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  /** The memory of a tensor, of the kind that its dtype has, until the next allocation. */
  typedArrayFromHeap<Kind extends Entries = Float32Array>(tensor: tf.TensorInfo): Kind;
}

export type Entries = Float32Array | Int32Array | Uint8Array;
