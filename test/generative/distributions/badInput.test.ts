import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { assertEvery, sampleShape, toTensor } from "../../../src/generative/distributions/check.ts";
import {
  Bernoulli,
  Categorical,
  DiscretizedLogisticMixture,
  type Distribution,
  GumbelSoftmax,
  Laplace,
  Logistic,
  Mixture,
  MultivariateNormal,
  Normal,
  Uniform,
} from "../../../src/generative/distributions/index.ts";

beforeAll(() => chooseBackend());

const eye = [
  [1, 0],
  [0, 1],
];

/** Over x: [2] each. */
const families: [string, () => Distribution][] = [
  ["Bernoulli", () => new Bernoulli([0, 0])],
  ["Categorical", () => new Categorical(eye)],
  [
    "DiscretizedLogisticMixture",
    () => new DiscretizedLogisticMixture(4, { logits: [[0], [0]], means: [[0], [0]], logScales: [[0], [0]] }),
  ],
  ["GumbelSoftmax", () => new GumbelSoftmax([0, 0], 1)],
  ["Laplace", () => new Laplace([0, 0], [1, 1])],
  ["Logistic", () => new Logistic([0, 0], [1, 1])],
  [
    "Mixture",
    () =>
      new Mixture(
        [0, 0],
        new Normal(
          eye,
          eye.map(() => [1, 1]),
        ),
      ),
  ],
  ["MultivariateNormal", () => new MultivariateNormal([0, 0], eye)],
  ["Normal", () => new Normal([0, 0], [1, 1])],
  ["Uniform", () => new Uniform([0, 0], [1, 1])],
]; // prettier-ignore

describe.each(families)("%s", (name, make) => {
  it("names itself where x has another last axis, or none", () => {
    for (const shape of [[3], [2, 1], []]) {
      expect(() => make().logProb(tf.zeros(shape))).toThrow(
        `${name}.logProb: the last axis of x must have 2 entries, but got shape [${shape}]`,
      );
    }
  });

  it("names itself where no draws are asked for, half of one, or fewer than none", () => {
    for (const samples of [0, 0.5, -1, Number.NaN]) {
      expect(() => make().sample(new Random(1), samples)).toThrow(
        new RegExp(`^(${name}|Normal)\\.sample: samples must be a positive integer, but got ${samples};`),
      );
    }
    expect(make().sample(new Random(1)).shape).toEqual([2]);
    expect(make().sample(new Random(1), 1).shape).toEqual([1, 2]);
  });
});

it.each<[string, () => unknown]>([
  [
    "Normal: parameters must broadcast to [...batch, d], but got mean [2] and std [3]",
    () => new Normal([0, 0], [1, 1, 1]),
  ],
  [
    "Laplace: parameters must broadcast to [...batch, d], but got mean [2] and scale [3]",
    () => new Laplace([0, 0], [1, 1, 1]),
  ],
  [
    "Logistic: parameters must broadcast to [...batch, d], but got mean [2] and scale [3]",
    () => new Logistic([0, 0], [1, 1, 1]),
  ],
  [
    "Uniform: parameters must broadcast to [...batch, d], but got low [2] and high [3]",
    () => new Uniform([0, 0], [1, 1, 1]),
  ],
  ["Bernoulli: parameters must broadcast to [...batch, d], but got logits []", () => new Bernoulli(0)],
  ["Normal: parameters must broadcast to [...batch, d], but got mean [] and std []", () => new Normal(0, 1)],
  ["Normal: std must be positive, but got 0;", () => new Normal([0, 0], [1, 0])],
  ["Normal: std must be finite, but got Infinity;", () => new Normal([0, 0], [1, Infinity])],
  ["Laplace: scale must be positive, but got -1;", () => new Laplace([0], [-1])],
  ["Logistic: scale must be positive, but got NaN;", () => new Logistic([0], [Number.NaN])],
  ["Uniform: high must be above low, but got 0;", () => new Uniform([1], [1])],
  ["Uniform: the interval must be finite, but got Infinity;", () => new Uniform([0], [Infinity])],
  [
    "Categorical.logProb: x must hold integers from 0 to 1, but got 2;",
    () => new Categorical([[0, 0]]).logProb(tf.tensor1d([2])),
  ],
  [
    "Categorical.logProb: x must hold integers from 0 to 1, but got -1;",
    () => new Categorical([[0, 0]]).logProb(tf.tensor1d([-1])),
  ],
  [
    "Categorical.logProb: x must hold integers from 0 to 1, but got 0.5;",
    () => new Categorical([[0, 0]]).logProb(tf.tensor1d([0.5])),
  ],
  ["Uniform.logProb: x must be a number, but got NaN;", () => new Uniform([0], [1]).logProb(tf.tensor1d([Number.NaN]))],
])("%s", (message, make) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(message);
}); // prettier-ignore

describe("assertEvery", () => {
  it("looks at all entries, and not inside a gradient", () => {
    const check = (values: number[]) =>
      assertEvery("A", "b must be small", "take less", tf.tensor1d(values), { most: 2 });
    expect(() => check([1, 2])).not.toThrow();
    expect(() => check([1, 2, 3])).toThrow("A: b must be small, but got 3; take less.");
    const inside = tf.grad(x => {
      check([5]);
      return x.square();
    });
    expect(inside(tf.scalar(2)).dataSync()[0]).toBe(4);
    expect(() => check([5])).toThrow("but got 5");
  });
});

describe("sampleShape", () => {
  it("puts the samples in front", () => {
    expect(sampleShape("A", [2, 3], undefined)).toEqual([2, 3]);
    expect(sampleShape("A", [2, 3], 5)).toEqual([5, 2, 3]);
  });
});

describe("toTensor", () => {
  it("makes float32 of numbers, and leaves tensors as they are", () => {
    const x = tf.tensor1d([1], "int32");
    expect(toTensor(x)).toBe(x);
    expect([toTensor(2).dtype, toTensor([1, 2]).dtype, toTensor([[1], [2]]).shape]).toEqual([
      "float32",
      "float32",
      [2, 1],
    ]);
  });
});
