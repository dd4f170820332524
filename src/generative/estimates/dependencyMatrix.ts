import * as tf from "@tensorflow/tfjs";
import { assertTensor } from "../../engine/index.ts";
import { assertCount, assertFunction } from "../exact/check.ts";

/**
 * `D_ij = max_x |ℓ_i(x with bit j flipped) − ℓ_i(x)|`: how far bit j can move the logit of bit i. [d][d]
 *
 * With K `values`, over all other values of x_j, and over the K logits of i.
 *
 * The maximum is over the rows of `x`: with all 2^d of them, D_ij = 0 says that ℓ_i does not depend on x_j. An
 * autoregressive model has D_ij = 0, exactly, wherever j does not come before i. Works where gradients do not:
 * for tables, rounding, and steps.
 *
 * @throws RangeError where x is not [rows, d] with integers from 0 to values − 1, or conditional gives another shape than
 *   [rows, d] or [rows, d, K]
 */
export function dependencyMatrix(conditional: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, values = 2): number[][] {
  assertFunction("dependencyMatrix", "conditional", conditional);
  assertCount("dependencyMatrix", "values", values, "bits have 2", 2);
  assertValues(x, values);
  return tf.tidy(() => {
    const before = conditional(x); // [rows, d] or [rows, d, K]
    assertLogits(before, x);
    const d = x.shape[1] as number;
    const columns = Array.from({ length: d }, (_, j) => changes(conditional, x, before, j, values));
    return Array.from({ length: d }, (_, i) => columns.map(column => column[i] as number));
  });
}

/** max_x |ℓ_i(x with another x_j) − ℓ_i(x)|: [d] */
function changes(
  conditional: (x: tf.Tensor) => tf.Tensor,
  x: tf.Tensor,
  before: tf.Tensor,
  j: number,
  values: number,
): ArrayLike<number> {
  return tf.tidy(() => {
    const column = tf.tensor1d(Array.from({ length: x.shape[1] as number }, (_, i) => Number(i === j)));
    const rest = column.mul(-1).add(1);
    const moved = Array.from({ length: values - 1 }, (_, shift) => {
      const other = x
        .add(shift + 1)
        .mod(values)
        .mul(column)
        .add(x.mul(rest));
      const after = conditional(other);
      const difference = after.sub(before).abs();
      const change = tf.where(after.equal(before), tf.zerosLike(difference), difference); // −∞ twice is no change
      return (change.rank === 3 ? change.max(2) : change).max(0);
    });
    return tf.stack(moved).max(0).dataSync();
  });
}

function assertValues(x: tf.Tensor, values: number): void {
  assertTensor("dependencyMatrix", "x", x);
  if (x.rank !== 2 || x.size === 0) {
    throw new RangeError(
      `dependencyMatrix: x must be [rows, d], with a row at least, but got shape [${x.shape}]; make one with tf.tensor2d(binaryVectors(d)).`,
    );
  }
  const wrong = x.dataSync().find(value => !(Number.isInteger(value) && value >= 0 && value < values));
  if (wrong === undefined) return;
  throw new RangeError(
    `dependencyMatrix: x must hold integers from 0 to ${values - 1}, but got ${wrong}; pass the number of values, or round.`,
  );
}

function assertLogits(logits: tf.Tensor, x: tf.Tensor): void {
  assertTensor("dependencyMatrix", "what conditional returns", logits);
  const [rows, d] = x.shape;
  if ([2, 3].includes(logits.rank) && logits.shape[0] === rows && logits.shape[1] === d) return;
  throw new RangeError(
    `dependencyMatrix: conditional must return [${rows}, ${d}] or [${rows}, ${d}, K], but got shape [${logits.shape}]; give each dimension its logits.`,
  );
}
