import { describe, expect, it } from "vitest";
import { klGaussian } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

describe("klGaussian", () => {
  const { gaussians } = fixture("maximumLikelihood");

  it("agrees with numpy in coordinates where p is standard", () => {
    expect(klGaussian(gaussians.q, gaussians.p)).toBeCloseTo(gaussians.kl, 11);
  });

  it("is 0 for the same Gaussian, and not symmetric", () => {
    expect(klGaussian(gaussians.p, gaussians.p)).toBeCloseTo(0, 12);
    expect(Math.abs(klGaussian(gaussians.p, gaussians.q) - gaussians.kl)).toBeGreaterThan(0.1);
  });

  it("of the best factorised Gaussian is −½ log(1 − ρ²)", () => {
    const target = {
      mean: [0, 0],
      covariance: [
        [1, 0.9],
        [0.9, 1],
      ],
    };
    const q = {
      mean: [0, 0],
      covariance: [
        [1 - 0.81, 0],
        [0, 1 - 0.81],
      ],
    };
    expect(klGaussian(q, target)).toBeCloseTo(0.8304, 4);
    expect(klGaussian(q, target)).toBeCloseTo(-0.5 * Math.log(1 - 0.81), 12);
  });

  it.each([
    // ½ (t − 1 − log t), by mpmath 1.3.0
    [1e-300, 344.88776394910684],
    [0.25, 0.3181471805599453],
    [0.49, 0.10167494393873239],
    [0.51, 0.0916722766318828],
    [0.75, 0.018841036225890465],
    [1.25, 0.013428224342895123],
    [1.49, 0.04561194002131611],
    [1.51, 0.04894517458658352],
    [3, 0.45069385566594516],
    [1e10, 4999999987.987075],
    [1 + 2 ** -30, 2.1684043436246863e-19],
  ])("of one variable depends on the ratio of variances only: %d", (ratio, kl) => {
    for (const unit of [1, 1e-6, 2 ** 40]) {
      const gaussian = (variance: number) => ({ mean: [0], covariance: [[variance]] });
      const tiny = ratio < 1e-100;
      if (tiny && unit < 1) continue;
      // A ratio near 1 is rounded with the unit.
      const relative = Math.abs(ratio - 1) < 1e-6 && unit === 1e-6 ? 1e-6 : 4e-15;
      expectClose(klGaussian(gaussian(unit * ratio), gaussian(unit)), kl, { relative });
    }
    const shifted = klGaussian({ mean: [3], covariance: [[ratio]] }, { mean: [-1], covariance: [[4]] });
    const about = klGaussian({ mean: [0], covariance: [[ratio]] }, { mean: [0], covariance: [[4]] });
    expectClose(shifted - about, 2, { absolute: 1e-15 * about + 1e-14 });
  });

  it("of three variables, correlated differently, is what mpmath computes", () => {
    const q = {
      mean: [1, -2, 0.5],
      covariance: [
        [4, 1, 0.5],
        [1, 3, -1],
        [0.5, -1, 2],
      ],
    };
    const p = {
      mean: [0, 1, 1],
      covariance: [
        [2, -0.5, 0.25],
        [-0.5, 5, 2],
        [0.25, 2, 3],
      ],
    };
    expectClose(klGaussian(q, p), 1.9433854473108934, { relative: 4e-15 });
    // In other units of each variable it is the same.
    const units = [1e-5, 2 ** 30, 1e3];
    const scaled = ({ mean, covariance }: typeof q) => ({
      mean: mean.map((m, i) => m * (units[i] as number)),
      covariance: covariance.map((row, i) => row.map((v, j) => v * (units[i] as number) * (units[j] as number))),
    });
    expectClose(klGaussian(scaled(q), scaled(p)), 1.9433854473108934, { relative: 1e-13 });
  });

  it("refuses other dimensions and covariances that are none", () => {
    const p = { mean: [0], covariance: [[1]] };
    expect(() => klGaussian(gaussians.q, p)).toThrow(/same dimension, but got 3 and 1/);
    for (const mean of [[Number.NaN], [Infinity]]) {
      expect(() => klGaussian({ ...p, mean }, p)).toThrow(/^klGaussian: /);
      expect(() => klGaussian(p, { ...p, mean })).toThrow(/^klGaussian: /);
    }
    expect(() =>
      klGaussian(
        {
          mean: [0],
          covariance: [
            [1, 0],
            [0, 1],
          ],
        },
        p,
      ),
    ).toThrow(RangeError);
    expect(() => klGaussian({ mean: [0], covariance: [[-1]] }, p)).toThrow(/klGaussian, q: /);
    expect(() => klGaussian(p, { mean: [0], covariance: [[0]] })).toThrow(
      /p: a covariance must be positive definite, but got a variance of 0 for variable 0/,
    );
  });
});

it("klGaussian says what it was not given", () => {
  const p = { mean: [0], covariance: [[1]] };
  expect(() => klGaussian(undefined as never, p)).toThrow(
    "klGaussian: q must be an object with mean, covariance, but got undefined;",
  );
  expect(() => klGaussian(p, { mean: [0] } as never)).toThrow("klGaussian: p must be an object with mean, covariance");
  expect(() => klGaussian({ mean: 0 as never, covariance: [[1]] }, p)).toThrow(
    "the mean of q must be an array, but got 0",
  );
});
