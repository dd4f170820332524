import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import {
  Bernoulli,
  Categorical,
  DiscretizedLogisticMixture,
  type Distribution,
  GumbelSoftmax,
  Laplace,
  Logistic,
  lowerTriangular,
  Mixture,
  MultivariateNormal,
  Normal,
  TransformedDistribution,
  Uniform,
} from "../../../src/generative/distributions/index.ts";
import { type BadInput, unrefused } from "../../support/corrupted.ts";

beforeAll(() => chooseBackend());

const eye = [
  [1, 0],
  [0, 1],
];
const rows = [[1], [2]];
const doubled = { forward: (z: tf.Tensor) => ({ z, logDet: tf.zeros([1]) }), inverse: (y: tf.Tensor) => y };

/** Constructors with numbers in arrays. A NaN is told of where it is used, by `limits.test.ts`. */
const constructors: BadInput[] = [
  ["Normal", (mean: never, std: never) => new Normal(mean, std), [[1, 0], [1, 2]]], // biome-ignore format: both
  ["Laplace", (mean: never, scale: never) => new Laplace(mean, scale), [[1, 0], [1, 2]]], // biome-ignore format: both
  ["Logistic", (mean: never, scale: never) => new Logistic(mean, scale), [[1, 0], [1, 2]]], // biome-ignore format: both
  ["Uniform", (low: never, high: never) => new Uniform(low, high), [[1, 0], [2, 2]]], // biome-ignore format: both
  ["Bernoulli", (logits: never) => new Bernoulli(logits), [[1, 0]]],
  ["Categorical", (logits: never) => new Categorical(logits), [eye]],
  ["GumbelSoftmax", (logits: never, temperature: number) => new GumbelSoftmax(logits, temperature), [[1, 0], 1]],
  ["MultivariateNormal", (mean: never, scale: never) => new MultivariateNormal(mean, scale), [[1, 0], eye]],
  [
    "DiscretizedLogisticMixture",
    (K: number, parameters: never) => new DiscretizedLogisticMixture(K, parameters),
    [4, { logits: rows, means: rows, logScales: rows }],
  ],
  ["Mixture", (logits: never) => new Mixture(logits, new Normal(rows, rows)), [[0, 0]]],
  ["Mixture", (components: never) => new Mixture([0, 0], components), [{}], { only: "bad" }],
  [
    "TransformedDistribution",
    (bijection: never) => new TransformedDistribution(bijection, new Normal([0], [1])),
    [doubled],
    { except: /inverse/ },
  ],
  ["TransformedDistribution", (base: never) => new TransformedDistribution(doubled, base), [{}], { only: "bad" }],
  ["lowerTriangular", lowerTriangular, [[1, 2, 3]], { only: "bad" }],
];

describe("a constructor", () => {
  it.each(constructors)("%s refuses what is no number, and rows of unlike length", (...given) => {
    const [name, call, args, options] = given;
    // A number may stand for a list of them, and NaN waits.
    const left = unrefused([name, call, args, { except: /→ (7|NaN)$/, ...options }]);
    expect(left).toEqual([]);
  });

  it("tells numbers that are text from numbers", () => {
    expect(() => new Normal(["a"] as never, [1])).toThrow('Normal: mean must be a tensor or numbers, but got "a";');
    expect(() => new Normal([1], ["1"] as never)).toThrow('Normal: std must be a tensor or numbers, but got "1";');
    expect(() => new Normal([[1, 2], [3]] as never, [1])).toThrow(
      "Normal: rows of mean must be equally long, but got shapes [2] and [1];",
    );
    expect(() => new Bernoulli([1, [2]] as never)).toThrow("Bernoulli: rows of logits must be equally long, but got");
    expect(new Normal(Float32Array.of(1, 2) as never, [1, 1]).shape).toEqual([2]);
    expect(() => new Normal([Number.NaN], [1])).not.toThrow();
  });
});

const families: [string, () => Distribution][] = [
  ["Normal", () => new Normal([1, 0], [1, 2])],
  ["Laplace", () => new Laplace([1, 0], [1, 2])],
  ["Logistic", () => new Logistic([1, 0], [1, 2])],
  ["Uniform", () => new Uniform([0, 0], [1, 1])],
  ["Bernoulli", () => new Bernoulli([0, 0])],
  ["Categorical", () => new Categorical(eye)],
  ["GumbelSoftmax", () => new GumbelSoftmax([1, 0], 1)],
  ["MultivariateNormal", () => new MultivariateNormal([1, 0], eye)],
  ["Mixture", () => new Mixture([0, 0], new Normal(eye, eye.map(() => [1, 1])))], // biome-ignore format: in a row
  [
    "DiscretizedLogisticMixture",
    () => new DiscretizedLogisticMixture(4, { logits: rows, means: rows, logScales: rows }),
  ],
  ["TransformedDistribution", () => new TransformedDistribution(doubled, new Normal([0, 0], [1, 1]))],
];

describe.each(families)("%s", (name, make) => {
  it("wants a tensor for x, and a Random to draw with", () => {
    for (const x of [[0, 0], undefined, null, 3, "x"]) {
      expect(() => make().logProb(x as never)).toThrow(`${name}.logProb: x must be a tensor, but got `);
    }
    for (const random of [undefined, null, 3, {}]) {
      expect(() => make().sample(random as never)).toThrow(/^\w+\.sample: random must be a Random, but got /);
    }
    expect(() => make().sample(new Random(1), "2" as never)).toThrow(
      'samples must be a positive integer, but got "2";',
    );
  });
});
