import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { assertEvery, sampleShape, toTensor } from "../../../src/generative/distributions/check.ts";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  DiscretizedLogisticMixture,
  type Distribution,
  GumbelSoftmax,
  kl,
  Laplace,
  Logistic,
  logSigmoid,
  Mixture,
  MultivariateNormal,
  Normal,
  standardNormalLogCdf,
  standardNormalLogSurvival,
  standardNormalQuantile,
  standardNormalQuantileOfLog,
  standardNormalQuantileOfLogit,
  Uniform,
} from "../../../src/generative/distributions/index.ts";

beforeAll(() => chooseBackend());

const eye = [
  [1, 0],
  [0, 1],
];

const none = () => tf.tensor1d([Number.NaN]);
const discretized = (mean: number, logit: number) =>
  new DiscretizedLogisticMixture(4, { logits: [[logit]], means: [[mean]], logScales: [[0]] });

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
  ["Uniform: high must be above low, but got -1; give two finite ends, the lower first.", () => new Uniform([1], [0])],
  [
    "Normal: std must be positive, but got -1; pass standard deviations, not their logarithms.",
    () => new Normal([0], [-1]),
  ],
  ["Laplace: scale must be positive, but got -1; pass scales, not their logarithms.", () => new Laplace([0], [-1])],
  ["Logistic: scale must be positive, but got -1; pass scales, not their logarithms.", () => new Logistic([0], [-1])],
  [
    "Laplace.logProb: x, mean and scale must be numbers, but got NaN; look for it in what computed them.",
    () => new Laplace([0], [1]).logProb(none()),
  ],
  [
    "Logistic.logProb: x, mean and scale must be numbers, but got NaN; look for it in what computed them.",
    () => new Logistic([0], [1]).logProb(none()),
  ],
  [
    "MultivariateNormal.logProb: x, mean and scale must be numbers, but got NaN;",
    () => new MultivariateNormal([0], [[1]]).logProb(none()),
  ],
  [
    "MultivariateNormal: scale must be finite, but got Infinity; look for what overflowed.",
    () => new MultivariateNormal([0], [[Infinity]]),
  ],
  [
    "MultivariateNormal: the diagonal of scale must be positive, but got -1; pass a Cholesky factor, not its logarithm.",
    () => new MultivariateNormal([0], [[-1]]),
  ],
  [
    "MultivariateNormal: scale must be 0 above its diagonal, but got 3; pass a Cholesky factor, not a covariance.",
    () =>
      new MultivariateNormal(
        [0, 0],
        [
          [1, 3],
          [0, 1],
        ],
      ),
  ],
  [
    "Bernoulli.logProb: x must lie in [0, 1], but got 2; divide pixels by 255.",
    () => new Bernoulli([0]).logProb(tf.tensor1d([2])),
  ],
  [
    "Bernoulli.logProb: logits must be numbers, but got NaN; look for it in what computed them.",
    () => new Bernoulli([Number.NaN]).logProb(tf.tensor1d([1])),
  ],
  ["Bernoulli.entropy: logits must be numbers, but got NaN;", () => new Bernoulli([Number.NaN]).entropy()],
  [
    "Bernoulli.sample: logits must be numbers, but got NaN; look for NaN in what computed them.",
    () => new Bernoulli([Number.NaN]).sample(new Random(1)),
  ],
  [
    "Categorical.logProb: x must hold integers from 0 to 1, but got 2; pass the numbers of the values, not one-hot vectors.",
    () => new Categorical([[0, 0]]).logProb(tf.tensor1d([2])),
  ],
  ["Categorical: logits must be [...batch, d, K], but got shape [2,3,0]", () => new Categorical(tf.zeros([2, 3, 0]))],
  [
    "DiscretizedLogisticMixture: parameters must broadcast to [...batch, d], but got logits [1,2] and means [1,3] and",
    () =>
      new DiscretizedLogisticMixture(4, {
        logits: tf.zeros([1, 2]),
        means: tf.zeros([1, 3]),
        logScales: tf.zeros([1, 2]),
      }),
  ],
  [
    "DiscretizedLogisticMixture.logProb: x must hold integers from 0 to 3, but got 4; round or rescale first.",
    () => discretized(0, 0).logProb(tf.tensor1d([4])),
  ],
  [
    "DiscretizedLogisticMixture.logProb: means and logScales must be finite, logits numbers, and a weight positive, but got NaN;",
    () => discretized(Number.NaN, 0).logProb(tf.tensor1d([1])),
  ],
  [
    "DiscretizedLogisticMixture.sample: logits must be numbers, but got NaN",
    () => discretized(0, Number.NaN).sample(new Random(1)),
  ],
  [
    "GumbelSoftmax.logProb: y and logits must be numbers, and a logit above −∞, but got NaN;",
    () => new GumbelSoftmax([0, 0], 1).logProbOfLog(tf.tensor1d([Number.NaN, 0])),
  ],
  [
    "GumbelSoftmax.logProb: the last axis of x must have 2 entries, but got shape [3]",
    () => new GumbelSoftmax([0, 0], 1).logProbOfLog(tf.zeros([3])),
  ],
  [
    "Mixture.logJoint: logits must be numbers below +∞ of which one is above −∞, but got NaN;",
    () => new Mixture([Number.NaN], new Normal([[0]], [[1]])).logJoint(tf.tensor1d([0])),
  ],
  [
    "Mixture: components must be [...batch, K, d] with as many members as logits, but got shape [0,2] and logits [0]",
    () => new Mixture([], new Normal(tf.zeros([0, 2]), tf.ones([0, 2]))),
  ],
  [
    "Mixture: components must be [...batch, K, d] with as many members as logits, but got shape [1] and logits []",
    () => new Mixture(0, new Normal([0], [1])),
  ],
  [
    "Mixture.sample: each member of the batch must have its own components, but got logits [3,2] for components of batch [2];",
    () => new Mixture(tf.zeros([3, 2]), new Normal(tf.zeros([2, 2, 1]), [1])).sample(new Random(1)),
  ],
  [
    "Mixture.sample: each member of the batch must have its own components, but got logits [2,3,2] for components of batch [2,2];",
    () => new Mixture(tf.zeros([2, 3, 2]), new Normal(tf.zeros([2, 2, 2, 1]), [1])).sample(new Random(1)),
  ],
  [
    "Mixture.sample: each member of the batch must have its own components, but got logits [1,2] for components of batch [];",
    () => new Mixture(tf.zeros([1, 2]), new Normal(tf.zeros([2, 1]), [1])).sample(new Random(1)),
  ],
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

it("a compiled step looks at the numbers of each call, and stays compiled", () => {
  const step = compile((x: tf.Tensor) => new Bernoulli([0]).logProb(x), { otherwise: "throw" });
  expect(step(tf.tensor1d([1])).dataSync()[0]).toBeCloseTo(-Math.LN2, 6);
  expect(() => step(tf.tensor1d([2]))).toThrow("Bernoulli.logProb: x must lie in [0, 1], but got 2;");
  step.dispose();
});

describe("sampleShape", () => {
  it("puts the samples in front", () => {
    expect(sampleShape("A", [2, 3], undefined, new Random(1))).toEqual([2, 3]);
    expect(sampleShape("A", [2, 3], 5, new Random(1))).toEqual([5, 2, 3]);
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

it.each<[string, (x: never) => unknown, string]>([
  ["logSigmoid", logSigmoid, "x"],
  ["standardNormalLogCdf", standardNormalLogCdf, "x"],
  ["standardNormalLogSurvival", standardNormalLogSurvival, "x"],
  ["standardNormalQuantile", standardNormalQuantile, "p"],
  ["standardNormalQuantileOfLog", standardNormalQuantileOfLog, "logP"],
  ["standardNormalQuantileOfLogit", standardNormalQuantileOfLogit, "logit"],
])("%s asks for a tensor", (name, f, argument) => {
  for (const value of [0.5, [0.5], undefined]) {
    expect(() => f(value as never)).toThrow(new RegExp(`^${name}: ${argument} must be a tensor, but got .*; make one`));
  }
});

it("kl asks for two distributions", () => {
  const p = new Normal([0], [1]);
  expect(() => kl(undefined as never, p)).toThrow(
    "kl: q must be an object with the functions logProb, but got undefined;",
  );
  expect(() => kl(p, 3 as never)).toThrow("kl: p must be an object with the functions logProb, but got 3;");
});
