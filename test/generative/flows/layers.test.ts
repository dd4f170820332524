import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Logistic, Normal, Uniform } from "../../../src/generative/distributions/index.ts";
import { AffineFlow, logAbsDet, singularValues } from "../../../src/generative/exact/index.ts";
import {
  ActNorm,
  AdditiveCoupling,
  AffineCoupling,
  AutoregressiveFlow,
  type Bijection,
  Composition,
  channelMask,
  checkerboardMask,
  couplingReach,
  expLayer,
  Flow,
  glow,
  halfMask,
  Inverse,
  InvertibleLinear,
  initialiseFromData,
  inverseAutoregressiveFlow,
  MixtureCDF,
  multiScaleRealNVP,
  nice,
  opposite,
  perceptronConditioner,
  RecurrentFlow,
  realNVP,
  Squeeze,
  standardBase,
  TriangularFlow,
} from "../../../src/generative/flows/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { autoregressive, loud } from "./everyFlow.ts";

beforeAll(() => chooseBackend());

/** [batch][i][j] ∂z_i/∂x_j */
function jacobians(flow: Bijection, x: tf.Tensor): number[][][] {
  const d = x.shape[1] as number;
  const rows = Array.from({ length: d }, (_, i) => {
    const unit = tf.tensor2d([Array.from({ length: d }, (_, j) => Number(i === j))]).tile([x.shape[0] as number, 1]);
    return tf
      .grad((x: tf.Tensor) => flow.forward(x).z)(x, unit)
      .arraySync() as number[][];
  });
  return (rows[0] as number[][]).map((_, n) => rows.map(row => row[n] as number[]));
}

const hidden = [12];
const network = perceptronConditioner(hidden);

describe("autoregressive flows", () => {
  const z = () => new Random(5).normal([7, 4]);

  it("take 1 pass one way, d the other, and 1 where units are cached", () => {
    const flow = autoregressive(new Random(1));
    const count = (body: () => unknown) => {
      flow.passes = 0;
      body();
      return flow.passes;
    };
    const inverse = inverseAutoregressiveFlow(flow);
    const density = new Flow(inverse, standardBase(4));
    expect(count(() => flow.forward(z()))).toBe(1);
    expect(count(() => flow.inverse(z()))).toBe(4);
    expect(count(() => flow.inverseCached(z()))).toBe(1);
    // Of the inverse flow: sampling 1, the density of a stranger d, of its own sample 1.
    expect(count(() => density.sample(new Random(1), 7))).toBe(1);
    expect(count(() => density.logProb(z()))).toBe(4);
    expect(count(() => density.sampleWithLogProb(new Random(1), 7))).toBe(1);
  });

  it("give the same x with and without a cache", () => {
    const flow = autoregressive(new Random(1));
    expectClose(flow.inverseCached(z()), flow.inverse(z()), { absolute: 1e-4, relative: 1e-4 });
  });

  it("are each other's inverse, with the same networks", () => {
    const flow = autoregressive(new Random(1));
    const inverse = inverseAutoregressiveFlow(flow);
    expectClose(inverse.forward(flow.forward(z()).z).z, z(), { absolute: 1e-4 });
    expect(inverse.parameters).toBe(flow.parameters);
    const { x, logProb } = new Flow(inverse, standardBase(4)).sampleWithLogProb(new Random(2), 9);
    expectClose(new Flow(inverse, standardBase(4)).logProb(x), logProb, { absolute: 1e-3 });
  });

  it("know the log-determinant when they know x", () => {
    for (const flow of [autoregressive(new Random(1)), new RecurrentFlow(new Random(1), 4, { hidden: 6 })]) {
      const { x, logDet } = flow.inverseWithLogDet(z());
      expectClose(logDet, flow.forward(x).logDet.neg(), { absolute: 1e-5, relative: 1e-5 });
      expectClose(x, flow.inverse(z()), { absolute: 0 });
    }
  });

  it("have a triangular Jacobian in their ordering", () => {
    const flow = autoregressive(new Random(1));
    const [J] = jacobians(flow, z()) as [number[][]];
    flow.ordering.forEach((i, k) => {
      for (const later of flow.ordering.slice(k + 1)) expect(J[i]?.[later]).toBe(0);
    });
    expect(Math.abs(J[flow.ordering[3] as number]?.[flow.ordering[0] as number] as number)).toBeGreaterThan(1e-3);
  });

  it("share one cell in a recurrent flow, whatever d is", () => {
    const size = (d: number) =>
      Object.values(new RecurrentFlow(new Random(1), d, { hidden: 6 }).parameters).reduce((n, v) => n + v.size, 0);
    expect(size(3)).toBe(size(30));
  });

  it("say what is wrong with an ordering", () => {
    expect(() => new AutoregressiveFlow(new Random(1), { ordering: [0, 0, 1], hidden })).toThrow(
      "ordering must contain each of 0..2 once, but got [0,0,1]",
    );
  });
});

describe("couplings", () => {
  const x = () => new Random(3).normal([6, 5]);

  it("pass their first half on unchanged, and the middle of five is changed", () => {
    expect(halfMask(5)).toEqual([1, 1, 0, 0, 0]);
    expect(halfMask(4)).toEqual([1, 1, 0, 0]);
    const coupling = loud(new Random(1), new AffineCoupling(new Random(1), { mask: halfMask(5), network }));
    const z = coupling.forward(x()).z.arraySync() as number[][];
    (x().arraySync() as number[][]).forEach((row, n) => {
      expect(z[n]?.slice(0, 2)).toEqual(row.slice(0, 2));
      for (const i of [2, 3, 4]) expect(z[n]?.[i]).not.toBe(row[i]);
    });
  });

  it("have determinant 1 where they are additive, and the product of scales where they are affine", () => {
    const additive = loud(new Random(1), new AdditiveCoupling(new Random(1), { mask: halfMask(5), network }));
    expect(Array.from(additive.forward(x()).logDet.dataSync())).toEqual(Array(6).fill(0));
    const affine = loud(new Random(1), new AffineCoupling(new Random(1), { mask: halfMask(5), network }));
    const J = jacobians(affine, x());
    const products = J.map(matrix =>
      [2, 3, 4].reduce((sum, i) => sum + Math.log(Math.abs(matrix[i]?.[i] as number)), 0),
    );
    expectClose(affine.forward(x()).logDet, products, { absolute: 1e-4 });
    for (const matrix of J) expect(matrix[0]?.slice(2)).toEqual([0, 0, 0]);
  });

  it("start as the identity", () => {
    expectClose(realNVP(new Random(1), { d: 5 }).forward(x()).z, x(), { absolute: 1e-6 });
    expectClose(nice(new Random(1), { d: 5 }).forward(x()).z, x(), { absolute: 1e-6 });
  });

  it("have no gradient there where they only move data that look the same from both sides, and one beside it", () => {
    const half = new Random(4).normal([50, 2]);
    const symmetric = tf.concat(
      [half, half.mul(tf.tensor2d([[1, -1]])), half.mul(tf.tensor2d([[-1, 1]])), half.neg()],
      0,
    );
    const slope = (start: number) => {
      const flow = new Flow(nice(new Random(1), { d: 2, start }), standardBase(2));
      const moves = Object.entries(flow.parameters).flatMap(([name, v]) => (name.endsWith("logScale") ? [] : [v]));
      const { grads } = tf.variableGrads(() => flow.logProb(symmetric).mean() as tf.Scalar, moves);
      return Math.max(...Object.values(grads).map(grad => grad.abs().max().dataSync()[0] as number));
    };
    expect(slope(0)).toBeLessThan(1e-6);
    expect(slope(0.1)).toBeGreaterThan(1e-3);
  });

  it("reach every input from every output after three with masks in turns, not after two: Jacobian and Boolean matrix", () => {
    const layers = (count: number) =>
      Array.from({ length: count }, (_, i) => (i % 2 === 0 ? halfMask(4) : opposite(halfMask(4))));
    const whole = (count: number) => couplingReach(layers(count)).every(row => row.every(Boolean));
    expect([1, 2, 3, 4].map(whole)).toEqual([false, false, true, true]);
    for (const count of [1, 2, 3]) {
      const flow = loud(
        new Random(2),
        new Composition(layers(count).map(mask => new AffineCoupling(new Random(1), { mask, network }))),
      );
      const J = jacobians(flow, new Random(4).normal([30, 4]));
      const reach = couplingReach(layers(count));
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 4; j++) {
          const largest = Math.max(...J.map(matrix => Math.abs(matrix[i]?.[j] as number)));
          expect(largest > 0, `${count} couplings, output ${i}, input ${j}`).toBe(reach[i]?.[j]);
        }
      }
    }
  });

  it("mask in a checkerboard, then by channels", () => {
    expect(checkerboardMask({ height: 2, width: 3, channels: 1 })).toEqual([0, 1, 0, 1, 0, 1]);
    expect(checkerboardMask({ height: 2, width: 2, channels: 2 })).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
    expect(channelMask({ height: 1, width: 2, channels: 4 })).toEqual([1, 1, 0, 0, 1, 1, 0, 0]);
    expect(() => new AffineCoupling(new Random(1), { mask: [1, 1] })).toThrow(
      "the mask must hold 0s and 1s, some of each",
    );
  });

  it("squeeze and split lose no number: every z of a multi-scale flow moves with some x, and none twice", () => {
    const volume = { height: 4, width: 4, channels: 1 };
    const flow = multiScaleRealNVP(new Random(1), { volume, scales: 2, features: 4, blocks: 1 });
    const [J] = jacobians(flow, new Random(2).normal([1, 16])) as [number[][]];
    // It starts as a permutation: one 1 in every row and column.
    expect(J.map(row => row.reduce((sum, v) => sum + v, 0)).every(sum => Math.abs(sum - 1) < 1e-5)).toBe(true);
    expect(J.flat().filter(v => Math.abs(v - 1) < 1e-5).length).toBe(16);
    const rows = tf.range(0, 16).reshape([1, 16]);
    expect(Array.from(new Squeeze(volume).forward(rows).z.dataSync()).slice(0, 4)).toEqual([0, 1, 4, 5]);
  });
});

describe("Glow", () => {
  it("an actnorm set from data leaves mean 0 and standard deviation 1 in every channel", () => {
    const x = new Random(1)
      .normal([50, 8])
      .mul(tf.tensor1d([1, 5, 1, 5, 1, 5, 1, 5]))
      .add(tf.tensor1d([3, -1, 3, -1, 3, -1, 3, -1]));
    const norm = new ActNorm(8, 2);
    norm.initialise(x);
    const { mean, variance } = tf.moments(norm.forward(x).z.reshape([-1, 2]), 0);
    expectClose(mean, [0, 0], { absolute: 1e-5 });
    expectClose(variance, [1, 1], { absolute: 1e-4 });
  });

  it("sets its actnorms one after another", () => {
    const flow = glow(new Random(1), { volume: { height: 1, width: 1, channels: 4 }, steps: 3 });
    loud(new Random(2), flow);
    const x = new Random(3).normal([200, 4]).mul(7).add(2);
    initialiseFromData(flow, x);
    let h: tf.Tensor = x;
    for (const layer of flow.layers) {
      h = layer.forward(h).z;
      if (layer instanceof ActNorm) expectClose(tf.moments(h, 0).variance, [1, 1, 1, 1], { absolute: 1e-3 });
    }
  });

  it("a 1 × 1 convolution counts its pixels: h · w · log |det W|", () => {
    const W = [
      [2, 1],
      [0.5, -1],
    ];
    const x = new Random(1).normal([3, 8]);
    const flow = new InvertibleLinear(new Random(1), 8, { channels: 2, W });
    expectClose(flow.forward(x).logDet, Array(3).fill(4 * logAbsDet(W).logAbs), { absolute: 1e-5 });
    const product = x.reshape([12, 2]).matMul(tf.tensor2d(W), false, true).reshape([3, 8]);
    expectClose(flow.forward(x).z, product, { absolute: 1e-5 });
  });

  it("starts its matrices as rotations: every singular value is 1", () => {
    const flow = new InvertibleLinear(new Random(6), 5);
    const [J] = jacobians(flow, tf.zeros([1, 5])) as [number[][]];
    expectClose(singularValues(J), [1, 1, 1, 1, 1], { absolute: 1e-5 });
    expect(() => new InvertibleLinear(new Random(1), 5, { channels: 2 })).toThrow("channels must divide d = 5");
  });
});

describe("bases", () => {
  it.each([
    { name: "Normal", base: new Normal<"z">([0.3], [1.5]), mean: 0.3, variance: 2.25 },
    { name: "Uniform", base: new Uniform<"z">([-1], [3]), mean: 1, variance: 16 / 12 },
    { name: "Logistic", base: new Logistic<"z">([0.5], [0.7]), mean: 0.5, variance: (0.49 * Math.PI ** 2) / 3 },
  ])("$name integrates to 1, and draws what it says", ({ base, mean, variance }) => {
    const n = 8000;
    const grid = tf.tensor2d(Array.from({ length: n }, (_, i) => [-20 + (40 * (i + 0.5)) / n]));
    expectClose((base.logProb(grid).exp().sum().dataSync()[0] as number) * (40 / n), 1, { absolute: 1e-3 });
    const draws = base.sample(new Random(1), 5000).dataSync();
    expectMean(draws, mean);
    expectMean(
      Float64Array.from(draws, x => (x - mean) ** 2),
      variance,
    );
  });

  it("say what is wrong with their parameters", () => {
    expect(() => new Uniform([1], [1])).toThrow("Uniform: high must be above low, but got 0");
    expect(() => new Logistic([0], [-1])).toThrow("Logistic: scale must be positive, but got -1");
  });

  it("the inverse of an exp layer makes the log-normal density, which integrates to 1 above 0", () => {
    const flow = new Flow(new Inverse(expLayer()), new Normal<"z">([0], [0.5]));
    const grid = tf.tensor2d(Array.from({ length: 4000 }, (_, i) => [0.005 * (i + 0.5)]));
    expectClose((flow.logProb(grid).exp().sum().dataSync()[0] as number) * 0.005, 1, { absolute: 1e-4 });
    expectClose(flow.logProb(tf.tensor2d([[1]])), [-Math.log(0.5) - 0.5 * Math.log(2 * Math.PI)], { absolute: 1e-6 });
  });

  it("a CDF flow to the uniform base has the density of its mixture, which integrates to 1 whatever the logits", () => {
    const cdf = new MixtureCDF(new Random(1), 1, { components: 4, range: "unit" });
    cdf.parameters.logits?.assign(tf.tensor2d([[3, 1, 0, 2]]));
    const flow = new Flow(cdf, new Uniform<"z">([0], [1]));
    const grid = tf.tensor2d(Array.from({ length: 4000 }, (_, i) => [-20 + 0.01 * (i + 0.5)]));
    expectClose((flow.logProb(grid).exp().sum().dataSync()[0] as number) * 0.01, 1, { absolute: 1e-3 });
    expectClose(flow.logProb(grid.slice(1000, 2000)), cdf.forward(grid.slice(1000, 2000)).logDet, { absolute: 1e-6 });
  });
});

describe("the inverse of a mixture flow", () => {
  it("is as exact as float32 lets it be, also in a flat gap: the rounding of z over the slope", () => {
    const flow = new MixtureCDF(new Random(1), 1, { components: 2 });
    flow.parameters.means?.assign(tf.tensor2d([[-4, 4]]));
    flow.parameters.logScales?.assign(tf.tensor2d([[-1, -1]]));
    const x = tf.linspace(-9, 9, 181).reshape([181, 1]);
    const { z, logDet } = flow.forward(x);
    const slopes = logDet.exp().dataSync();
    expect(Math.min(...slopes)).toBeLessThan(1e-3);
    const errors = flow.inverse(z).sub(x).abs().dataSync();
    z.dataSync().forEach((value, n) => {
      const rounding = 2 ** -21 * (1 + Math.abs(value));
      expect(errors[n] as number, `x = ${x.dataSync()[n]}`).toBeLessThan(rounding / (slopes[n] as number) + 1e-6);
    });
  });
});

describe("the triangular flow of the plane", () => {
  it("has the derivative of g in x₂ on its diagonal: the printed objective, with ∂g/∂x₁, is another number", () => {
    const flow = loud(new Random(1), new TriangularFlow(new Random(1), { components: 3, hidden: [8] }));
    const x = new Random(2).normal([20, 2]);
    const logDet = flow.forward(x).logDet.dataSync();
    const differences = jacobians(flow, x).map((J, n) => {
      const [a, b, c] = [J[0]?.[0], J[1]?.[0], J[1]?.[1]] as [number, number, number];
      expect(J[0]?.[1]).toBe(0);
      expect(Math.abs(Math.log(a * c) - (logDet[n] as number))).toBeLessThan(1e-3);
      return Math.abs(Math.log(Math.abs(a * b)) - (logDet[n] as number));
    });
    expect(Math.max(...differences)).toBeGreaterThan(0.5);
  });
});

describe("KL(data ‖ model) = KL(latents ‖ prior)", () => {
  it("in closed form, for Gaussian data and an affine flow", () => {
    const data = new AffineFlow(
      [
        [1.5, 0],
        [0.4, 0.6],
      ],
      [1, -1],
    );
    const model = new AffineFlow(
      [
        [1, 0.2],
        [0, 1.3],
      ],
      [0.5, 0],
    );
    const z = new Random(1).normalArray(20_000);
    const draws = Array.from({ length: 10_000 }, (_, n) => data.inverse([z[2 * n] as number, z[2 * n + 1] as number]));
    // log p − log q at x equals log of the pushed-forward density − log prior at f(x), point by point.
    const inData = draws.map(x => data.logProb(x) - model.logProb(x));
    const inLatents = draws.map(x => {
      const { z, logDet } = model.forward(x);
      const prior = -0.5 * z.reduce((sum, v) => sum + v * v, 0) - Math.log(2 * Math.PI);
      return data.logProb(x) - logDet - prior;
    });
    expectClose(inLatents, inData, { absolute: 1e-9 });
    expectMean(
      inData,
      0.5 *
        (Math.log(
          (model.covariance[0]?.[0] as number) * (model.covariance[1]?.[1] as number) -
            (model.covariance[0]?.[1] as number) ** 2,
        ) -
          2 * Math.log(1.5 * 0.6) -
          2 +
          trace(model, data)),
    );
  });
});

/** tr(S_q⁻¹ S_p) + (m_p − m_q)ᵀ S_q⁻¹ (m_p − m_q), by whitening with the model. */
function trace(model: AffineFlow, data: AffineFlow): number {
  const columns = [0, 1].map(j => model.forward(data.A.map((row, i) => (row[j] as number) + (model.b[i] as number))).z);
  const shift = model.forward(data.b).z;
  return [...columns, shift].flat().reduce((sum, v) => sum + v * v, 0);
}
