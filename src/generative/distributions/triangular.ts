import * as tf from "@tensorflow/tfjs";

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
  const d = sideOf("lowerTriangular", entries.shape.at(-1) as number);
  return rowsBelow(entries, d, (i, j) => (i === j ? "exp" : j < i ? "entry" : "zero"));
}

/**
 * `C` with zeros on and above its diagonal, from d (d − 1) / 2 free numbers: [...batch, d (d − 1) / 2] -> [...batch, d, d].
 *
 * @example
 * strictlyLowerTriangular(tf.tensor1d([5])).arraySync() // => [[0, 0], [5, 0]]
 */
export function strictlyLowerTriangular(entries: tf.Tensor): tf.Tensor {
  const d = 1 + sideOf("strictlyLowerTriangular", entries.shape.at(-1) as number);
  return rowsBelow(entries, d, (i, j) => (j < i ? "entry" : "zero"));
}

/**
 * `ε` with `y = L ε + C (ε² − 1)`, by forward substitution: ε_i from y_i and the ε_j before it. [...batch, d] -> [...batch, d]
 *
 * @param L [...batch, d, d], lower triangular with a diagonal that is not 0
 * @param C [...batch, d, d], strictly lower triangular; left out, it is 0 and this solves L ε = y
 */
export function forwardSubstitution(L: tf.Tensor, y: tf.Tensor, C?: tf.Tensor): tf.Tensor {
  const [scale, bend] = [entriesOf(L), C && entriesOf(C)];
  const noise: tf.Tensor[] = [];
  tf.unstack(y, -1).forEach((value, i) => {
    let left = value;
    noise.forEach((e, j) => {
      left = left.sub(e.mul(scale[i]?.[j] as tf.Tensor));
      if (bend) left = left.sub(squareLessOne(e).mul(bend[i]?.[j] as tf.Tensor));
    });
    noise.push(left.div(scale[i]?.[i] as tf.Tensor));
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

/** ε² − 1, whose mean under N(0, 1) is 0. */
export function squareLessOne(noise: tf.Tensor): tf.Tensor {
  return noise.square().sub(1);
}

function entriesOf(A: tf.Tensor): tf.Tensor[][] {
  return tf.unstack(A, -2).map(row => tf.unstack(row, -1));
}

/** A matrix whose entries come one after another from the last axis, wherever the pattern asks for one. */
function rowsBelow(
  entries: tf.Tensor,
  d: number,
  pattern: (i: number, j: number) => "exp" | "entry" | "zero",
): tf.Tensor {
  const values = tf.unstack(entries, -1);
  const zero = tf.zerosLike(values[0] as tf.Tensor);
  let next = 0;
  const rows = Array.from({ length: d }, (_, i) => {
    const row = Array.from({ length: d }, (_, j) => {
      const kind = pattern(i, j);
      if (kind === "zero") return zero;
      const value = values[next++] as tf.Tensor;
      return kind === "exp" ? value.exp() : value;
    });
    return tf.stack(row, -1);
  });
  return tf.stack(rows, -2);
}

/** d with d (d + 1) / 2 = n. */
function sideOf(what: string, n: number): number {
  const d = (Math.sqrt(8 * n + 1) - 1) / 2;
  if (Number.isInteger(d) && d > 0) return d;
  throw new RangeError(
    `${what}: the last axis must have 1, 3, 6, 10, … entries, one for each place of a triangle, but got ${n}; two variables need 3 with a diagonal and 1 without.`,
  );
}
