import type * as tf from "@tensorflow/tfjs";
import { gradient, noGradient } from "./gradient.ts";

/**
 * `∂y/∂x = 0`, of functions that are constant in pieces: comparisons, logic, and what rounds to an integer.
 *
 * tfjs-core has no gradient of most of these, so that a condition on x anywhere, even in the gradient of max or
 * leakyRelu, stops backpropagation. Of floorDiv it has that of the exact quotient, and of a cast to int32 that of x.
 */
export const constantGradients: tf.GradConfig[] = [
  ...["Equal", "FloorDiv", "Greater", "GreaterEqual", "Less", "LessEqual", "LogicalAnd", "LogicalOr", "NotEqual"].map(
    name =>
      gradient<[tf.Tensor, tf.Tensor]>(name, { inputs: ["a", "b"] }, (_, [a, b]) => ({
        a: () => noGradient(a),
        b: () => noGradient(b),
      })),
  ),
  ...["All", "Any", "LogicalNot"].map(name =>
    gradient<[tf.Tensor]>(name, { inputs: ["x"] }, (_, [x]) => ({ x: () => noGradient(x) })),
  ),
  gradient<[], { dtype: tf.DataType }>("Cast", {}, (dy, _, { dtype }) => ({
    x: () => (dtype === "int32" || dtype === "bool" ? noGradient(dy) : dy.clone()),
  })),
];
