import * as tf from "@tensorflow/tfjs";
import { type Case, of } from "./case.ts";

type Tensor = tf.Tensor;

/** Expressions in which x takes part beside a function of x: a wrong double gradient of these does not even throw. */
export const expressionCases: Case[] = [
  of("x tanh(x)", "2×2", x => x.mul(x.tanh())),
  of("x sigmoid(x)", "2×2", x => x.mul(x.sigmoid())),
  of("x exp(x)", "2×2", x => x.mul(x.exp())),
  of("tanh(x @ x)", "2×2", x => x.matMul(x).tanh()),
  of("x @ tanh(x)", "2×2", x => x.matMul(x.tanh())),
  of("x softmax(x)", "2×2", x => x.mul(x.softmax())),
  of("x logSoftmax(x)", "2×2", x => x.mul(x.logSoftmax())),
  of("x elu(x)", "2×2", x => x.mul(x.elu())),
  of("x max(x)", "2×2", x => x.mul(x.max(1, true))),
  of("fused.matMul with a bias", "2×3, 3×2, 2", (a, b, bias) => tf.fused.matMul({ a, b, bias })),
  of("fused.matMul with a bias and sigmoid", "2×3, 3×2, 2", (a, b, bias) =>
    tf.fused.matMul({ a, b, bias, activation: "sigmoid" }),
  ),
  of("fused.conv2d with a bias", "1×3×3×2, 2×2×2×2, 2", (x, filter, bias) =>
    tf.fused.conv2d({ x, filter, bias, strides: 1, pad: "same" }),
  ),
  of("a customGrad that saves its output", "2×2", x => ownExp(x)),
];

const ownExp = tf.customGrad((x, save) => {
  const value = (x as Tensor).exp();
  (save as tf.GradSaveFunc)([value]);
  return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => dy.mul(saved[0] as Tensor) };
});
