import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";

/** The same values, through which no gradient passes: ∂ stopGradient(x) / ∂x = 0. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  assertTensor("stopGradient", "x", x);
  const stopped = tf.customGrad(value => ({
    value: (value as tf.Tensor).clone(),
    gradFunc: () => tf.zeros([...x.shape]),
  }));
  return stopped(x);
}
