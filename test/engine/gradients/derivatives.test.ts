import * as tf from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backends, useRepaired } from "./backends.ts";
import { cases } from "./cases.ts";
import { error, orders } from "./differences.ts";

describe.each(backends)("on %s", backend => {
  beforeAll(() => useRepaired(backend));

  it.each(cases)("$name: derivatives of three orders equal difference quotients", theCase => {
    for (let order = 1; order <= 3; order++) expect(error(theCase, order), `order ${order}`).toBeLessThan(2e-3);
  });

  it("leaves no tensors behind", () => {
    const before = tf.memory().numTensors;
    for (const theCase of cases) error(theCase, 2);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("a backend without values", () => {
  const engine = tf.engine();
  const readSync = engine.readSync;

  beforeAll(() => useRepaired("cpu"));
  afterAll(() => {
    engine.readSync = readSync;
  });

  it.each(cases)("$name: no value is read for the derivatives", theCase => {
    engine.readSync = () => {
      throw new Error("a value was read");
    };
    tf.tidy(() => orders(theCase, 2));
  });
});

/** Axes of length 0, with the shape that the gradient must have. */
const empty: [name: string, shape: number[], f: (x: tf.Tensor) => tf.Tensor][] = [
  ["add", [0, 3], x => x.add(tf.ones([3]))],
  ["sum", [0, 3], x => x.sum(0)],
  ["max", [0, 3], x => x.max(1)],
  ["logSumExp", [0, 3], x => x.logSumExp(1)],
  ["softmax", [0, 3], x => x.softmax()],
  ["tanh", [0, 3], x => x.tanh()],
  ["elu", [0], x => x.elu()],
  ["maximum", [0, 3], x => x.maximum(tf.zeros([3]))],
  ["matMul", [0, 3], x => x.matMul(tf.ones([3, 2]))],
  ["concat", [0, 3], x => tf.concat([x, tf.ones([2, 3])])],
  ["cumsum", [2, 0], x => x.cumsum(1)],
  ["gather", [3, 2], x => x.gather(tf.tensor1d([], "int32"))],
  ["slice", [3, 2], x => x.slice([1, 0], [0, 2])],
  ["stridedSlice", [3, 2], x => x.stridedSlice([1, 0], [1, 2], [1, 1])],
  ["topk", [3], x => tf.topk(x, 0).values],
  ["tile", [0, 2], x => x.tile([2, 1])],
];

describe.each(backends)("axes of length 0 on %s", backend => {
  beforeAll(() => useRepaired(backend));

  it.each(empty)("%s", (_, shape, f) => {
    const gradient = tf.grad(f)(tf.ones(shape));
    expect(gradient.shape).toEqual(shape);
    expect(Array.from(gradient.dataSync()).every(Number.isFinite)).toBe(true);
  });
});
