import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { isKnownWithin } from "./numbers.ts";

/**
 * `L` with `exp` on its diagonal, from d (d + 1) / 2 free numbers, row by row: [...batch, d (d + 1) / 2] -> [...batch, d, d].
 *
 * Whatever a network puts out becomes the scale of a `MultivariateNormal`.
 *
 * @throws RangeError where the last axis does not have 1, 3, 6, 10, … entries
 * @example
 * lowerTriangular(tf.tensor1d([0, 5, 0])).arraySync() // => [[1, 0], [5, 1]]
 */
export function lowerTriangular(entries: tf.Tensor): tf.Tensor {
  assertTensor("lowerTriangular", "entries", entries);
  const d = sideOf(entries.shape.at(-1) as number);
  const values = tf.unstack(entries, -1);
  const zero = tf.zerosLike(values[0] as tf.Tensor);
  let next = 0;
  const rows = Array.from({ length: d }, (_, i) => {
    const row = Array.from({ length: d }, (_, j) => {
      if (j > i) return zero;
      const value = values[next++] as tf.Tensor;
      return j === i ? value.exp() : value;
    });
    return tf.stack(row, -1);
  });
  return tf.stack(rows, -2);
}

/**
 * `ε` with `L ε = y`, by forward substitution: ε_i from y_i and the ε_j before it. [...batch, d] -> [...batch, d]
 *
 * @param L [...batch, d, d], lower triangular with a diagonal that is not 0
 * @param farthest where ε_i stays when it would be beyond, so that later rows never see ∞ · 0 or ∞ − ∞; NaN counts as
 *   beyond on some backends
 */
export function forwardSubstitution(L: tf.Tensor, y: tf.Tensor, farthest = Infinity): tf.Tensor {
  const entries = tf.unstack(L, -2).map(row => tf.unstack(row, -1));
  const noise: tf.Tensor[] = [];
  tf.unstack(y, -1).forEach((value, i) => {
    const left = noise.reduce((rest, e, j) => rest.sub(e.mul(entries[i]?.[j] as tf.Tensor)), value);
    const own = left.div(entries[i]?.[i] as tf.Tensor);
    noise.push(
      farthest === Infinity || isKnownWithin(own, -farthest, farthest) ? own : own.clipByValue(-farthest, farthest),
    );
  });
  return tf.stack(noise, -1);
}

/** `A v`: [...batch, d, d] times [...batch, d], with the batch axes broadcast. */
export function multiplyVector(A: tf.Tensor, v: tf.Tensor): tf.Tensor {
  return A.mul(v.expandDims(-2)).sum(-1);
}

/** L_ii: [...batch, d, d] -> [...batch, d] */
export function diagonal(L: tf.Tensor): tf.Tensor {
  return L.mul(tf.eye(L.shape.at(-1) as number)).sum(-1);
}

/** d with d (d + 1) / 2 = n. */
function sideOf(n: number): number {
  const d = (Math.sqrt(8 * n + 1) - 1) / 2;
  if (Number.isInteger(d) && d > 0) return d;
  throw new RangeError(
    `lowerTriangular: the last axis must have 1, 3, 6, 10, … entries, one for each place of a triangle, but got ${n}; two variables need 3.`,
  );
}
