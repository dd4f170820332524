import * as tf from "@tensorflow/tfjs";
import type { Calls } from "./call.ts";

export const reductions: Calls = {
  Sum: ([x], { axes, keep }) => tf.sum(x, axes, keep),
  Mean: ([x], { axes, keep }) => tf.mean(x, axes, keep),
  Max: ([x], { axes, keep }) => tf.max(x, axes, keep),
  Min: ([x], { axes, keep }) => tf.min(x, axes, keep),
  Prod: ([x], { axes, keep }) => tf.prod(x, axes, keep),
  All: ([x], { axes, keep }) => tf.all(x, axes, keep),
  Any: ([x], { axes, keep }) => tf.any(x, axes, keep),
  ArgMax: ([x], { axis }) => tf.argMax(x, axis),
  ArgMin: ([x], { axis }) => tf.argMin(x, axis),
};
