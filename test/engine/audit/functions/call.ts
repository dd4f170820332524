import * as tf from "@tensorflow/tfjs";

/** The tensors of a case, and what else it says. */
export type Call = (
  // biome-ignore lint/suspicious/noExplicitAny: tensors of any rank, and attributes of any type, by their kernel.
  inputs: any[],
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  attributes: any,
) => tf.Tensor | tf.Tensor[];

/** How each kernel is called, by its name. */
export type Calls = Record<string, Call>;

/** A kernel by its name, for those that tfjs offers no public function for. */
export function run(name: string, inputs: tf.NamedTensorMap, attributes: object = {}): tf.Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as tf.Tensor;
}
