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
  return withGradients(f, ([x], dy) => [slope(x as tf.Tensor, dy)]);
}

/** The same for several inputs, which f may repeat over each other's shapes. */
export function withGradients(
  f: (...inputs: [tf.Tensor, ...tf.Tensor[]]) => tf.Tensor,
  slopes: (inputs: tf.Tensor[], dy: tf.Tensor) => tf.Tensor[],
): (...inputs: [tf.Tensor, ...tf.Tensor[]]) => tf.Tensor {
  const differentiable = tf.customGrad((...all) => {
    const inputs = all.slice(0, -1) as [tf.Tensor, ...tf.Tensor[]];
    const save = all.at(-1) as unknown as (tensors: tf.Tensor[]) => void;
    save(inputs);
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) =>
      slopes(saved, dy).map((slope, i) => summedTo((saved[i] as tf.Tensor).shape, slope));
    return { value: f(...inputs), gradFunc };
  });
  // What tfjs does for a gradient takes longer than a few operators.
  return (...inputs) => {
    const isDifferentiated = tf.engine().state.gradientDepth > 0;
    return isDifferentiated ? differentiable(...inputs) : tf.tidy(() => f(...inputs));
  };
}

/** The gradient of what was repeated to the shape of x. */
function summedTo(shape: number[], x: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  return axes.length === 0 ? x : x.sum(axes).reshape(shape);
}
