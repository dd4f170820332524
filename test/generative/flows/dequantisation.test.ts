import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { type Distribution, Normal, Uniform } from "../../../src/generative/distributions/index.ts";
import { bisection, logisticMixture, standardNormal } from "../../../src/generative/exact/index.ts";
import {
  type Dequantiser,
  dequantisedBound,
  Flow,
  MixtureCDF,
  uniformNoise,
  VariationalNoise,
} from "../../../src/generative/flows/index.ts";
import { fit } from "../../../src/generative/training/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

beforeAll(() => chooseBackend());

const weights = [0.4, 0.6];
const means = [1.2, 3.1];
const stds = [0.25, 0.4];
const exact = logisticMixture({ weights, means, stds });

/** The same mixture as a flow to the uniform density. */
function flow(): Flow {
  const cdf = new MixtureCDF(new Random(1), 1, { components: 2, range: "unit" });
  cdf.parameters.logits?.assign(tf.tensor2d([weights.map(Math.log)]));
  cdf.parameters.means?.assign(tf.tensor2d([means]));
  cdf.parameters.logScales?.assign(tf.tensor2d([stds.map(Math.log)]));
  return new Flow(cdf, new Uniform<"z">([0], [1]));
}

/** log P(k) = log (F(k + 1) − F(k)) */
const logMass = (k: number) => Math.log(exact.cdf(k + 1) - exact.cdf(k));
const levels = [0, 1, 2, 3];
const repeated = (k: number, n: number) => tf.fill([n, 1], k);
const bounds = (dequantiser: Dequantiser, k: number, n = 4000) =>
  dequantisedBound(flow(), dequantiser, repeated(k, n), new Random(7)).dataSync();
const meanOf = (values: ArrayLike<number>) => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;

/** q(u|x) = p(x + u)/P(x), drawn by its inverse distribution function. */
const posterior: Dequantiser = {
  parameters: {},
  noise: (x, random) => {
    const uniform = random.uniformArray(x.size);
    const u = Float32Array.from(
      x.dataSync(),
      (k, n) => bisection(exact.cdf, exact.cdf(k) + (uniform[n] as number) * (exact.cdf(k + 1) - exact.cdf(k))) - k,
    );
    const logProb = Array.from(x.dataSync(), (k, n) => exact.logProb(k + (u[n] as number)) - logMass(k));
    return { u: tf.tensor2d(u, [x.size, 1]), logProb: tf.tensor1d(logProb) };
  },
};

describe("the discrete probability of a density", () => {
  it("sums to 1 with what lies outside", () => {
    const inside = levels.reduce((sum, k) => sum + Math.exp(logMass(k)), 0);
    expectClose(inside + exact.cdf(0) + 1 - exact.cdf(4), 1, { absolute: 1e-12 });
  });

  it("is bounded from below by uniform noise, on average, with a gap", () => {
    for (const k of levels) expect(meanOf(bounds(uniformNoise, k))).toBeLessThan(logMass(k) - 0.02);
  });

  it("is exp of uniform noise's bound on average: E exp is P", () => {
    for (const k of levels) expectMean(Float64Array.from(bounds(uniformNoise, k), Math.exp), Math.exp(logMass(k)));
  });

  it("is reached, draw by draw, with the posterior of the noise", () => {
    for (const k of levels) expectClose(bounds(posterior, k, 200), Array(200).fill(logMass(k)), { absolute: 2e-3 });
  });

  it("is reached by uniform noise where the density is constant in each cell", () => {
    const flat: Distribution<"x"> = new Uniform<"x">([0], [4]);
    const values = dequantisedBound(flat, uniformNoise, repeated(2, 100), new Random(1));
    expectClose(values, Array(100).fill(Math.log(1 / 4)), { absolute: 1e-6 });
  });

  it("has no bound without noise: the density of a narrowing peak on a whole number", () => {
    const at = (std: number) => new Normal<"x">([2], [std]).logProb(tf.tensor1d([2])).dataSync()[0] as number;
    expect(at(1e-6)).toBeGreaterThan(at(1e-3) + 6);
    // With noise, no density does better than all of its mass in the cell: log P ≤ 0.
    for (const std of [1e-3, 0.3, 1]) {
      const mass = standardNormal.cdf(1 / std) - standardNormal.cdf(0);
      const values = dequantisedBound(new Normal<"x">([2], [std]), uniformNoise, repeated(2, 2000), new Random(1));
      expect(meanOf(values.dataSync())).toBeLessThan(Math.log(mass));
    }
  });
});

describe("variational noise", () => {
  it("is a density over [0, 1)", () => {
    const noise = new VariationalNoise(new Random(1), 1, { levels: 4 });
    const { u, logProb } = noise.noise(repeated(1, 20_000), new Random(2));
    expect(u.min().dataSync()[0]).toBeGreaterThanOrEqual(0);
    expect(u.max().dataSync()[0]).toBeLessThanOrEqual(1);
    // E_q [1/q(u|x)] over the u in an interval is its length.
    const inside = u.dataSync();
    const inverse = Float64Array.from(logProb.dataSync(), (log, n) => {
      const value = inside[n] as number;
      return value > 0.1 && value < 0.7 ? Math.exp(-log) : 0;
    });
    expectMean(inverse, 0.6);
  });

  it("learns to close more than half of the gap that uniform noise leaves", async () => {
    const noise = new VariationalNoise(new Random(1), 1, { levels: 4, hidden: [32, 32] });
    const density = flow();
    const x = tf.tile(tf.tensor2d([[0], [1], [2], [3]]), [32, 1]);
    await fit({
      parameters: noise.parameters,
      optimizer: tf.train.adam(0.01),
      batch: () => x.clone(),
      loss: (x, random) => dequantisedBound(density, noise, x, random).mean().neg(),
      steps: 600,
      random: new Random(3),
    });
    const gap = (dequantiser: Dequantiser) =>
      levels.reduce((sum, k) => sum + logMass(k) - meanOf(bounds(dequantiser, k)), 0) / levels.length;
    const [uniform, learned] = [gap(uniformNoise), gap(noise)];
    expect(learned).toBeLessThan(0.5 * uniform);
    expect(learned).toBeGreaterThan(0);
  });
});
