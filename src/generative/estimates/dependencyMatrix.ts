import * as tf from "@tensorflow/tfjs";

/**
 * `D_ij = max_x |ℓ_i(x with bit j flipped) − ℓ_i(x)|`: how far bit j can move the logit of bit i. [d][d]
 *
 * With K `values`, over all other values of x_j, and over the K logits of i.
 *
 * The maximum is over the rows of `x`: with all 2^d of them, D_ij = 0 says that ℓ_i does not depend on x_j. An
 * autoregressive model has D_ij = 0, exactly, wherever j does not come before i. Works where gradients do not:
 * for tables, rounding, and steps.
 */
export function dependencyMatrix(conditional: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor, values = 2): number[][] {
  const d = x.shape.at(-1) as number;
  const columns = Array.from({ length: d }, (_, j) =>
    tf.tidy(() => {
      const column = tf.tensor1d(Array.from({ length: d }, (_, i) => Number(i === j)));
      const rest = column.mul(-1).add(1);
      const moved = Array.from({ length: values - 1 }, (_, shift) => {
        const other = x
          .add(shift + 1)
          .mod(values)
          .mul(column)
          .add(x.mul(rest));
        const [before, after] = [conditional(x), conditional(other)]; // [rows, d] or [rows, d, K]
        const difference = after.sub(before).abs();
        const change = tf.where(after.equal(before), tf.zerosLike(difference), difference); // −∞ twice is no change
        return (change.rank === 3 ? change.max(2) : change).max(0);
      });
      return tf.stack(moved).max(0).dataSync(); // [d]
    }),
  );
  return Array.from({ length: d }, (_, i) => columns.map(column => column[i] as number));
}
