import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import { Normal } from "../../../src/generative/distributions/index.ts";
import { categoricalMle, crossEntropy, gaussianMle } from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

beforeAll(() => chooseBackend());

describe("gaussianMle", () => {
  it("agrees with scipy.stats.norm.fit", () => {
    const { data, meanStd } = fixture("maximumLikelihood").gaussianMle;
    const { mean, std } = gaussianMle(data);
    expect(mean).toBeCloseTo(meanStd[0], 13);
    expect(std).toBeCloseTo(meanStd[1], 13);
  });

  it("is a stationary point of the likelihood", () => {
    const data = Array.from(new Random(1).normalArray(50), x => 3 + 2 * x);
    const { mean, std } = gaussianMle(data);
    const x = tf.tensor2d(data, [50, 1]);
    const loss = (m: tf.Tensor, s: tf.Tensor) => new Normal(m, s).logProb(x).mean().asScalar();
    for (const slope of tf.grads(loss)([tf.tensor1d([mean]), tf.tensor1d([std])])) {
      expect(Math.abs(slope.dataSync()[0] as number)).toBeLessThan(1e-5);
    }
  });

  it("divides by n: on average the variance is low by σ²/n", () => {
    const random = new Random(2);
    const variances = Array.from({ length: 4000 }, () => gaussianMle(random.normalArray(5)).std ** 2);
    expectMean(variances, 1 - 1 / 5);
  });

  it("has every digit of a spread that is small beside the mean, or whose square is no float64 number", () => {
    const ulp = 2 ** -52;
    expect(gaussianMle([1, 1 + ulp])).toEqual({ mean: 1, std: ulp / 2 });
    expect(gaussianMle([1 - ulp, 1 + ulp])).toEqual({ mean: 1, std: ulp });
    expect(gaussianMle([1e200, 3e200])).toEqual({ mean: 2e200, std: 1e200 });
    expectClose(gaussianMle([1e-200, 3e-200]).std, 1e-200, { relative: 1e-15 });
    // A share p of numbers is one unit of the last place above the others: √(p (1 − p)) units.
    const tenth = Float64Array.from({ length: 1000 }, (_, i) => 0.1 + (i % 10 === 3 ? 2 ** -56 : 0));
    expectClose(gaussianMle(tenth).std, 0.3 * 2 ** -56, { relative: 1e-14 });
    expectClose(gaussianMle(tenth).mean, 0.1, { relative: 2e-16 });
  });

  it("refuses data without spread", () =>
    expect(() => gaussianMle([2, 2, 2])).toThrow(/must have two different values/));

  it("refuses nothing, NaN, and equal data whose mean is rounded", () => {
    expect(() => gaussianMle([])).toThrow(/but got 0 with standard deviation NaN/);
    expect(() => gaussianMle([1, Number.NaN])).toThrow(/finite, but got NaN/);
    expect(() => gaussianMle([1, -Infinity])).toThrow(/finite, but got -Infinity/);
    expect(() => gaussianMle([3, 3])).toThrow(/but got 2 with standard deviation 0/);
    for (const n of [3, 7, 1000, 12345]) {
      expect(() => gaussianMle(new Float64Array(n).fill(0.1))).toThrow(/must have two different values/);
    }
    expect(() => categoricalMle([1, Number.NaN])).toThrow(/at least 0/);
  });
});

describe("categoricalMle", () => {
  it("is the lowest cross-entropy of all distributions tried", () => {
    const best = categoricalMle([3, 1, 6]);
    const random = new Random(4);
    for (let trial = 0; trial < 300; trial++) {
      const u = Array.from(random.uniformArray(3));
      const q = u.map(value => value / u.reduce((a, b) => a + b));
      expect(crossEntropy([0.3, 0.1, 0.6], q)).toBeGreaterThan(crossEntropy([0.3, 0.1, 0.6], best));
    }
  });

  it("has shares that add up to 1, and none where nothing was counted", () =>
    expect(categoricalMle([3, 1, 0, 4])).toEqual([0.375, 0.125, 0, 0.5]));

  it("refuses counts without end, one by one and in sum", () => {
    expect(() => categoricalMle([1, Infinity])).toThrow(/but got Infinity;/);
    expect(() => categoricalMle([1e308, 1e308])).toThrow(/but got a sum of Infinity;/);
  });

  it("refuses no counts and negative ones", () => {
    expect(() => categoricalMle([0, 0])).toThrow(/not all 0, but got a sum of 0;/);
    expect(() => categoricalMle([2, -1])).toThrow(/at least 0 and not all 0, but got -1;/);
    for (const counts of [[], [Infinity, 1], [-1, -2]])
      expect(() => categoricalMle(counts)).toThrow(/not all 0, but got/);
  });
});
