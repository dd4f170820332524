import * as tf from "@tensorflow/tfjs";

/** The same values, through which no gradient passes: ∂ stopGradient(x) / ∂x = 0. */
export function stopGradient(x: tf.Tensor): tf.Tensor {
  const stopped = tf.customGrad(value => ({
    value: (value as tf.Tensor).clone(),
    gradFunc: () => tf.zeros([...x.shape]),
  }));
  return stopped(x);
}
