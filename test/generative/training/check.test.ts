import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { fit } from "../../../src/generative/training/index.ts";
import { numbersOf } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const disposed = () => {
  const variable = tf.variable(tf.ones([2]));
  variable.dispose();
  return variable;
};

describe("fit refuses", () => {
  it.each<[string, () => object, string]>([
    [
      "a number as a schedule",
      () => ({ learningRate: 1e-3 }),
      "learningRate must be a function of the step, but got 0.001; give a number to the optimizer",
    ],
    ["no optimizer", () => ({ optimizer: undefined }), "optimizer must be one of tf.train, but got undefined; write"],
    [
      "a number as an optimizer",
      () => ({ optimizer: 1e-3 }),
      "optimizer must be one of tf.train, but got 0.001; write",
    ],
    [
      "a function as an optimizer",
      () => ({ optimizer: tf.train.adam }),
      "optimizer must be one of tf.train, but got a function",
    ],
    [
      "an optimizer that climbs",
      () => ({ optimizer: tf.train.sgd(-1) }),
      "the learning rate of the optimizer must be a finite number that is not negative, but got -1",
    ],
    [
      "no parameters",
      () => ({ parameters: {} }),
      "parameters must hold something to train, but got none; give model.parameters",
    ],
    [
      "parameters left out",
      () => ({ parameters: undefined }),
      "parameters must be variables by name, but got undefined",
    ],
    [
      "a tensor as parameters",
      () => ({ parameters: tf.ones([2]) }),
      "parameters must be variables by name, but got a tensor, float32 [2]",
    ],
    [
      "a tensor among the parameters",
      () => ({ parameters: { w: tf.ones([2]) } }),
      "parameters.w must be a variable, but got a tensor, float32 [2]; make it with tf.variable(tensor)",
    ],
    [
      "a disposed parameter",
      () => ({ parameters: { w: disposed() } }),
      "parameters.w must hold values, but got a disposed variable",
    ],
    [
      "integers",
      () => ({ parameters: { w: tf.variable(tf.ones([2], "int32"), true, "k") } }),
      "parameters.w must be float32, but got the variable k, int32 [2]",
    ],
    [
      "what is not trainable",
      () => ({ parameters: { w: tf.variable(tf.ones([2]), false) } }),
      "parameters must hold something to train, but got w, made with trainable: false",
    ],
    ["no loss", () => ({ loss: undefined }), "loss must be a function, but got undefined"],
    [
      "a loss that is a number",
      () => ({ loss: () => 3 }),
      "loss must return a tensor of one number, but got 3; compute it",
    ],
    [
      "a loss that is nothing",
      () => ({ loss: () => {} }),
      "loss must return a tensor of one number, but got undefined",
    ],
    [
      "an asynchronous loss",
      () => ({ loss: async () => tf.scalar(1) }),
      "loss must return a tensor of one number, but got a promise; compute it",
    ],
    [
      "a loss of something else",
      () => ({ loss: () => tf.scalar(3) }),
      "loss must be computed from the parameters, but got one that does not depend on w; train what",
    ],
    [
      "a batch that is no function",
      () => ({ batch: tf.ones([2]) }),
      "batch must be a function of the step, but got a tensor, float32 [2]",
    ],
    [
      "an asynchronous batch",
      () => ({ batch: async () => tf.ones([2]) }),
      "batch must return a tensor, or several by name, but got a promise",
    ],
    [
      "numbers in a batch",
      () => ({ batch: () => ({ x: tf.ones([2]), beta: 0.5 }) }),
      "batch must return a tensor, or several by name, but got 0.5 as beta; make tensors of numbers",
    ],
    [
      "an array as a batch",
      () => ({ batch: () => [[1, 2]] }),
      "batch must return a tensor, or several by name, but got an array of 1",
    ],
    ["a seed for a stream", () => ({ random: 1 }), "random must be a Random, but got 1; write random: new Random(1)"],
    ["steps in words", () => ({ steps: "3" }), 'steps must be a positive integer, but got "3"'],
    [
      "a gradient clipped to nothing",
      () => ({ clipNorm: 0 }),
      "clipNorm must be a positive number, but got 0; it is the longest gradient",
    ],
    [
      "a checkpoint that is no path",
      () => ({ checkpoint: true }),
      "checkpoint must be the path of a file, but got true",
    ],
  ])("%s", async (_, change, message) => {
    const w = tf.variable(tf.tensor1d([1, 2]));
    const options = {
      parameters: { w },
      optimizer: tf.train.sgd(0.1),
      loss: () => w.square().sum(),
      steps: 3,
      random: new Random(1),
    };
    const changed = change();
    for (const compiled of [true, false]) {
      await expect(fit({ ...options, compiled, ...changed } as never)).rejects.toThrow(`fit: ${message}`);
    }
    expect(numbersOf(w)).toEqual([1, 2]);
  });

  it.each([Number.NaN, -0.1, Number.POSITIVE_INFINITY])("a learning rate of %d before it does harm", async bad => {
    const w = tf.variable(tf.scalar(1));
    const training = fit({
      parameters: { w },
      optimizer: tf.train.sgd(9),
      loss: () => w.square().mul(0.5),
      steps: 5,
      random: new Random(1),
      learningRate: step => (step === 2 ? bad : 0.5),
    });
    await expect(training).rejects.toThrow(
      `fit: learningRate(2) must be a finite number that is not negative, but got ${bad}; parameters are as they were`,
    );
    expect(numbersOf(w)).toEqual([0.25]);
  });
});
