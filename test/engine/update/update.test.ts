import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { trace } from "../../../src/engine/trace/index.ts";
import { flatUpdate } from "../../../src/engine/update/index.ts";
import { recurrenceOf } from "../../../src/engine/update/recurrence.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(async () => {
  await tf.setBackend("cpu");
  (tf.backend() as { firstUse?: boolean }).firstUse = false;
});

/** The trace of one update of some variables by an optimizer. */
function traced(optimizer: tf.Optimizer, shapes: number[][], loss?: (...w: tf.Variable[]) => tf.Tensor) {
  const variables = shapes.map(shape => tf.variable(tf.ones(shape)));
  const value = () => (loss ?? ((...w) => tf.addN(w.map(each => each.square().sum()))))(...variables).asScalar();
  const step = () => optimizer.minimize(value, true, variables);
  return trace({ step, arguments: [], optimizers: [optimizer], standIn: 0.00123 });
}

/** An optimizer of one's own. */
class By extends tf.SGDOptimizer {
  constructor(private readonly apply: (parameters: { variable: tf.Variable; gradient: tf.Tensor }[]) => void) {
    super(0.1);
  }

  override applyGradients(gradients: Parameters<tf.Optimizer["applyGradients"]>[0]): void {
    const named = gradients as { name: string; tensor: tf.Tensor }[];
    const variables = tf.engine().registeredVariables;
    this.apply(named.map(({ name, tensor }) => ({ variable: variables[name] as tf.Variable, gradient: tensor })));
  }
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
    const reversing = new By(parameters => {
      for (const { variable, gradient } of parameters) variable.assign(variable.sub(gradient.reverse()));
    });
    const result = traced(reversing, [[4]], w => (w as tf.Variable).square().sum());
    expect(result.states.some(({ input, output }) => input !== output)).toBe(true);
    expect(flatUpdate(result).states.size).toBe(0);
  });

  it("updates once what two parameters share, and leaves the second to the graph", () => {
    const shared = tf.variable(tf.ones([4]));
    const sharing = new By(parameters => {
      shared.assign(shared.mul(0.9));
      for (const { variable, gradient } of parameters) variable.assign(variable.sub(shared.mul(gradient)));
    });
    const flat = flatUpdate(traced(sharing, [[4], [4]]));
    expect(flat.states.size).toBe(2);
    expect(flat.wanted.length).toBe(1);
  });
});

it("has every operator, of vectors and of the same number for all entries", () => {
  const optimizer = new By(([parameter]) => {
    const { variable: w, gradient: g } = parameter as { variable: tf.Variable; gradient: tf.Tensor };
    const sum = w
      .sub(0.3)
      .mul(1.5)
      .add(g.div(4))
      .add(g.sub(w).div(g.mul(g).add(1)));
    const bounded = sum.abs().sqrt().maximum(0.4).minimum(g.neg().add(1.25));
    w.assign(tf.scalar(2).sub(bounded).div(g.mul(g).add(2).reciprocal()));
  });
  const flat = flatUpdate(traced(optimizer, [[9]]));
  const [[, w]] = flat.states as unknown as [[unknown, Float32Array]];
  const [{ data: gradient }] = flat.wanted as unknown as [{ data: Float32Array }];
  const at = Array.from({ length: 9 }, (_, i) => ({ w: 0.7 * i - 2, g: 1.1 - 0.4 * i }));
  w.set(at.map(({ w }) => w));
  gradient.set(at.map(({ g }) => g));
  flat.run();
  const expected = at.map(({ w, g }) => {
    const sum = (w - 0.3) * 1.5 + g / 4 + (g - w) / (g * g + 1);
    return (2 - Math.min(Math.max(Math.sqrt(Math.abs(sum)), 0.4), 1.25 - g)) * (g * g + 2);
  });
  expectClose(w, expected, { relative: 2e-6, absolute: 2e-6 });
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
