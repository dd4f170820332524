import { describe, expect, it } from "vitest";
import { klGaussian } from "../../../src/generative/exact/index.ts";
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

  it("refuses other dimensions and covariances that are none", () => {
    const p = { mean: [0], covariance: [[1]] };
    expect(() => klGaussian(gaussians.q, p)).toThrow(/same dimension, but got 3 and 1/);
    expect(() => klGaussian(p, { mean: [0], covariance: [[0]] })).toThrow(
      /p: a covariance must be positive definite, but got a variance of 0 for variable 0/,
    );
  });
});
