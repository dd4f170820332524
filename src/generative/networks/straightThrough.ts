import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";

/**
 * `z + sg[e − z]`: e in value, z in gradient, as if the step from z to e were not there.
 *
 * The staircase z ↦ e has the derivative 0 wherever it has one, so whoever made z would learn nothing. Bengio, Léonard
 * & Courville, Estimating or Propagating Gradients Through Stochastic Neurons, 2013.
 */
export function straightThrough(z: tf.Tensor, e: tf.Tensor): tf.Tensor {
  assertTensor("straightThrough", "z", z);
  assertTensor("straightThrough", "e", e);
  if (!tf.util.arraysEqual(z.shape, e.shape)) {
    throw new RangeError(
      `straightThrough: z and e must have the same shape, but got [${z.shape}] and [${e.shape}]; e is lookUp(nearestCode(z, vectors), vectors).`,
    );
  }
  const passed = tf.customGrad((...inputs) => ({
    value: (inputs[1] as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => [dy, tf.zerosLike(dy)],
  }));
  return passed(z, e);
}
