import * as tf from "@tensorflow/tfjs";
import { gradient, sumTo } from "./gradient.ts";

type Pair = [tf.Tensor, tf.Tensor];

/** `da = [a ≥ b] dy` and `db = [a < b] dy`, summed where a or b was repeated; with ≤ and > for the minimum. */
const maximum = gradient<Pair>("Maximum", { inputs: ["a", "b"] }, (dy, [a, b]) => ({
  a: () => sumTo(a.shape, dy.mul(a.greaterEqual(b).cast("float32"))),
  b: () => sumTo(b.shape, dy.mul(a.less(b).cast("float32"))),
}));

const minimum = gradient<Pair>("Minimum", { inputs: ["a", "b"] }, (dy, [a, b]) => ({
  a: () => sumTo(a.shape, dy.mul(a.lessEqual(b).cast("float32"))),
  b: () => sumTo(b.shape, dy.mul(a.greater(b).cast("float32"))),
}));

/** `da = 2 (a − b) dy` and `db = −da`, summed where a or b was repeated. */
const squaredDifference = gradient<Pair>("SquaredDifference", { inputs: ["a", "b"] }, (dy, [a, b]) => ({
  a: () => sumTo(a.shape, dy.mul(a.sub(b).mul(2))),
  b: () => sumTo(b.shape, dy.mul(b.sub(a).mul(2))),
}));

/** `dx = sign(x) dy`, which is 0 where x is; tfjs-core has −1 there. */
const abs = gradient<[tf.Tensor]>("Abs", { inputs: ["x"] }, (dy, [x]) => ({
  x: () => dy.mul(x.cast("float32").sign()),
}));

/** `dx = min(1, 1 + y) dy`: 1 where x > 0, and elsewhere eˣ, which is 1 + y. */
const elu = gradient<[tf.Tensor]>("Elu", { outputs: [true] }, (dy, [y]) => ({
  x: () => dy.mul(y.add(1).minimum(1)),
}));

/**
 * `da = b aᵇ⁻¹ dy` and `db = aᵇ log(a) dy`, summed where a or b was repeated.
 *
 * At a = 0 the first is 0 where b = 0, and the second is 0 where a ≤ 0, in every order: neither 0⁻¹ nor log 0 is
 * ever formed.
 */
const pow = gradient<[tf.Tensor, tf.Tensor, tf.Tensor]>(
  "Pow",
  { inputs: ["a", "b"], outputs: [true] },
  (dy, [a, b, y]) => ({
    a: () => {
      const exponent = b.cast("float32");
      const lower = tf.where(exponent.equal(0), tf.onesLike(exponent), exponent.sub(1));
      return sumTo(a.shape, dy.mul(exponent.mul(a.pow(lower))));
    },
    b: () => {
      const hasLogarithm = a.greater(0);
      return sumTo(b.shape, dy.mul(y.mul(tf.where(hasLogarithm, a, tf.onesLike(a)).log())));
    },
  }),
);

export const elementwiseGradients: tf.GradConfig[] = [abs, maximum, minimum, squaredDifference, elu, pow];
