import * as tf from "@tensorflow/tfjs";

/**
 * `k(z) = argmin_k |z − e_k|²`: the number of the nearest vector of a codebook e, [K, d]. z: [..., d] -> [...]
 *
 * |z|² is the same for every k and left out. Not differentiable. Ties go to the lower number.
 */
export function nearestCode(z: tf.Tensor, vectors: tf.Tensor): tf.Tensor {
  const [K = 0, d = 0] = vectors.shape;
  if (vectors.rank !== 2 || K === 0 || z.shape.at(-1) !== d) {
    throw new RangeError(
      `nearestCode: z must be [..., d] and vectors [K, d], but got [${z.shape}] and [${vectors.shape}]; ` +
        "the last axes must agree.",
    );
  }
  return tf.tidy(() => {
    const rows = z.reshape([-1, d]) as tf.Tensor2D;
    const products = rows.matMul(vectors as tf.Tensor2D, false, true); //     [rows, K]
    const distances = vectors.square().sum(1).sub(products.mul(2)); //        less |z|²
    return distances.argMin(1).toFloat().reshape(z.shape.slice(0, -1));
  });
}

/** `e_k` for every k in `codes`. [...] of 0 … K − 1, [K, d] -> [..., d]; differentiable in the vectors. */
export function lookUp(codes: tf.Tensor, vectors: tf.Tensor): tf.Tensor {
  const flat = tf.gather(vectors, codes.reshape([-1]).toInt());
  return flat.reshape([...codes.shape, vectors.shape[1] as number]);
}

/**
 * `z + sg[e − z]`: e in value, z in gradient, as if the step from z to e were not there.
 *
 * The staircase z ↦ e has the derivative 0 wherever it has one, so whoever made z would learn nothing. Bengio, Léonard
 * & Courville, Estimating or Propagating Gradients Through Stochastic Neurons, 2013.
 */
export function straightThrough(z: tf.Tensor, e: tf.Tensor): tf.Tensor {
  const passed = tf.customGrad((...inputs) => ({
    value: (inputs[1] as tf.Tensor).clone(),
    gradFunc: (dy: tf.Tensor) => [dy, tf.zerosLike(dy)],
  }));
  return passed(z, e);
}
