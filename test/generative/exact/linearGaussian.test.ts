import { describe, expect, it } from "vitest";
import { LinearGaussian, logIntegral, logIntegral2d, trapezoid } from "../../../src/generative/exact/index.ts";

const options = {
  weights: [
    [1, 0.5],
    [-0.3, 2],
    [0.7, 0],
  ],
  offset: [0.1, -1, 2],
  noise: 0.6,
};
const x = [0.8, -2.1, 1.4];
const log = (value: number, mean: number, std: number) =>
  -0.5 * ((value - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);

/** log p(x, z), written out entry by entry. */
function logJoint(z: number[]): number {
  const prior = z.reduce((sum, value) => sum + log(value, 0, 1), 0);
  return options.weights.reduce((sum, row, i) => {
    const mean = row.reduce((m, w, j) => m + w * (z[j] as number), options.offset[i] as number);
    return sum + log(x[i] as number, mean, options.noise);
  }, prior);
}

describe("LinearGaussian", () => {
  const model = new LinearGaussian(options);

  it("has the evidence of quadrature over both latent dimensions", () => {
    const evidence = logIntegral2d((a, b) => logJoint([a, b]), trapezoid(-9, 9, 721));
    expect(model.logEvidence(x)).toBeCloseTo(evidence, 10);
  });

  it("has a posterior with p(x) = p(x, z) / p(z|x) at every z", () => {
    const { mean, covariance } = model.posterior(x);
    const [[a, b], [, d]] = covariance as [[number, number], [number, number]];
    const determinant = a * d - b * b;
    for (const z of [
      [0, 0],
      [1, -1],
      [-2, 0.5],
      [3, 3],
    ] as [number, number][]) {
      const [u, v] = [z[0] - (mean[0] as number), z[1] - (mean[1] as number)];
      const logPosterior =
        -0.5 * ((d * u * u - 2 * b * u * v + a * v * v) / determinant + Math.log(determinant)) - Math.log(2 * Math.PI);
      expect(logJoint(z) - logPosterior).toBeCloseTo(model.logEvidence(x), 10);
    }
  });

  it("has the posterior of the textbook in one dimension", () => {
    const { mean, covariance } = new LinearGaussian({ weights: [[2]], offset: [1], noise: 0.5 }).posterior([3]);
    expect(mean[0]).toBeCloseTo((2 * 2) / (4 + 0.25), 12);
    expect(covariance[0]?.[0]).toBeCloseTo(0.25 / (4 + 0.25), 12);
  });

  it("with one noise for each x_i has the covariance, evidence and posterior of factor analysis", () => {
    const noise = [0.6, 1.5, 0.2];
    const factors = new LinearGaussian({ ...options, noise });
    const logJointOf = (z: number[]) =>
      options.weights.reduce(
        (sum, row, i) => {
          const mean = row.reduce((m, w, j) => m + w * (z[j] as number), options.offset[i] as number);
          return sum + log(x[i] as number, mean, noise[i] as number);
        },
        z.reduce((sum, value) => sum + log(value, 0, 1), 0),
      );
    const evidence = logIntegral2d((a, b) => logJointOf([a, b]), trapezoid(-9, 9, 721));
    expect(factors.logEvidence(x)).toBeCloseTo(evidence, 10);
    const same = new LinearGaussian({ ...options, noise: [0.6, 0.6, 0.6] });
    expect(same.logEvidence(x)).toBe(model.logEvidence(x));
    expect(same.posterior(x)).toEqual(model.posterior(x));
    factors.covariance.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value - (model.covariance[i]?.[j] as number)).toBeCloseTo(
          i === j ? (noise[i] as number) ** 2 - 0.36 : 0,
          12,
        );
      });
    });
  });

  it("does not underflow in 60 dimensions", () => {
    const d = 60;
    const weights = Array.from({ length: d }, (_, i) => Array.from({ length: d }, (_, j) => (i === j ? 1e-4 : 0)));
    const evidence = new LinearGaussian({ weights, offset: Array(d).fill(0), noise: 1e-7 }).logEvidence(
      Array(d).fill(0),
    );
    const one = logIntegral(z => log(z, 0, 1) + log(0, 1e-4 * z, 1e-7), trapezoid(-0.02, 0.02, 4001));
    expect(evidence / d).toBeCloseTo(one, 6);
  });

  it("keeps the evidence where the noise is 1e-12 of what W does", () => {
    // W = w (1, 1)ᵀ: C has 2w² + s² along (1, 1), and s² across.
    const [w, s] = [0.7, 2 ** -40];
    for (const t of [0.3, -1.1, 0.9]) {
      const along = 2 * w * w + s * s;
      const squaredDistance = (2 * t * t) / along + 2;
      const expected = -0.5 * (squaredDistance + Math.log(along) + 2 * Math.log(s) + 2 * Math.log(2 * Math.PI));
      const narrow = new LinearGaussian({ weights: [[w], [w]], offset: [0, 0], noise: s });
      expect(Math.abs(narrow.logEvidence([t + s, t - s]) - expected)).toBeLessThan(1e-12);
      const { mean, covariance } = narrow.posterior([t + s, t - s]);
      expect(Math.abs((mean[0] as number) - t / w)).toBeLessThan(1e-15);
      expect(covariance[0]?.[0]).toBeCloseTo((s * s) / along, 38);
    }
  });

  it("has an evidence where W Wᵀ overflows", () => {
    const steep = new LinearGaussian({ weights: [[1e200]], offset: [0], noise: 1 });
    expect(steep.logEvidence([0])).toBeCloseTo(-200 * Math.LN10 - 0.5 * Math.log(2 * Math.PI), 10);
  });

  it("names what is wrong with its arguments", () => {
    expect(() => new LinearGaussian({ ...options, noise: 0 })).toThrow(/noise must be positive, but got 0/);
    expect(() => new LinearGaussian({ ...options, offset: [1] })).toThrow(/3 rows and 1 offsets/);
    expect(() => new LinearGaussian({ ...options, noise: [1, 2] })).toThrow(/one for each of 3 rows, but got 2/);
    expect(() => new LinearGaussian({ ...options, noise: [1, -2, 3] })).toThrow(/noise must be positive, but got -2/);
    expect(() => new LinearGaussian({ ...options, noise: Number.NaN })).toThrow(/noise must be positive, but got NaN/);
    expect(() => new LinearGaussian({ weights: [[1, 2], [3]], offset: [0, 0], noise: 1 })).toThrow(RangeError); // prettier-ignore
    expect(() => new LinearGaussian({ weights: [], offset: [], noise: 1 })).toThrow(/got 0 rows and 0 offsets/);
    expect(
      () =>
        new LinearGaussian({
          ...options,
          weights: [
            [1, 2],
            [Number.NaN, 1],
            [1, 2],
          ],
        }),
    ).toThrow(/^LinearGaussian: every number must be finite, but got NaN/);
    expect(() => new LinearGaussian({ ...options, offset: [0, Number.NaN, 0] })).toThrow(
      "LinearGaussian: every entry of offset must be finite, but got NaN at 1",
    );
    expect(() => new LinearGaussian({ ...options, noise: Infinity })).toThrow(
      /noise must be positive, but got Infinity/,
    ); // prettier-ignore
    expect(() => model.logEvidence([1, Number.POSITIVE_INFINITY, 2])).toThrow(
      "LinearGaussian: every entry of x must be finite, but got Infinity at 1",
    );
    expect(() => model.posterior([1])).toThrow(/x must have 3 entries, but got 1/);
    expect(() => model.logEvidence([1])).toThrow(/x must have 3 entries, but got 1/);
  });
});
