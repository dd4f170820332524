import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { chooseBackend, compile, Random } from "../../src/engine/index.ts";
import { numbersOf } from "../support/close.ts";

let warn: MockInstance;
beforeAll(() => chooseBackend());
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const messages = () => warn.mock.calls.flat() as string[];

/** x β, with β captured from outside. */
function scaled() {
  const captured = { beta: 1 };
  const step = compile((x: tf.Tensor) => x.mul(captured.beta));
  const call = (beta: number) => {
    captured.beta = beta;
    return numbersOf(step(tf.scalar(10)))[0];
  };
  return { captured, step, call };
}

describe("a captured number", () => {
  it("that changes from the second call on is told with its place, and used", () => {
    const { step, call } = scaled();
    expect([0, 0.25, 0.5, 1].map(call)).toEqual([0, 2.5, 5, 10]);
    expect(messages()).toEqual([
      expect.stringMatching(
        /^compile: a compiled step must do the same at every call, but got 0, then 0.25 from a constant made at .*watch\.test\.ts:\d+:\d+ for Multiply, shape \[\]; pass what changes as a tensor, through an argument or the batch of fit, .*; the step runs eagerly$/,
      ),
    ]);
    expect(step.eager).toBe(messages()[0]?.replace("; the step runs eagerly", ""));
  });

  it("that changes later is found when calls have doubled, with those that missed it, however slow a look is", () => {
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => (now += 1e6));
    const { call } = scaled();
    expect([1, 1, 1, 1].map(call)).toEqual([10, 10, 10, 10]);
    expect([2, 2, 2, 2, 2].map(call)).toEqual([10, 10, 10, 20, 20]);
    expect(messages()).toEqual([
      expect.stringMatching(/but got 1, then 2 from .*; calls 5 to 7 may still have used the first; pass .*eagerly$/),
    ]);
  });

  it("that changed for good is told at the end at the latest", () => {
    const { step, call } = scaled();
    expect([1, 1, 3].map(call)).toEqual([10, 10, 10]);
    expect(messages()).toEqual([]);
    step.dispose();
    expect(messages()).toEqual([
      expect.stringMatching(
        /but got 1, then 3 from .*; call 3 may still have used the first; .*; results .* be wrong$/,
      ),
    ]);
  });

  it("throws where a step that cannot be compiled is to throw", () => {
    let beta = 0;
    const step = compile((x: tf.Tensor) => x.mul(beta), { otherwise: "throw" });
    step(tf.scalar(1));
    beta = 1;
    expect(() => step(tf.scalar(1))).toThrow(/but got 0, then 1 from/);
  });
});

describe("what else may change", () => {
  it.each<[string, (x: tf.Tensor, call: number) => tf.Tensor, RegExp]>([
    [
      "the tensor that a name stands for",
      (
        parts => (x, call) =>
          x.mul(parts[call] as tf.Tensor)
      )([1, 2].map(first => tf.tensor1d([first, 4]))),
      /got other numbers each time from a constant made at .*watch\.test\.ts/,
    ],
    [
      "the variable that a name stands for",
      (
        both => (x, call) =>
          x.mul(both[call] as tf.Variable)
      )([1, 2].map(value => tf.variable(tf.scalar(value)))),
      /got another variable of shape \[\]/,
    ],
    [
      "the child of a stream",
      (
        random => (x, call) =>
          random.child(call).normal([2]).add(x)
      )(new Random(1)),
      /got other draws, or from another Random/,
    ],
  ])("%s", (_, f, message) => {
    let number = -1;
    const step = compile((x: tf.Tensor) => f(x, number));
    for (const x of [tf.tensor1d([1, 2]), tf.tensor1d([3, 4])]) {
      number++;
      expect(numbersOf(step(x))).toEqual(numbersOf(f(x, number)));
    }
    expect(messages()).toEqual([expect.stringMatching(message)]);
  });

  it("is nothing, where only what is handed in changes: tensors, streams, the learning rate, variables", () => {
    const w = tf.variable(tf.scalar(1));
    const optimizer = tf.train.adam(0.1);
    const update = (x: tf.Tensor, random: Random) =>
      optimizer.minimize(() => w.mul(x).add(random.split().normal([])).square().asScalar(), true, [w]) as tf.Scalar;
    const step = compile(update, { optimizer, otherwise: "throw" });
    for (let i = 0; i < 20; i++) {
      (optimizer as unknown as { learningRate: number }).learningRate = 0.1 / (i + 1);
      step(tf.scalar(i), new Random(i));
      tf.variable(tf.scalar(i));
    }
    step.dispose();
    expect(messages()).toEqual([]);
  });
});

it("looks each time that calls have doubled, whatever the time", () => {
  let traces = 0;
  const step = compile((x: tf.Tensor) => {
    traces++;
    return x.mul(2);
  });
  const looked: number[] = [];
  for (let i = 1; i <= 1025; i++) {
    const before = traces;
    step(tf.scalar(1)).dispose();
    if (traces > before) looked.push(i);
  }
  expect(looked).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]);
  step.dispose();
});
