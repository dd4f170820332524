import * as tf from "@tensorflow/tfjs";
import { type Calls, run } from "./call.ts";

export const products: Calls = {
  BatchMatMul: ([a, b], { transposeA, transposeB }) => tf.matMul(a, b, transposeA, transposeB),
  _FusedMatMul: ([a, b, bias], { transposeA, transposeB }) =>
    tf.fused.matMul({ a, b, bias, transposeA, transposeB, activation: "relu" }),
  Einsum: (inputs, { equation }) => tf.einsum(equation, ...inputs),
  Softmax: ([x]) => tf.softmax(x),
  LogSoftmax: ([x]) => tf.logSoftmax(x),
  FusedBatchNorm: ([x, mean, variance, offset, scale]) => tf.batchNorm(x, mean, variance, offset, scale, 1e-3),
  LRN: ([x], { radius, bias, alpha, beta }) => tf.localResponseNormalization(x, radius, bias, alpha, beta),
  LRNGrad: ([x, y, dy], { radius, bias, alpha, beta }) =>
    run("LRNGrad", { x, y, dy }, { depthRadius: radius, bias, alpha, beta }),
};
