import * as tf from "@tensorflow/tfjs";

type Tensor = tf.Tensor;

/** What a gradient needs of its kernel's forward pass: inputs by name, and outputs by place. */
export interface Saves {
  inputs?: string[];
  outputs?: boolean[];
}

/**
 * `dx = ∂y/∂x · dy` for each input x of a kernel with one output y, as tfjs registers it.
 *
 * `saved` holds the inputs and then the outputs that `saves` names. The functions may only call tfjs operations
 * that have a gradient themselves, so that the next order can be taken, and read no values, so that a backend
 * without any can trace them.
 */
export function gradient<Saved extends Tensor[], Attributes = unknown>(
  kernelName: string,
  { inputs = [], outputs = [] }: Saves,
  of: (dy: Tensor, saved: Saved, attributes: Attributes) => Record<string, () => Tensor>,
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: inputs,
    outputsToSave: outputs,
    gradFunc: (dy, saved, attributes) => of(dy as Tensor, saved as Saved, attributes as Attributes),
  };
}

/** A kernel called by its name, for those that tfjs offers no public function for. */
export function runKernel(name: string, inputs: tf.NamedTensorMap, attributes: object): Tensor {
  return tf.engine().runKernel(name, inputs, attributes as tf.NamedAttrMap) as Tensor;
}

/** The sum over the axes along which a tensor of this shape was repeated to become one of the shape of x. */
export function sumTo(shape: number[], x: Tensor): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  return (axes.length > 0 ? x.sum(axes) : x).reshape(shape);
}

/** Zeros in float32, which a gradient must be, whatever x is. */
export function noGradient(x: Tensor): Tensor {
  return tf.zeros(x.shape, "float32");
}
