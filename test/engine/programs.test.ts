import * as tf from "@tensorflow/tfjs";
import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { chooseBackend, compile } from "../../src/engine/index.ts";
import { MOST_PROGRAMS } from "../../src/engine/eagerCalls.ts";
import { expectClose, numbersOf } from "../support/close.ts";

let warn: MockInstance;
beforeAll(() => chooseBackend());
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => warn.mockRestore());

/** Σ x, by enough kernels that a graph is the quicker way. */
const sumOf = (x: tf.Tensor): tf.Tensor => x.sqrt().square().sqrt().square().sum();

/** Sums of n ones, and whether each was compiled. */
function sums() {
  const step = compile(sumOf);
  const call = (n: number): boolean => {
    expect(numbersOf(step(tf.ones([n])))).toEqual([n]);
    return step.eager === undefined;
  };
  return { step, call };
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);

describe("a step whose arguments change their shapes", () => {
  it("has a graph for each shape, and says once when there are too many", () => {
    const { step, call } = sums();
    const compiled = upTo(MOST_PROGRAMS + 3).map(call);
    expect(compiled).toEqual(upTo(MOST_PROGRAMS + 3).map(n => n <= MOST_PROGRAMS));
    expect(warn.mock.calls).toEqual([
      [
        `compile: a step has graphs for at most 16 shapes of its tensors, but got one more, a tensor float32 [17]; let few shapes recur: pad the last batch, or leave it out; such calls run eagerly`,
      ],
    ]);
    // What has a graph keeps it, though others come in between.
    expect(upTo(MOST_PROGRAMS).map(call)).toEqual(Array(MOST_PROGRAMS).fill(true));
    expect(call(17)).toBe(false);
    step.dispose();
  });

  it("goes back to graphs when the shapes settle", () => {
    const { step, call } = sums();
    upTo(MOST_PROGRAMS + 5).map(call);
    expect([100, 100, 100, 100].map(call)).toEqual([false, true, true, true]);
    expect([100, 101, 100, 101, 101].map(call)).toEqual([true, false, true, true, true]);
    step.dispose();
  });

  it("makes no graph over and over where more shapes take turns than there are graphs", () => {
    let traces = 0;
    const step = compile((x: tf.Tensor) => {
      traces++;
      return sumOf(x);
    });
    for (let round = 0; round < 5; round++) {
      for (const n of upTo(MOST_PROGRAMS + 1)) expect(numbersOf(step(tf.ones([n])))).toEqual([n]);
    }
    // Two traces each and one at the second call, perhaps one more later; and the one shape that runs eagerly.
    expect(traces).toBeLessThanOrEqual(MOST_PROGRAMS * 4 + 5);
    step.dispose();
  });
});

it("advises to pass numbers as tensors where those change", () => {
  const f = compile((x: tf.Tensor, power: number) => x.pow(power).sqrt().square());
  for (let i = 0; i < 20; i++) expectClose(f(tf.tensor1d([2]), i), [2 ** i], { relative: 1e-5 });
  expect(f.eager).toMatch(
    /at most 16 values of what is no tensor, but got one more, number 16; pass numbers as tensors/,
  );
  expect(warn).toHaveBeenCalledTimes(1);
  f.dispose();
});

describe("a variable that was disposed", () => {
  it.each([1, 5])("is named at the next call, after %d", calls => {
    const w = tf.variable(tf.ones([2, 3]), true, `gone${calls}`);
    const optimizer = tf.train.sgd(0.1);
    const step = compile(() => optimizer.minimize(() => w.square().sum().asScalar(), true, [w]) as tf.Scalar, {
      optimizer,
    });
    for (let i = 0; i < calls; i++) step();
    w.dispose();
    const { numTensors } = tf.memory();
    expect(() => step()).toThrow(
      `compile: variables of a compiled step must not be disposed while it is used, but got gone${calls}, shape [2,3]; compile the step anew`,
    );
    step.dispose();
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(warn).not.toHaveBeenCalled();
  });
});
