import type * as tf from "@tensorflow/tfjs";

/** −1, 0 or 1, entry by entry: in WebAssembly the sign of tfjs is 0 up to 1e-7. */
export function signOf(x: tf.Tensor): tf.Tensor {
  return x.greater(0).toFloat().sub(x.less(0).toFloat());
}
