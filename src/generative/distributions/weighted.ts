import * as tf from "@tensorflow/tfjs";

/**
 * `p a` from log p, with `0 a = 0` for every a, be it infinite: a term of an expectation. Shapes broadcast.
 *
 * An infinite a stays infinite under a p that is positive, also where float32 rounds that to 0. Gradients are finite:
 * what is left out of the value does not enter them.
 */
export function weighted(logP: tf.Tensor, a: tf.Tensor): tf.Tensor {
  const absent = logP.equal(-Infinity);
  const infinite = a.isInf();
  const term = logP.exp().mul(tf.where(infinite, tf.zerosLike(a), a));
  const whole = tf.where(infinite, a, term);
  return tf.where(absent, tf.zerosLike(term), whole);
}
