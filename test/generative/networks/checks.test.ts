import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, compile, Random } from "../../../src/engine/index.ts";
import { BayesNet, LinearVAE, ProbabilisticPCA, VQVAE, WaveNet } from "../../../src/generative/models/index.ts";
import {
  assertOrdering,
  Codebook,
  Dense,
  GatedSkips,
  GatedStacks,
  LayerNorm,
  lookUp,
  MaskedConvolution,
  MaskedPerceptron,
  Memory,
  nearestCode,
  Perceptron,
  ResidualConvolution,
  straightThrough,
  tally,
  visibleOffsets,
} from "../../../src/generative/networks/index.ts";
import { assertAtLeast, assertBetween, assertSizes } from "../../../src/generative/networks/sizes.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const random = () => new Random(1);
const { NaN: nan } = Number;
const long = Array.from({ length: 13 }, (_, i) => i);
const remedy = "take others";
const convolution = (size: number | [number, number]) =>
  new MaskedConvolution(random(), { inputs: 1, outputs: 1, size, mask: "A" });
const pca = (weights: number[][], offset: number[], noise: number) => new ProbabilisticPCA({ weights, offset, noise });

it.each<[string, () => unknown, string]>([
  ["no channels", () => new LayerNorm(0), "LayerNorm: channels must be a positive integer, but got 0"],
  ["one size", () => new Perceptron(random(), [3]), "two or more positive integers, but got [3]"],
  ["half a unit", () => new Perceptron(random(), [3, 2.5]), "two or more positive integers, but got [3,2.5]"],
  ["one code", () => new Codebook(random(), 1, 2), "K must be an integer of at least 2, but got 1"],
  ["two and a half codes", () => new Codebook(random(), 2.5, 2), "at least 2, but got 2.5"],
  ["an even size", () => convolution(2), "size must be odd, but got [2,2]"],
  ["one even side", () => convolution([3, 4]), "size must be odd, but got [3,4]"],
  ["half a place", () => convolution(2.5), "size must be odd, but got [2.5,2.5]"],
  ["less than a place", () => convolution(-1), "size must be odd, but got [-1,-1]"],
  ["a dimension that comes twice", () => assertOrdering("A", [0, 0]), "A: ordering must contain each of 0..1 once"],
  ["it among many", () => assertOrdering("A", [...long.slice(1), 3]), "but got 3 twice or out of range"],
  ["one of many that is too large", () => assertOrdering("A", [...long.slice(0, 12), 13]), "but got 13 twice or out"],
  ["one of many below 0", () => assertOrdering("A", [-1, ...long.slice(1)]), "but got -1 twice or out of range"],
  ["a half among many", () => assertOrdering("A", [0.5, ...long.slice(1)]), "but got 0.5 twice or out of range"],
  ["one of twelve", () => assertOrdering("A", new Array(12).fill(0)), `but got [${new Array(12).fill(0)}]`],
  ["a size of 0", () => assertSizes("A", { b: 1, c: 0 }), "A: c must be a positive integer, but got 0"],
  ["fewer than two", () => assertAtLeast("A", 2, { b: 2, c: 1 }), "A: c must be an integer of at least 2, but got 1"],
  [
    "∞",
    () => assertBetween("A", "b", [1, Infinity], { remedy }),
    "A: b must be finite, but got Infinity; take others.",
  ],
  ["NaN", () => assertBetween("A", "b", [nan], { least: 0, remedy }), "A: b must be at least 0, but got NaN"],
  ["too little", () => assertBetween("A", "b", [-1], { least: 0, remedy }), "b must be at least 0, but got -1"],
  ["too much", () => assertBetween("A", "b", [2], { least: 0, most: 1, remedy }), "b must be from 0 to 1, but got 2"],
  [
    "no latent dimension",
    () => pca([[], []], [0, 0], 1),
    "weights must be [2][latent], as offset has 2, but got 2 rows",
  ],
  ["more rows than offsets", () => pca([[1], [2]], [0], 1), "weights must be [1][latent], as offset has 1"],
  ["rows of two lengths", () => pca([[1], [2, 3]], [0, 0], 1), "but got 2 rows of 1,2"],
  ["no noise", () => pca([[1]], [0], 0), "noise must be positive and finite, but got 0"],
  ["noise below 0", () => pca([[1]], [0], -1), "noise must be positive and finite, but got -1"],
  ["noise of ∞", () => pca([[1]], [0], Infinity), "noise must be positive and finite, but got Infinity"],
  ["a weight of NaN", () => pca([[nan]], [0], 1), "weights must be finite, but got NaN"],
  [
    "its own parent",
    () => new BayesNet(random(), [[0]], { ordering: [0] }),
    "the parents of 0 must come before it in the ordering [0], but got 0",
  ],
  ["no blocks", () => new GatedSkips(random(), { channels: 1, width: 2, dilations: [] }), "GatedSkips: dilations must"],
  [
    "a WaveNet without blocks",
    () => new WaveNet(random(), { ordering: [0, 1], channels: 1, dilations: [] }),
    "WaveNet: dilations must have an entry for each block, but got none;",
  ],
  [
    "a code too many",
    () => lookUp(tf.tensor1d([0, 2]), tf.zeros([2, 3])),
    "lookUp: codes must be integers from 0 to 1, but got 2;",
  ],
  ["a code below 0", () => lookUp(tf.tensor1d([-1]), tf.zeros([2, 3])), "from 0 to 1, but got -1;"],
  ["half a code", () => lookUp(tf.tensor1d([0.5]), tf.zeros([2, 3])), "from 0 to 1, but got 0.5;"],
  ["a code of NaN", () => lookUp(tf.tensor1d([nan]), tf.zeros([2, 3])), "from 0 to 1, but got NaN;"],
  ["codes that are numbers", () => lookUp(tf.tensor1d([0]), tf.zeros([2])), "lookUp: vectors must be [K, d], but got"],
  [
    "a code that nobody chose",
    () => tally(tf.zeros([2, 3]), tf.tensor1d([0, 4]), 4),
    "tally: codes must be integers from 0 to 3, but got 4;",
  ],
  [
    "fewer codes than rows",
    () => tally(tf.zeros([2, 3]), tf.tensor1d([0]), 4),
    "tally: z must be [n, d] and codes [n], but got [2,3] and [1];",
  ],
  ["no codes at all", () => tally(tf.zeros([2, 3]), tf.tensor1d([0, 0]), 0), "tally: K must be a positive integer"],
  ["images of height 0", () => new VQVAE(random(), { height: 0 }), "must be multiples of 4, but got 0, 28, 32"],
  ["no features", () => new VQVAE(random(), { features: 0 }), "must be multiples of 4, but got 28, 28, 0"],
  ["a width below 0", () => new VQVAE(random(), { width: -4 }), "must be multiples of 4, but got 28, -4, 32"],
])("%s is refused in words of its own", (_, make, words) => {
  expect(make).toThrow(RangeError);
  expect(make).toThrow(words);
});

it.each<[string, () => unknown]>([
  ["Perceptron: activation must be a function", () => new Perceptron(random(), [1, 1], "tanh" as never)],
  ["Perceptron: sizes must be an array, but got 3;", () => new Perceptron(random(), 3 as never)],
  ["Dense: random must be a Random, but got undefined;", () => new Dense(undefined as never, 1, 1)],
  ["Dense: x must be a tensor, but got an array of 1;", () => new Dense(random(), 1, 1).apply([[1]] as never)],
  ["lookUp: codes must be a tensor, but got an array of 1;", () => lookUp([0] as never, tf.zeros([2, 3]))],
  ["nearestCode: z must be a tensor, but got an array of 1;", () => nearestCode([[0]] as never, tf.zeros([2, 1]))],
  ["straightThrough: e must be a tensor", () => straightThrough(tf.zeros([1]), [0] as never)],
  ["tally: z must be a tensor, but got undefined;", () => tally(undefined as never, tf.zeros([1]), 2)],
])("%s", (words, make) => {
  expect(make).toThrow(TypeError);
  expect(make).toThrow(words);
});

it("a code out of range is refused in a compiled call, and looked at in none that has a gradient", () => {
  const vectors = tf.zeros([2, 3]);
  const compiled = compile((codes: tf.Tensor) => lookUp(codes, vectors), { otherwise: "throw" });
  expect(compiled(tf.tensor1d([1])).shape).toEqual([1, 3]);
  expect(() => compiled(tf.tensor1d([2]))).toThrow("lookUp: codes must be integers from 0 to 1, but got 2;");
  const gradient = tf.grad(v => lookUp(tf.tensor1d([1]), v).sum())(tf.zeros([2, 3]));
  expectClose(gradient, [0, 0, 0, 1, 1, 1], { absolute: 0 });
});

it("the bounds themselves are taken", () => {
  assertBetween("A", "b", [0, 1], { least: 0, most: 1, remedy });
  assertAtLeast("A", 0, { b: 0 });
  assertOrdering("A", long);
  expect(() => assertOrdering("A", [])).toThrow("ordering must contain each of 0..-1 once, but got []");
});

describe("Memory", () => {
  it("knows nothing beyond its edges", () => {
    const memory = new Memory({ count: 1, height: 2, width: 2 });
    for (const [row, column] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      expect(memory.at(row, column)).toBeUndefined();
      memory.set(row, column, Float64Array.of(10 * row + column));
    } // prettier-ignore
    expect(memory.at(1, 0)).toEqual(Float64Array.of(10));
    for (const [row, column] of [
      [-1, 0],
      [0, -1],
      [1, -1],
      [0, 2],
      [2, 0],
      [-1, 3],
      [2, -1],
    ] as const) {
      expect(memory.at(row, column)).toBeUndefined();
    } // prettier-ignore
  });
});

describe("visibleOffsets", () => {
  const above = [
    [-1, -1],
    [-1, 0],
    [-1, 1],
  ]; // prettier-ignore
  const row = [
    [0, -1],
    [0, 0],
    [0, 1],
  ]; // prettier-ignore
  it.each<[Parameters<typeof visibleOffsets>[0], number[][]]>([
    ["A", [...above, [0, -1]]],
    ["B", [...above, [0, -1], [0, 0]]],
    ["vertical A", above],
    ["vertical B", [...above, ...row]],
    ["horizontal A", [[0, -1]]],
    [
      "horizontal B",
      [
        [0, -1],
        [0, 0],
      ],
    ], // prettier-ignore
  ])("of mask %s are those before it in raster scan", (mask, offsets) => {
    expect(visibleOffsets(mask, 3, 3)).toEqual(offsets);
    expect(visibleOffsets(mask, 1, 3)).toEqual(offsets.filter(([dy]) => dy === 0));
  });
});

describe("MaskedPerceptron", () => {
  it("deals degrees evenly, and joins them as the paper does", () => {
    const { layers } = new MaskedPerceptron(random(), { degrees: [3, 1, 2], hidden: [4, 3] });
    const [first, second, third] = layers.map(({ mask }) => mask.arraySync());
    expect(layers.map(({ outputDegrees }) => outputDegrees)).toEqual([
      [1, 1, 2, 2],
      [1, 1, 2],
      [3, 1, 2],
    ]);
    // Rows are inputs: a hidden unit of degree m sees degrees up to m, an output those below its own.
    expect(first).toEqual([
      [0, 0, 0, 0],
      [1, 1, 1, 1],
      [0, 0, 1, 1],
    ]);
    expect(second).toEqual([
      [1, 1, 1],
      [1, 1, 1],
      [0, 0, 1],
      [0, 0, 1],
    ]);
    expect(third).toEqual([
      [1, 0, 1],
      [1, 0, 1],
      [1, 0, 0],
    ]);
  });
});

describe("GatedSkips", () => {
  it("passes nothing on after the last block", () => {
    const { parameters } = new GatedSkips(random(), { channels: 2, width: 2, dilations: [1, 2] });
    const names = Object.keys(parameters).join(" ");
    expect(names).toContain("block1.residual");
    expect(names).toContain("block2.skip");
    expect(names).not.toContain("block2.residual");
  });
});

describe("GatedStacks", () => {
  it("sees its own place in the horizontal stack from the second layer on", () => {
    const stacks = new GatedStacks(random(), { channels: 2, layers: 1, context: 0 });
    const names = ["layer1.horizontal.kernel", "layer2.horizontal.kernel"];
    const x = random().normal([1, 3, 4, 1]);
    const { grads } = tf.variableGrads(() => stacks.apply(x).square().sum().asScalar());
    const seen = names.map(name => {
      const gradient = grads[(stacks.parameters[name] as tf.Variable).name] as tf.Tensor; // [1, 3, inputs, outputs]
      return gradient.abs().sum([0, 2, 3]).greater(0).arraySync();
    });
    expect(seen).toEqual([
      [1, 0, 0],
      [1, 1, 0],
    ]);
  });

  it("can do without the condition that it might have, all at once and place by place", () => {
    const [height, width] = [2, 3];
    const network = new GatedStacks(random(), { channels: 2, layers: 1, context: 2 });
    const x = new Random(2).normal([1, height, width, 1]);
    const numbers = x.dataSync();
    const step = network.stepwise({ count: 1, height, width });
    const memory = new Memory({ count: 1, height, width });
    const placeByPlace = Array.from({ length: height * width }, (_, k) => {
      memory.set(Math.floor(k / width), k % width, Float64Array.of(numbers[k] as number));
      return step(memory.at, Math.floor(k / width), k % width)[0] as number;
    });
    expectClose(placeByPlace, network.apply(x), { absolute: 1e-5 });
  });
});

describe("ResidualConvolution", () => {
  it("goes through all of its blocks, and starts as 0", () => {
    const network = new ResidualConvolution(random(), { channels: 1, features: 2, blocks: 2, outputs: 1 });
    const x = tf.ones([1, 3, 3, 1]) as tf.Tensor4D;
    expectClose(network.apply(x), new Array(9).fill(0), {});
    // Without weights, a block adds its second bias, and the last layer sums 3 · 3 places of 2 features in the middle.
    for (const variable of Object.values(network.parameters)) variable.assign(tf.zerosLike(variable));
    network.parameters["first.bias"]?.assign(tf.fill([2], 1));
    network.parameters["block1b.bias"]?.assign(tf.fill([2], 10));
    network.parameters["block2b.bias"]?.assign(tf.fill([2], 100));
    network.parameters["last.filter"]?.assign(tf.ones([3, 3, 2, 1]));
    network.parameters["last.bias"]?.assign(tf.fill([1], 0.5));
    expect(network.apply(x).dataSync()[4]).toBe(111 * 18 + 0.5);
    expect(network.apply(x).dataSync()[0]).toBe(111 * 8 + 0.5);
  });
});

describe("LinearVAE", () => {
  it("has a standard normal prior with an entry for each latent dimension", () => {
    const { prior } = new LinearVAE(random(), { pixels: 3, latent: 2 });
    expect(prior.mean.shape).toEqual([2]);
    expect(prior.std.shape).toEqual([2]);
  });
});
