import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { sensitivity, tabulate } from "../../../src/generative/estimates/index.ts";
import { binaryVectors, blindSpot, logMeanExp, logSumExp, reachedPixels } from "../../../src/generative/exact/index.ts";
import {
  ConditionalPixelCNN,
  GatedPixelCNN,
  Hierarchical,
  MaskedTransformer,
  naturalOrdering,
  PixelCNN,
  PixelCNNPlusPlus,
  receptiveField,
  SuperResolution,
  WaveNet,
} from "../../../src/generative/models/index.ts";
import {
  CausalConvolution,
  Chain,
  type ConvolutionMask,
  GatedSkips,
  GatedStacks,
  MaskedConvolution,
  oneByOne,
  type Parameters,
  visibleOffsets,
} from "../../../src/generative/networks/index.ts";
import { expectClose } from "../../support/close.ts";

beforeAll(() => chooseBackend());

/** Weights above 0: no two paths cancel, and no relu is off where inputs are not negative. */
function positive<Model extends { parameters: Parameters }>(model: Model): Model {
  for (const variable of Object.values(model.parameters))
    variable.assign(tf.tidy(() => variable.abs().mul(0.3).add(0.02)));
  return model;
}

const count = (flags: readonly boolean[]) => flags.filter(Boolean).length;

describe("what the last output of causal convolutions sees", () => {
  /** The places with a gradient, from the first to the last of T. */
  const seen = (network: { apply(x: tf.Tensor): tf.Tensor }, T: number) =>
    tf.tidy(() => {
      const last = (x: tf.Tensor) =>
        network
          .apply(x.reshape([1, 1, T, 1]))
          .slice([0, 0, T - 1, 0], [1, 1, 1, 1])
          .asScalar();
      return Array.from(
        tf
          .grad(last)(tf.zeros([T]))
          .dataSync(),
        value => value !== 0,
      );
    });
  const wavenet = (width: number, dilations: number[]) =>
    new Chain({
      embed: oneByOne(new Random(1), 1, 3),
      body: new GatedSkips(new Random(2), { channels: 3, width, dilations }),
      output: oneByOne(new Random(3), 3, 1),
    });
  const doubling = Array.from({ length: 10 }, (_, i) => 2 ** i);

  it.each([
    [1024, doubling],
    [3070, [...doubling, ...doubling, ...doubling]],
    [11, new Array(10).fill(1)],
  ])("is %i places, by the Jacobian", (expected, dilations) => {
    const flags = seen(wavenet(2, dilations), expected + 20);
    expect(flags).toEqual([...new Array(20).fill(false), ...new Array(expected).fill(true)]);
    expect(receptiveField(2, dilations)).toBe(expected);
  });

  it("is 1 + L (k − 1) for L plain layers of width k", () => {
    for (const [L, k] of [
      [3, 2],
      [4, 3],
      [2, 5],
    ] as const) {
      const layers = Array.from({ length: L }, (_, i) => [
        `layer${i}`,
        new CausalConvolution(new Random(i), { inputs: 1, outputs: 1, width: k }),
      ]);
      expect(count(seen(new Chain(Object.fromEntries(layers)), 20))).toBe(1 + L * (k - 1));
    }
  });

  it("begins one place earlier with type A", () => {
    const type = (type: "A" | "B") =>
      seen(new CausalConvolution(new Random(1), { inputs: 1, outputs: 1, width: 2, dilation: 3, type }), 6);
    expect(type("B")).toEqual([false, false, true, false, false, true]);
    expect(type("A")).toEqual([false, true, false, false, true, false]);
  });

  it("takes parameters that do not depend on the length", () => {
    const size = (d: number) =>
      Object.values(
        new WaveNet(new Random(1), { ordering: naturalOrdering(d), channels: 4, dilations: [1, 2] }).parameters,
      )
        .map(({ size }) => size)
        .reduce((a, b) => a + b);
    expect(size(100)).toBe(size(5));
  });
});

describe("the blind spot of a PixelCNN", () => {
  const stack = (size: number, layers: number) => [
    ...new Array(layers - 1).fill(visibleOffsets("B", size, size)),
    visibleOffsets("A", size, size),
  ];
  const blind = (size: number) => {
    const seen = reachedPixels({ height: 21, width: 21, place: [10, 10], layers: stack(size, 30) });
    return blindSpot(seen, 10 * 21 + 10);
  };

  it.each([
    [3, 45],
    [5, 20],
    [7, 12],
  ])("of kernels of side %i is %i of 220 pixels in 21 × 21", (size, pixels) => {
    expect(blind(size).length).toBe(pixels);
  });

  it.each([3, 5, 7])("is all that lies further right than (side − 1)/2 times as far up, side %i", size => {
    const slope = (size - 1) / 2;
    const formula = Array.from({ length: 220 }, (_, at) => at).filter(
      at => (at % 21) - 10 > slope * (10 - Math.floor(at / 21)),
    );
    expect(blind(size)).toEqual(formula);
  });

  it("is where the Jacobian of a PixelCNN vanishes, and nowhere else", () => {
    const model = positive(
      new PixelCNN(new Random(1), { height: 7, width: 7, channels: 2, blocks: 6, size: { first: 3 } }),
    );
    const place = 3 * 7 + 3;
    const seen = reachedPixels({ height: 7, width: 7, place: [3, 3], layers: stack(3, 7) });
    const D = sensitivity(x => model.conditional(x), tf.ones([49]), place);
    expect(Array.from(D, value => value > 0)).toEqual(seen);
    expect(blindSpot(seen, place).length).toBe(3);
  });

  it("a GatedPixelCNN has none", () => {
    const model = new GatedPixelCNN(new Random(1), { height: 7, width: 7, channels: 3, layers: 6 });
    for (const place of [0, 10, 24, 48]) {
      const D = sensitivity(x => model.conditional(x), new Random(2).uniform([49]), place);
      expect(Array.from(D, value => value > 0)).toEqual(Array.from(D, (_, at) => at < place));
    }
  });
});

describe("the vertical stack", () => {
  /** |∂ v at (row 2, column 2) / ∂ x|, largest over the channels. */
  const dependence = (stacks: GatedStacks) =>
    tf.tidy(() => {
      const v = (x: tf.Tensor) =>
        stacks
          .stacks(x.reshape([1, 5, 5, 1]))
          .v.slice([0, 2, 2, 0], [1, 1, 1, -1])
          .square()
          .sum()
          .asScalar();
      return Array.from(
        tf
          .grad(v)(new Random(2).normal([25]))
          .dataSync(),
        value => value !== 0,
      );
    });

  it("sees the rows above, all of them, and nothing of its own row", () => {
    const flags = dependence(new GatedStacks(new Random(1), { channels: 3, layers: 4, context: 0 }));
    expect(flags).toEqual(Array.from({ length: 25 }, (_, at) => at < 10));
  });

  it("that sees its own row too is not causal: the model no longer sums to 1", () => {
    class Leaky extends MaskedConvolution {
      constructor(mask: ConvolutionMask) {
        super(new Random(1), { inputs: 1, outputs: 3, size: 3, mask });
      }
    }
    const sum = (mask: ConvolutionMask) => {
      const [first, out] = [new Leaky(mask), oneByOne(new Random(2), 3, 1)];
      const logits = (x: tf.Tensor) =>
        out
          .apply(
            first
              .apply(x.reshape([-1, 2, 3, 1]))
              .mul(3)
              .tanh(),
          )
          .reshape([-1, 6])
          .mul(3);
      const x = tf.tensor2d(binaryVectors(6));
      const log = x.mul(logits(x)).sub(logits(x).softplus()).sum(1);
      return logSumExp(log.dataSync());
    };
    expectClose(sum("vertical A"), 0, { absolute: 1e-5 });
    expect(Math.abs(sum("vertical B"))).toBeGreaterThan(0.05);
  });
});

describe("masked attention", () => {
  it("sees everything before, at any distance, in one layer", () => {
    const model = new MaskedTransformer(new Random(1), { ordering: naturalOrdering(40), channels: 4, blocks: 1 });
    const D = sensitivity(x => model.conditional(x), tf.fill([40], 0.5), 39);
    expect(count(Array.from(D, value => value > 0))).toBe(39);
  });

  it("costs parameters for places only: as many a place as there are channels", () => {
    const size = (d: number) =>
      Object.values(
        new MaskedTransformer(new Random(1), { ordering: naturalOrdering(d), channels: 6, blocks: 2 }).parameters,
      )
        .map(({ size }) => size)
        .reduce((a, b) => a + b);
    expect(size(50) - size(20)).toBe(30 * 6);
  });
});

describe("a conditional PixelCNN", () => {
  const model = () =>
    new ConditionalPixelCNN(new Random(1), { height: 2, width: 3, channels: 4, layers: 2, context: 2 });
  const y = (label: number) => tf.oneHot(tf.scalar(label, "int32"), 2).toFloat();

  it("sums to 1 for each class, differently, and makes a classifier whose p(y|x) sums to 1", () => {
    const m = model();
    const [zero, one] = [0, 1].map(label => tabulate(m.given(y(label)), 6)) as [Float64Array, Float64Array];
    expectClose([logSumExp(zero), logSumExp(one)], [0, 0], { absolute: 5e-6 });
    expect(Math.max(...zero.map((log, n) => Math.abs(log - (one[n] as number))))).toBeGreaterThan(0.05);
    const marginal = zero.map((log, n) => logMeanExp([log, one[n] as number]));
    expectClose(logSumExp(marginal), 0, { absolute: 5e-6 });
  });

  it("says what is wrong with the shape of a condition", () => {
    const m = model();
    expect(() => m.given(tf.zeros([3]))).toThrow("ConditionalPixelCNN.given: y must be [2], [batch, 2]");
    const x = tf.zeros([2, 6]);
    expect(() => m.given(tf.zeros([5, 2])).logProb(x)).toThrow(
      "GatedStacks: y must broadcast to [2,2,3], but got [5,1,1]; give one y, or one for each image",
    );
    expect(() => m.given(tf.zeros([2, 3, 3, 2])).logProb(x)).toThrow("but got [2,3,3]");
    expect(() => m.given(tf.zeros([5, 2])).sample(new Random(1), 2)).toThrow("but got [5,1,1]");
  });

  it("takes a row of y for each x", () => {
    const m = model();
    const x = tf.tensor2d(binaryVectors(6).slice(20, 22));
    const apart = [0, 1].map(
      n =>
        m
          .given(y(n))
          .logProb(x.slice([n, 0], [1, 6]))
          .dataSync()[0] as number,
    );
    expectClose(m.given(tf.stack([y(0), y(1)])).logProb(x), apart, { absolute: 1e-5 });
    const drawn = m.given(tf.stack([y(0), y(1)])).sample(new Random(1), 2);
    const slow = m.given(tf.stack([y(0), y(1)])).sample(new Random(1), 2, { cached: false });
    expectClose(drawn, slow, {});
  });

  it("says what is wrong with a condition and a factor", () => {
    expect(() => model().given(tf.zeros([3]))).toThrow(
      "y must be [2], [batch, 2] or [batch, height, width, 2], but got shape [3]",
    );
    expect(
      () => new SuperResolution(new Random(1), { height: 4, width: 6, channels: 2, layers: 1, factor: 4 }),
    ).toThrow("factor must divide 4 × 6, but got 4");
    const up = new SuperResolution(new Random(1), { height: 4, width: 6, channels: 2, layers: 1, factor: 2 });
    expect(() => up.given(tf.zeros([5]))).toThrow("y must be [batch, 6], but got shape [5]");
  });
});

describe("SuperResolution", () => {
  it("with a model of small images sums to 1 over all pairs, and its bound sums to less over the images", () => {
    const factor = 2;
    const small = new PixelCNN(new Random(1), { height: 1, width: 2, channels: 2, blocks: 1 });
    const up = new SuperResolution(new Random(2), { height: 2, width: 4, channels: 3, layers: 1, factor });
    const pairs = binaryVectors(2).map(y => {
      const prior = small.logProb(tf.tensor1d(y)).dataSync()[0] as number;
      return tabulate(up.given(tf.tensor1d(y)), 8).map(log => prior + log);
    });
    expectClose(logSumExp(pairs.flatMap(part => Array.from(part))), 0, { absolute: 1e-5 });
    const shrink = (x: number[]) =>
      [0, 2].map(c =>
        Number((x[c] as number) + (x[c + 1] as number) + (x[c + 4] as number) + (x[c + 5] as number) > 2),
      );
    const bound = binaryVectors(8).map((x, n) => {
      const [a, b] = shrink(x) as [number, number];
      return pairs[2 * a + b]?.[n] as number;
    });
    expect(logSumExp(bound)).toBeLessThan(-0.1);
  });
});

it("PixelCNN++ takes the pixels row by row, where it is not told another ordering", () => {
  const model = new PixelCNNPlusPlus(new Random(1), { height: 2, width: 4, channels: 2, values: 3 });
  expect(model.ordering).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(model.sample(new Random(2), 3).shape).toEqual([3, 8]);
});

it("a small image may have any height: each of its pixels is repeated over the square that it stands for", () => {
  const options = { height: 6, width: 4, channels: 2, layers: 1 };
  const up = new SuperResolution(new Random(2), { ...options, factor: 2 });
  const y = [0, 1, 1, 0, 0, 1]; // 3 × 2
  const wide = [0, 0, 1, 1, 2, 2].flatMap(r => [0, 0, 1, 1].map(c => y[2 * r + c] as number));
  const twin = new ConditionalPixelCNN(new Random(2), { ...options, context: 1 });
  const x = new Random(3).bernoulli(tf.fill([5, 24], 0.5));
  expectClose(up.given(tf.tensor1d(y)).logProb(x), twin.given(tf.tensor(wide, [1, 6, 4, 1])).logProb(x), {
    absolute: 1e-5,
  });
});

describe("Hierarchical", () => {
  const model = () => new Hierarchical(new Random(1), { dimensions: 5, code: 2, hidden: 8 });
  const x = () => tf.tensor2d(binaryVectors(5));

  it("sums to 1 over all x with the sum over codes, and to less with the code of x alone", () => {
    const m = model();
    expectClose(logSumExp(tabulate(m, 5)), 0, { absolute: 5e-6 });
    expect(logSumExp(m.bound(x()).dataSync())).toBeLessThan(-0.05);
    const [bound, exact] = [m.bound(x()).dataSync(), m.logProb(x()).dataSync()];
    for (const [n, value] of bound.entries()) expect(value).toBeLessThanOrEqual((exact[n] as number) + 1e-6);
  });

  it("has codes of bits, and trains them straight through the step", () => {
    const m = model();
    expect(new Set(m.code(x()).dataSync())).toEqual(new Set([0, 1]));
    const variables = Object.values(m.codeParameters);
    const { grads } = tf.variableGrads(() => m.auxiliaryLogProb(x()).mean().asScalar(), variables);
    for (const { name } of variables) expect(grads[name]?.abs().max().dataSync()[0]).toBeGreaterThan(1e-4);
  });

  it("draws x as often as it says", () => {
    const m = model();
    const p = tabulate(m, 5).map(Math.exp);
    const draws = m.sample(new Random(3), 20_000).arraySync() as number[][];
    const counts = new Float64Array(32);
    for (const draw of draws) {
      const index = draw.reduce((sum, bit) => 2 * sum + bit, 0);
      counts[index] = (counts[index] as number) + 1;
    }
    const statistic = p.reduce((sum, q, n) => sum + ((counts[n] as number) - 20_000 * q) ** 2 / (20_000 * q), 0);
    expect(Math.abs((statistic - 31) / Math.sqrt(62))).toBeLessThan(4.5);
  });

  it("says how long a code may be", () => {
    expect(() => new Hierarchical(new Random(1), { dimensions: 5, code: 13, hidden: 8 })).toThrow(
      "code must be an integer from 1 to 12, but got 13",
    );
  });
});
