import * as tf from "@tensorflow/tfjs";
import { gradient, sumTo } from "./gradient.ts";

type Tensor = tf.Tensor;
type Transpositions = { transposeA: boolean; transposeB: boolean };

/** `dA = dY Bᵀ` and `dB = Aᵀ dY`, with the operands transposed as they were, summed where a batch was repeated. */
const matMul = gradient<[Tensor, Tensor], Transpositions>(
  "BatchMatMul",
  { inputs: ["a", "b"] },
  (dy, [a, b], { transposeA, transposeB }) => ({
    a: () => sumTo(a.shape, transposeA ? tf.matMul(b, dy, transposeB, true) : tf.matMul(dy, b, false, !transposeB)),
    b: () => {
      if (b.rank > 2 || a.rank === 2 || transposeA) {
        return sumTo(b.shape, transposeB ? tf.matMul(dy, a, true, transposeA) : tf.matMul(a, dy, !transposeA, false));
      }
      // One matrix for the whole batch: a single product over all rows, instead of one for each and their sum.
      const [rows, dRows] = [a, dy].map(t => t.reshape([-1, t.shape.at(-1) as number])) as [Tensor, Tensor];
      return transposeB ? tf.matMul(dRows, rows, true) : tf.matMul(rows, dRows, true);
    },
  }),
);

export const productGradients: tf.GradConfig[] = [matMul];
