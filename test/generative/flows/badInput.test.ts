import * as tf from "@tensorflow/tfjs";
import { qr } from "mathjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { qrFactors } from "../../../src/generative/exact/index.ts";
import {
  ActNorm,
  AffineCoupling,
  AutoregressiveFlow,
  Composition,
  ContinuousFlow,
  channelMask,
  checkerboardMask,
  couplingReach,
  FactorOut,
  Flow,
  Inverse,
  glow,
  halfMask,
  InvertibleLinear,
  integrateAdaptively,
  integrateTensors,
  logitLayer,
  MixtureCDF,
  MixtureCoupling,
  mixtureCdf,
  multiScaleRealNVP,
  nice,
  opposite,
  PerceptronField,
  PlanarFlow,
  RecurrentFlow,
  realNVP,
  Squeeze,
  scaleLayer,
  sigmoidLayer,
  standardBase,
  TriangularFlow,
  tanhLayer,
  VariationalNoise,
} from "../../../src/generative/flows/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const random = () => new Random(1);
const volume = { height: 4, width: 4, channels: 1 };
const still = (_: number, state: readonly tf.Tensor[]) => [...state];

const cases: [string, () => unknown, string][] = [
  ["a scale of NaN", () => scaleLayer(Number.NaN), "scale and shift must be finite, but got NaN and 0"],
  ["a shift of ∞", () => scaleLayer(1, Infinity), "but got 1 and Infinity"],
  ["a logit of 1.5", () => logitLayer().forward(tf.tensor2d([[1.5]])), "logitLayer: x must lie in [0, 1], but got 1.5"],
  ["a logit of NaN", () => logitLayer().forward(tf.tensor2d([[Number.NaN]])), "but got NaN"],
  ["a sigmoid that was −0.1", () => sigmoidLayer().inverse(tf.tensor2d([[-0.1]])), "must lie in [0, 1]"],
  ["a tanh that was 2", () => tanhLayer().inverse(tf.tensor2d([[2]])), "z must lie in [−1, 1], but got 2"],
  ["a mixture of no components", () => new MixtureCDF(random(), 1, { components: 0 }), "components must be a positive"],
  ["a mixture of no dimensions", () => new MixtureCDF(random(), 0, { components: 2 }), "d must be a positive integer"],
  [
    "a mixture of an unknown kind",
    () => new MixtureCDF(random(), 1, { components: 2, kind: "cauchy" as "normal" }),
    `MixtureCDF: kind must be one of logistic, normal, but got "cauchy";`,
  ],
  [
    "a spread below 0",
    () => new MixtureCDF(random(), 1, { components: 2, spread: -1 }),
    "spread must be at least 0, but got -1",
  ],
  [
    "a singular W",
    () => new InvertibleLinear(random(), 2, { W: [[1, 2], [2, 4]] }), // biome-ignore format: a matrix in a row
    "InvertibleLinear: W must be invertible, but got a pivot of 0",
  ],
  [
    "a W that is singular but for rounding",
    () => new InvertibleLinear(random(), 3, { W: [[1, 2, 3], [4, 5, 6], [7, 8, 9]] }), // biome-ignore format: the same
    "W must be invertible",
  ],
  ["a W of 0", () => new InvertibleLinear(random(), 1, { W: [[0]] }), "W must be invertible"],
  ["a W of NaN", () => new InvertibleLinear(random(), 1, { W: [[Number.NaN]] }), "W must be finite, but got NaN"],
  ["a W of ∞", () => new InvertibleLinear(random(), 1, { W: [[Infinity]] }), "W must be finite, but got Infinity"],
  ["a W that is not square", () => new InvertibleLinear(random(), 1, { W: [[1, 2]] }), "W must be [1][1], but got"],
  ["a b of another length", () => new InvertibleLinear(random(), 2, { b: [1] }), "b must hold 2 finite numbers"],
  ["an A and a b that differ", () => InvertibleLinear.from({ A: [[1]], b: [1, 2] }, random()), "but got 1 and 2"],
  ["channels that do not divide", () => new ActNorm(3, 2), "ActNorm: channels must divide d = 3, but got 2"],
  [
    "a channel that does not vary",
    () => new ActNorm(2).initialise(tf.tensor2d([[1, 3], [2, 3]])), // biome-ignore format: the same
    "every channel must vary and be finite, but got 3 throughout in channel 1",
  ],
  ["a channel with NaN", () => new ActNorm(1).initialise(tf.tensor2d([[1], [Number.NaN]])), "not finite in channel 0"],
  ["data of another width", () => new ActNorm(2).initialise(tf.zeros([4, 3])), "x must be [batch, 2]"],
  ["a mask of halves", () => new AffineCoupling(random(), { mask: [0.5, 1] }), "0s and 1s, some of each, but got [0.5"],
  [
    "a long mask of 1s, without printing it",
    () => new AffineCoupling(random(), { mask: Array(784).fill(1) }),
    "some of each, but got 784 1s of 784;",
  ],
  [
    "an unknown scale",
    () => new AffineCoupling(random(), { mask: [0, 1], scale: "cube" as "exp" }),
    'scale must be one of exp, softplus, sigmoid, unrestricted, but got "cube"',
  ],
  ["half of 2.5", () => halfMask(2.5), "halfMask: d must be a positive integer, but got 2.5"],
  ["a board without rows", () => checkerboardMask({ ...volume, height: 0 }), "height must be a positive integer"],
  ["half of no channels", () => channelMask({ ...volume, channels: 0 }), "channels must be a positive integer"],
  ["the opposite of 2", () => opposite([2, 1]), "opposite: a mask must hold 2 0s and 1s, but got 2"],
  [
    "masks of two lengths",
    () => couplingReach([[1, 0], [1]]),
    "couplingReach: a mask must hold 2 0s and 1s, but got 1",
  ],
  [
    "a long ordering, without printing it",
    () =>
      new AutoregressiveFlow(random(), { ordering: Array.from({ length: 99 }, (_, i) => Math.max(i, 1)), hidden: [2] }),
    "each of 0..98 once, but got 1 twice or out of range;",
  ],
  ["no components", () => new MixtureCoupling(random(), { mask: [0, 1], components: 0 }), "components must be"],
  ["a recurrent flow of nothing", () => new RecurrentFlow(random(), 0, { hidden: 2 }), "d must be a positive integer"],
  ["a triangular flow of none", () => new TriangularFlow(random(), { components: 0 }), "components must be a positive"],
  ["a plane in no dimensions", () => new PlanarFlow(random(), 0), "PlanarFlow: d must be a positive integer"],
  ["x of another width", () => new PlanarFlow(random(), 2).forward(tf.zeros([1, 3])), "x must be [batch, 2]"],
  [
    "three channels",
    () => new FactorOut({ ...volume, channels: 3 }, scaleLayer(1)),
    "channels must be even, but got 3",
  ],
  ["half a pixel", () => new Squeeze({ ...volume, height: 2.5 }), "height must be a positive integer, but got 2.5"],
  [
    "one dimension in halves",
    () => nice(random(), { d: 1 }),
    "the mask must hold 0s and 1s, some of each, but got [0]",
  ],
  [
    "a long mask with a half, by naming it",
    () => new AffineCoupling(random(), { mask: [0.5, ...Array(9).fill(1)] }),
    "some of each, but got 0.5;",
  ],
  [
    "nothing to factor out",
    () => new FactorOut({ ...volume, channels: 0 }, scaleLayer(1)),
    "FactorOut: channels must be",
  ],
  [
    "x of another width, by an autoregressive flow",
    () => new AutoregressiveFlow(random(), { ordering: [0, 1], hidden: [2] }).forward(tf.zeros([1, 3])),
    "AutoregressiveFlow: x must be [batch, 2]",
  ],
  [
    "x of another width, by a recurrent flow",
    () => new RecurrentFlow(random(), 2, { hidden: 2 }).forward(tf.zeros([1, 3])),
    "RecurrentFlow: x must be [batch, 2]",
  ],
  [
    "noise without a hidden layer",
    () => new VariationalNoise(random(), 1, { hidden: [] }),
    "VariationalNoise: layers must be a positive integer",
  ],
  ["no couplings", () => realNVP(random(), { d: 2, couplings: 0 }), "realNVP: couplings must be a positive integer"],
  ["no scales", () => multiScaleRealNVP(random(), { volume, scales: 0 }), "scales must be a positive integer"],
  ["no steps of Glow", () => glow(random(), { volume, steps: 0 }), "glow: steps must be a positive integer"],
  [
    "no steps of a solver",
    () => new ContinuousFlow(new PerceptronField(random(), 2), 2, { steps: 0 }),
    "ContinuousFlow: steps must be a positive integer",
  ],
  [
    "half a step",
    () => integrateTensors(still, [tf.zeros([1])], { from: 0, to: 1, steps: 1.5, method: { nodes: [] } as never }),
    "integrateTensors: steps must be a positive integer, but got 1.5",
  ],
  [
    "a tolerance of NaN",
    () => integrateAdaptively(still, [tf.zeros([1])], { from: 0, to: 1, tolerance: Number.NaN }),
    "must be finite, but got NaN",
  ],
  ["a base of nothing", () => standardBase(0), "standardBase: d must be a positive integer"],
  ["a number for x", () => new Flow(new ActNorm(1), standardBase(1)).logProb(tf.scalar(1)), "x must be [...batch, d]"],
  ["no levels", () => new VariationalNoise(random(), 1, { levels: 0 }), "levels must be a positive integer"],
];

const parameters = (K: number, d = 2) => ({
  logits: tf.zeros([d, K]),
  means: tf.zeros([d, 2]),
  logScales: tf.zeros([d, 2]),
});
cases.push(
  [
    "a mixture with unlike numbers of components",
    () => mixtureCdf(tf.zeros([1, 2]), parameters(3), "normal"),
    "mixtureCdf: x must be [batch, d] and logits, means and logScales [..., d, K], but got x [1,2] and logits [2,3],",
  ],
  [
    "a mixture over another width",
    () => mixtureCdf(tf.zeros([1, 3]), parameters(2), "normal"),
    "but got x [1,3] and logits [2,2]",
  ],
  ["a mixture of a row", () => mixtureCdf(tf.zeros([2]), parameters(2), "normal"), "but got x [2] and"],
);

it.each<[string, () => unknown]>([
  ["mixtureCdf: x must be a tensor", () => mixtureCdf([[0, 0]] as never, parameters(2), "normal")],
  ["mixtureCdf: mixture must be an object with", () => mixtureCdf(tf.zeros([1, 2]), undefined as never, "normal")],
  ["PlanarFlow: x must be a tensor", () => new PlanarFlow(random(), 2).forward([[0, 0]] as never)],
  ["Flow.logProb: x must be a tensor", () => new Flow(new ActNorm(1), standardBase(1)).logProb([[0]] as never)],
])("%s", (words, make) => {
  expect(make).toThrow(TypeError);
  expect(make).toThrow(words);
});

const noParts: typeof cases = [
  [
    "a flow of nothing",
    () => new Flow(undefined as never, standardBase(1)),
    "Flow: bijection must be an object with the functions forward, inverse, but got undefined",
  ],
  [
    "a flow without a base",
    () => new Flow(scaleLayer(2), {} as never),
    "Flow: base must be an object with the functions logProb, sample, but got undefined for logProb",
  ],
  [
    "a composition of numbers",
    () => new Composition([scaleLayer(2), 3 as never]),
    "Composition: layer 2 must be an object with the functions forward, inverse, but got 3",
  ],
  [
    "a composition of no list",
    () => new Composition(scaleLayer(2) as never),
    "Composition: layers must be an array, but got a Elementwise",
  ],
  [
    "the inverse of nothing",
    () => new Inverse(null as never),
    "Inverse: the layer must be an object with the functions forward, inverse, but got null",
  ],
];

it.each(noParts)("%s is refused in one line", (_, make, message) => {
  expect(make).toThrow(TypeError);
  expect(make).toThrow(message);
});

it.each(cases)("%s is refused in one line", (_, make, message) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(message);
  try {
    make();
  } catch (error) {
    const { message: line } = error as Error;
    expect(line).not.toContain("\n");
    expect(line.length).toBeLessThan(250);
    expect(line).toMatch(/^[\w.]+: .*but got .*; .*\.$/);
  }
});

describe("a matrix", () => {
  it("that became singular or NaN is refused when it is used, compiled, too", () => {
    const flow = new InvertibleLinear(random(), 2);
    const compiled = compile((x: tf.Tensor) => flow.forward(x).z, { otherwise: "throw" });
    const x = tf.ones([1, 2]);
    compiled(x);
    flow.parameters.logS?.assign(tf.tensor1d([0, -Infinity]));
    expect(() => flow.forward(x)).toThrow("logS must be finite, but got -Infinity");
    expect(() => flow.inverse(x)).toThrow("logS must be finite, but got -Infinity");
    expect(() => compiled(x)).toThrow("logS must be finite, but got -Infinity");
  });

  it("in any unit is taken: rows of 1e-30 and 1e30", () => {
    for (const c of [1e-30, 1e-8, 1, 1e8, 1e30]) {
      const W = [
        [2 * c, 0.5 * c],
        [1 / c, -1 / c],
      ];
      const flow = new InvertibleLinear(random(), 2, { W });
      expectClose(flow.forward(tf.zeros([1, 2])).logDet, [Math.log(2.5)], { absolute: 1e-4 });
    }
  });

  it("starts as the rotation that mathjs's decomposition gives, sign for sign", () => {
    for (const n of [1, 2, 3, 5, 8, 20]) {
      for (const seed of [1, 2, 3]) {
        const values = Array.from(new Random(seed).normalArray(n * n));
        const rows = Array.from({ length: n }, (_, i) => values.slice(i * n, (i + 1) * n));
        expectClose(qrFactors(rows).Q.flat(), (qr(rows).Q as number[][]).flat(), { absolute: 1e-12 });
      }
    }
    const Q = (
      qr([[...new Random(6).normalArray(4)].slice(0, 2), [...new Random(6).normalArray(4)].slice(2)]).Q as number[][]
    ).flat();
    const flow = new InvertibleLinear(new Random(6), 2);
    expectClose(flow.forward(tf.eye(2)).z.transpose(), Q, { absolute: 1e-6 });
  });
});

describe("ActNorm.initialise", () => {
  it.each([1e-30, 1e-8, 7e-4, 1, 1e6, 1e30])("brings data of standard deviation %d to mean 0 and 1", std => {
    const x = new Random(2)
      .normal([400, 2])
      .mul(std)
      .add(tf.tensor1d([0, 3 * std]));
    const norm = new ActNorm(2);
    norm.initialise(x);
    const { mean, variance } = tf.moments(norm.forward(x).z, 0);
    expectClose(mean, [0, 0], { absolute: 1e-5 });
    expectClose(variance.sqrt(), [1, 1], { absolute: 1e-5 });
  });

  it("takes a small variation beside a large mean, as far as float32 holds it", () => {
    const x = new Random(2).normal([4000, 1]).add(1e5);
    const norm = new ActNorm(1);
    norm.initialise(x);
    const { mean, variance } = tf.moments(norm.forward(x).z, 0);
    expectClose(mean, [0], { absolute: 1e-2 });
    expectClose(variance.sqrt(), [1], { absolute: 1e-3 });
  });
});
