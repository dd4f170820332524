import * as tf from "@tensorflow/tfjs";
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
  TransformedDistribution,
  Uniform,
} from "../../../src/generative/distributions/index.ts";
import { fixture } from "../../support/fixture.ts";

/** A distribution at the ends of what float32 holds. */
export interface Limit {
  family: string;
  name: string;
  parameters: readonly unknown[];
  make: (...parameters: tf.Tensor[]) => Distribution & { shape: readonly number[]; entropy?(): tf.Tensor };
  /** Points with log p, as float64 formulas or other libraries have it. */
  inside: number[][];
  expected: number[];
  /** Points where p is 0. */
  outside: number[][];
  /** Points where log p, or its gradient, is below every float32. */
  beyond?: number[][];
  /** Whether x may be moved. */
  discrete?: boolean;
  /** Whether the squares of its widths are below float32, so that they have no gradients. */
  steep?: boolean;
}

type Make = Limit["make"];
const [inf, ln2] = [Infinity, Math.LN2];
const halfLog2Pi = 0.5 * Math.log(2 * Math.PI);
const logNormal = (z: number, s = 1) => -0.5 * z * z - Math.log(s) - halfLog2Pi;
const column = (values: readonly number[]) => values.map(value => [value]);
const { discretized, concrete } = fixture("limits");

const normal = ((mean, std) => new Normal(mean as tf.Tensor, std as tf.Tensor)) as Make;
const laplace = ((mean, scale) => new Laplace(mean as tf.Tensor, scale as tf.Tensor)) as Make;
const logistic = ((mean, scale) => new Logistic(mean as tf.Tensor, scale as tf.Tensor)) as Make;
const uniform = ((low, high) => new Uniform(low as tf.Tensor, high as tf.Tensor)) as Make;
const bernoulli = (logits => new Bernoulli(logits as tf.Tensor)) as Make;
const categorical = (logits => new Categorical(logits as tf.Tensor)) as Make;
const triangular = ((mean, scale) => new MultivariateNormal(mean as tf.Tensor, scale as tf.Tensor)) as Make;
const logisticMixture = ((logits, means, logScales) =>
  new DiscretizedLogisticMixture(256, {
    logits: logits as tf.Tensor,
    means: means as tf.Tensor,
    logScales: logScales as tf.Tensor,
  })) as Make;

const bin = (logits: number[], means: number[], logScales: number[], inside: number[], expected: number[]): Limit => ({
  family: "DiscretizedLogisticMixture",
  name: `DiscretizedLogisticMixture of [${logits}] at [${means}], log s [${logScales}]`,
  parameters: [[logits], [means], [logScales]],
  make: logisticMixture,
  discrete: true,
  inside: column(inside),
  expected,
  outside: [],
});

const tails: Limit[] = [1, 1e-3, 1e4].map(s => ({
  family: "Normal",
  name: `Normal, σ = ${s}`,
  parameters: [[0], [s]],
  make: normal,
  inside: column([0, 40 * s, -1e4 * s, 1e9 * s, -1e15 * s]),
  expected: [0, 40, 1e4, 1e9, 1e15].map(z => logNormal(z, s)),
  outside: column([inf, -inf]),
  beyond: column([1e20 * s, -1e25 * s]),
}));

export const everyLimit: Limit[] = [
  ...tails,
  {
    family: "Normal",
    name: "Normal, σ = 1e-30",
    parameters: [[0], [1e-30]],
    make: normal,
    inside: column([0, 1e-30]),
    expected: [logNormal(0, 1e-30), logNormal(1, 1e-30)],
    outside: [],
    beyond: column([1, -1, inf]),
    steep: true,
  },
  {
    family: "Laplace",
    name: "Laplace",
    parameters: [[0.5], [0.25]],
    make: laplace,
    inside: column([0.5, 2500.5, -1e6, 1e30]),
    expected: [ln2, ln2 - 1e4, ln2 - 4e6 - 2, -4e30],
    outside: column([inf, -inf]),
  },
  {
    family: "Logistic",
    name: "Logistic",
    parameters: [[0], [0.5]],
    make: logistic,
    inside: column([0, 5000, -5000, 1e30, -1e30]),
    expected: [-ln2, ln2 - 1e4, ln2 - 1e4, -2e30, -2e30],
    outside: column([inf, -inf]),
  },
  {
    family: "Uniform",
    name: "Uniform",
    parameters: [
      [-1, 0],
      [1, 1e30],
    ],
    make: uniform,
    inside: [
      [-1, 0],
      [1, 1e30],
      [0, 5],
    ],
    expected: [-Math.log(2e30), -Math.log(2e30), -Math.log(2e30)],
    outside: [
      [-1.001, 1],
      [0, -1],
      [inf, 1],
      [-inf, -inf],
    ],
  },
  {
    family: "Bernoulli",
    name: "Bernoulli of p = 1, 0, ½",
    parameters: [[inf, -inf, 0]],
    make: bernoulli,
    discrete: true,
    inside: [
      [1, 0, 1],
      [1, 0, 0],
    ],
    expected: [-ln2, -ln2],
    outside: [
      [0, 0, 1],
      [1, 1, 0],
      [0, 1, 0],
      [0.5, 0, 0],
      [1, 0.25, 0],
    ],
  },
  {
    family: "Bernoulli",
    name: "Bernoulli of large logits",
    parameters: [[1e4, -200, 1e30]],
    make: bernoulli,
    discrete: true,
    inside: [
      [1, 0, 1],
      [0, 0, 1],
      [1, 1, 1],
      [0.5, 0.25, 1],
      [1, 0, 0],
    ],
    expected: [0, -1e4, -200, -5050, -1e30],
    outside: [],
  },
  {
    family: "Categorical",
    name: "Categorical with a value of probability 0",
    parameters: [[[0, 0, -inf]]],
    make: categorical,
    discrete: true,
    inside: [[0], [1]],
    expected: [-ln2, -ln2],
    outside: [[2]],
  },
  {
    family: "Categorical",
    name: "Categorical with one value of probability 1, and one of logits far apart",
    parameters: [
      [
        [-inf, 5, -inf],
        [1e4, 0, -1e38],
      ],
    ],
    make: categorical,
    discrete: true,
    inside: [
      [1, 0],
      [1, 1],
      [1, 2],
    ],
    expected: [0, -1e4, -1e38],
    outside: [
      [0, 0],
      [2, 1],
    ],
  },
  {
    family: "Categorical",
    name: "Categorical with one value",
    parameters: [[[-300]]],
    make: categorical,
    discrete: true,
    inside: [[0]],
    expected: [0],
    outside: [],
  },
  {
    family: "Mixture",
    name: "Mixture of uniforms",
    parameters: [
      [[0], [5], [7]],
      [[1], [6], [8]],
      [Math.log(0.25), Math.log(0.75), -inf],
    ],
    make: ((low, high, logits) =>
      new Mixture(logits as tf.Tensor, new Uniform(low as tf.Tensor, high as tf.Tensor))) as Make,
    inside: column([0.5, 5.5, 6]),
    expected: [Math.log(0.25), Math.log(0.75), Math.log(0.75)],
    outside: column([-1, 3, 7.5, 1e30, inf]),
  },
  {
    family: "MultivariateNormal",
    name: "MultivariateNormal",
    parameters: [
      [0, 0],
      [
        [1, 0],
        [1, 1],
      ],
    ],
    make: triangular,
    inside: [
      [0, 0],
      [1e4, 1e4],
      [1e9, 0],
    ],
    expected: [2 * logNormal(0), logNormal(1e4) + logNormal(0), logNormal(1e9) + logNormal(1e9)],
    outside: [
      [inf, 0],
      [-inf, inf],
    ],
    beyond: [[1e25, 0]],
  },
  {
    family: "MultivariateNormal",
    name: "MultivariateNormal, narrow",
    parameters: [
      [0, 0],
      [
        [1e-25, 0],
        [0, 1],
      ],
    ],
    make: triangular,
    inside: [
      [0, 1],
      [1e-25, 0],
    ],
    expected: [logNormal(0, 1e-25) + logNormal(1), logNormal(1, 1e-25) + logNormal(0)],
    outside: [],
    beyond: [
      [1e15, 1],
      [inf, 0],
    ],
    steep: true,
  },
  {
    family: "TransformedDistribution",
    name: "TransformedDistribution",
    parameters: [[0], [1]],
    make: ((mean, std) =>
      new TransformedDistribution(
        {
          forward: z => ({ z: z.mul(2), logDet: tf.fill([z.shape[0] as number], ln2) }),
          inverse: y => y.div(2),
        },
        new Normal(mean as tf.Tensor, std as tf.Tensor),
      )) as Make,
    inside: column([0, 5e3, -5e8]),
    expected: [logNormal(0) + ln2, logNormal(1e4) + ln2, logNormal(1e9)],
    outside: column([inf, -inf]),
    beyond: column([1e25]),
  },
  {
    family: "GumbelSoftmax",
    name: "GumbelSoftmax",
    parameters: [concrete.logits],
    make: (logits => new GumbelSoftmax(logits as tf.Tensor, concrete.temperatures[1])) as Make,
    inside: concrete.y,
    expected: concrete.logProb[1],
    outside: [
      [0.5, 0.5, 0.5, 0.5],
      [-0.5, 0.5, 0.5, 0.5],
      [inf, 0, 0, 0],
    ],
  },
  ...discretized.cases.map(([mean, logScale, x]: number[], i: number) =>
    bin([0], [mean as number], [logScale as number], [x as number], [discretized.logProb[i]]),
  ),
  bin([0, -inf], [100, 7], [-50, -1000], [100], [0]),
  bin([0, 0], [100, 7], [-1000, -1000], [100, 7], [-ln2, -ln2]),
  bin([0, 0], [-1e30, 1e30], [0, 0], [0, 255], [-ln2, -ln2]),
  bin([0], [100], [1e4], [0, 9, 255], [-ln2, -1e4 - 2 * ln2, -ln2]),
];
