import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, setLearningRate } from "../../src/engine/index.ts";
import { expectClose, numbersOf } from "../support/close.ts";

beforeAll(() => chooseBackend());

const optimizers: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.5),
  rmsprop: () => tf.train.rmsprop(0.1),
  adagrad: () => tf.train.adagrad(0.1),
  adam: () => tf.train.adam(0.1),
  adamax: () => tf.train.adamax(0.1),
};

describe.each(Object.entries(optimizers))("%s", (_, make) => {
  it.each<[string, (optimizer: tf.Optimizer, rate: number) => void]>([
    ["assigned", (optimizer, rate) => Object.assign(optimizer, { learningRate: rate })],
    ["set", setLearningRate],
  ])("steps by the learning rate that was %s, compiled and eagerly, and counts updates", (_, set) => {
    const run = (compiled: boolean) => {
      const w = tf.variable(tf.tensor1d([1, 2]));
      const optimizer = make();
      const update = () => void optimizer.minimize(() => w.square().sum().asScalar(), false, [w]);
      const step = compiled ? compile(update, { optimizer, otherwise: "throw" }) : update;
      const path: number[] = [];
      for (const rate of [0.1, 0.01, 0.05, 0]) {
        set(optimizer, rate);
        step();
        path.push(...numbersOf(w));
      }
      const { learningRate } = optimizer.getConfig() as { learningRate: number };
      return { path, iterations: optimizer.iterations, learningRate };
    };
    const [compiled, eager] = [run(true), run(false)];
    expectClose(compiled.path, eager.path, { relative: 1e-5 });
    expect(eager.path.slice(6)).toEqual(eager.path.slice(4, 6)); // a rate of 0
    expect([compiled.iterations, eager.iterations]).toEqual([4, 4]);
    expect([compiled.learningRate, eager.learningRate]).toEqual([0, 0]);
  });

  it.each([0, 1, 3])("is updated %d times in a step, compiled and eagerly", times => {
    const run = (compiled: boolean) => {
      const w = tf.variable(tf.tensor1d([1, 2]));
      const optimizer = make();
      const update = () => {
        for (let i = 0; i < times; i++) optimizer.minimize(() => w.square().sum().asScalar(), false, [w]);
        return w.mul(1);
      };
      const step = compiled ? compile(update, { optimizer, otherwise: "throw" }) : update;
      for (let i = 0; i < 3; i++) step();
      return { w: numbersOf(w), iterations: optimizer.iterations };
    };
    const [compiled, eager] = [run(true), run(false)];
    expectClose(compiled.w, eager.w, { relative: 1e-5 });
    expect(compiled.iterations).toBe(3 * times);
    expect(eager.iterations).toBe(3 * times);
  });
});

it("frees the tensor of an old learning rate", () => {
  const optimizer = tf.train.sgd(0.1);
  const { numTensors } = tf.memory();
  for (const rate of [0.1, 0.2, 0.2, 0.3]) {
    Object.assign(optimizer, { learningRate: rate });
    setLearningRate(optimizer, rate / 2);
  }
  expect(tf.memory().numTensors).toBe(numTensors);
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(numTensors - 1);
});
