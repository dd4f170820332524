import * as tf from "@tensorflow/tfjs";

/**
 * `f`, with a gradient of its own: `slope` has the gradient of x from x and from that of f(x).
 *
 * For what has a corner where its other half has the opposite one, or a derivative that is shorter than that of all its
 * steps. Can be differentiated twice: nothing but x is kept.
 */
export function withGradient(
  f: (x: tf.Tensor) => tf.Tensor,
  slope: (x: tf.Tensor, dy: tf.Tensor) => tf.Tensor,
): (x: tf.Tensor) => tf.Tensor {
  const both = tf.customGrad((...inputs) => {
    const [x, save] = inputs as unknown as [tf.Tensor, (tensors: tf.Tensor[]) => void];
    save([x]);
    return { value: f(x), gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => slope(saved[0] as tf.Tensor, dy) };
  });
  return x => both(x);
}
