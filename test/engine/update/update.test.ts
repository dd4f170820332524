import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { trace } from "../../../src/engine/trace/index.ts";
import { flatUpdate } from "../../../src/engine/update/index.ts";
import { recurrenceOf } from "../../../src/engine/update/recurrence.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
});

/** The trace of one update of some variables by an optimizer. */
function traced(optimizer: tf.Optimizer, shapes: number[][], loss?: (...w: tf.Variable[]) => tf.Tensor) {
  const variables = shapes.map(shape => tf.variable(tf.ones(shape)));
  const value = () => (loss ?? ((...w) => tf.addN(w.map(each => each.square().sum()))))(...variables).asScalar();
  const step = () => optimizer.minimize(value, true, variables);
  return trace({ step, arguments: [], optimizer, standIn: 0.00123 });
}

describe("an update is read back from the graph", () => {
  it.each<[string, () => tf.Optimizer, number]>([
    ["gradient descent", () => tf.train.sgd(0.1), 1],
    ["momentum", () => tf.train.momentum(0.1, 0.9), 2],
    ["adagrad", () => tf.train.adagrad(0.1), 2],
    ["adadelta", () => tf.train.adadelta(0.1), 3],
    ["adam", () => tf.train.adam(0.1), 3],
    ["adamax", () => tf.train.adamax(0.1), 3],
    ["rmsprop", () => tf.train.rmsprop(0.1), 3],
    ["centered rmsprop", () => tf.train.rmsprop(0.1, 0.9, 0.5, 1e-8, true), 4],
  ])("%s: one loop over all parameters", (_, make, vectors) => {
    const result = traced(make(), [[3, 4], [5], [2, 2]]);
    const flat = flatUpdate(result);
    expect(flat.states.size).toBe(3 * vectors);
    const recurrences = result.states.map(state => recurrenceOf(state, result)).filter(found => found !== undefined);
    expect(new Set(recurrences.map(({ instructions }) => JSON.stringify(instructions))).size).toBe(1);
  });

  it("leaves single numbers to the graph", () => {
    expect(flatUpdate(traced(tf.train.adam(0.1), [[], [1]])).states.size).toBe(0);
  });

  it("leaves to the graph what is not entry by entry", () => {
    class Reversing extends tf.SGDOptimizer {
      override applyGradients(gradients: Parameters<tf.Optimizer["applyGradients"]>[0]): void {
        for (const { name, tensor: gradient } of gradients as { name: string; tensor: tf.Tensor }[]) {
          const variable = tf.engine().registeredVariables[name] as tf.Variable;
          variable.assign(variable.sub(gradient.reverse()));
        }
      }
    }
    const result = traced(new Reversing(0.1), [[4]], w => (w as tf.Variable).square().sum());
    expect(result.states.some(({ input, output }) => input !== output)).toBe(true);
    expect(flatUpdate(result).states.size).toBe(0);
  });
});

it("does the arithmetic of its instructions, several vectors long, and flushes what is too small", () => {
  const result = traced(tf.train.sgd(0.5), [[37]]);
  const flat = flatUpdate(result);
  const [[, w]] = flat.states as unknown as [[unknown, Float32Array]];
  const gradient = flat.wanted.find(({ data }) => data.length === 37)?.data as Float32Array;
  const scalars = flat.wanted.filter(({ data }) => data.length === 1);
  w.forEach((_, i) => {
    w[i] = i;
    gradient[i] = 1;
  });
  gradient[0] = 1e-38;
  gradient[5] = Number.NaN;
  for (const { data } of scalars) data[0] = -0.5; // −η, the only number the graph hands over
  flat.run();
  expect([...w].map((value, i) => (i === 5 ? 4.5 : value))).toEqual(
    Array.from({ length: 37 }, (_, i) => (i === 0 ? 0 : i - 0.5)),
  );
  expect(w[5]).toBeNaN();
});
