import { describe, expect, it } from "vitest";
import { klGaussian, LinearGaussian, meanField } from "../../../src/generative/exact/index.ts";
import { cavi } from "../../../src/generative/training/index.ts";
import { fixture } from "../../support/fixture.ts";

const target = {
  mean: [1, -0.5, 2],
  covariance: [
    [2, 0.6, 0.1],
    [0.6, 1.5, -0.4],
    [0.1, -0.4, 1],
  ],
};

describe("meanField", () => {
  it("is where coordinate ascent ends", () => {
    const { variances, gap } = meanField(target);
    const ascent = cavi(target, { start: [0, 0, 0], sweeps: 40 });
    expect(-(ascent.elbos.at(-1) as number)).toBeCloseTo(gap, 10);
    variances.forEach((variance, i) => {
      expect(variance).toBeCloseTo(ascent.variances[i] as number, 12);
    });
  });

  it("has the KL of its own q, which every other diagonal q exceeds", () => {
    const { mean, variances, gap } = meanField(target);
    const diagonal = (scale: number[]) =>
      variances.map((v, i) => variances.map((_, j) => (i === j ? v * (scale[i] as number) : 0)));
    expect(klGaussian({ mean, covariance: diagonal([1, 1, 1]) }, target)).toBeCloseTo(gap, 12);
    for (const scale of [
      [1.1, 1, 1],
      [1, 0.9, 1],
      [1, 1, 1.2],
      [0.95, 1.05, 1],
    ]) {
      expect(klGaussian({ mean, covariance: diagonal(scale) }, target)).toBeGreaterThan(gap);
    }
  });

  it("is the target itself where its variables are independent, in any units", () => {
    const covariance = [
      [1e-12, 0, 0],
      [0, 3, 0],
      [0, 0, 5e20],
    ];
    expect(meanField({ mean: [1, 2, 3], covariance })).toEqual({
      mean: [1, 2, 3],
      variances: [1e-12, 3, 5e20],
      gap: 0,
    });
    expect(meanField({ mean: [7], covariance: [[9]] })).toEqual({ mean: [7], variances: [9], gap: 0 });
  });

  it("copies the mean", () => {
    const mean = [1, 2];
    const q = meanField({
      mean,
      covariance: [
        [1, 0],
        [0, 1],
      ],
    });
    mean[0] = 5;
    expect(q.mean).toEqual([1, 2]);
  });

  it("refuses a mean of another dimension, and a covariance that is none", () => {
    expect(() =>
      meanField({
        mean: [0],
        covariance: [
          [1, 0],
          [0, 1],
        ],
      }),
    ).toThrow("meanField");
    expect(() =>
      meanField({
        mean: [0, Number.NaN],
        covariance: [
          [1, 0],
          [0, 1],
        ],
      }),
    ).toThrow("meanField");
    expect(() =>
      meanField({
        mean: [0, 0],
        covariance: [
          [1, 2],
          [2, 1],
        ],
      }),
    ).toThrow("meanField");
  });

  it("is −½ log(1 − ρ²) in two dimensions: 0.8304 at ρ = 0.9", () => {
    const pair = {
      mean: [0, 0],
      covariance: [
        [4, 1.8],
        [1.8, 1],
      ],
    };
    expect(meanField(pair).gap).toBeCloseTo(-0.5 * Math.log(1 - 0.81), 12);
    expect(meanField(pair).gap).toBeCloseTo(0.8304, 4);
  });

  it("moves the noise level of a model to where scipy.optimize finds the maximum of the bound", () => {
    const { weights, variance, factorised } = fixture("variational").bias;
    const truth = new LinearGaussian({ weights, offset: [0, 0], noise: Math.sqrt(variance) }).covariance;
    const [[a = 0, b = 0] = [], [, c = 0] = []] = truth;
    // Four data with exactly the covariance of the truth.
    const data = [[a + c, 0]].flatMap(() => {
      const l = [Math.sqrt(a), b / Math.sqrt(a), Math.sqrt(c - (b * b) / a)] as const;
      return [
        [1, 1],
        [1, -1],
        [-1, 1],
        [-1, -1],
      ].map(([u = 0, v = 0]) => [l[0] * u, l[1] * u + l[2] * v]);
    });
    const bound = (noise: number) => {
      const model = new LinearGaussian({ weights, offset: [0, 0], noise });
      const evidence = data.reduce((sum, x) => sum + model.logEvidence(x), 0) / data.length;
      return evidence - meanField(model.posterior([0, 0])).gap;
    };
    const at = Math.sqrt(factorised);
    expect(bound(at)).toBeGreaterThan(bound(at * 1.003));
    expect(bound(at)).toBeGreaterThan(bound(at / 1.003));
    expect(factorised).toBeGreaterThan(2 * variance);
  });
});
