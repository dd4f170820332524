import { describe, expect, it } from "vitest";
import {
  gaussHermite,
  logIntegral,
  logIntegral2d,
  logMeanExp,
  logSumExp,
  trapezoid,
} from "../../../src/generative/exact/index.ts";

describe("gaussHermite", () => {
  it.each([1, 2, 5, 20])("with %i points is exact for polynomials of degree 2n − 1", n => {
    const { points, logWeights } = gaussHermite(n);
    for (let degree = 0; degree < 2 * n && degree <= 24; degree++) {
      const sum = points.reduce((total, z, i) => total + Math.exp(logWeights[i] as number) * z ** degree, 0);
      // E z^(2m) = (2m − 1)!!, and 0 for odd powers
      const moment =
        degree % 2 === 1 ? 0 : Array.from({ length: degree / 2 }, (_, i) => 2 * i + 1).reduce((a, b) => a * b, 1);
      const scale = points.reduce(
        (total, z, i) => total + Math.exp(logWeights[i] as number) * Math.abs(z) ** degree,
        0,
      );
      expect(Math.abs(sum - moment)).toBeLessThan(1e-9 * Math.max(1, scale));
    }
  });

  it("refuses zero points", () => expect(() => gaussHermite(0)).toThrow(/n must be a positive integer, but got 0/));
});

describe("trapezoid", () => {
  it("integrates a Gaussian in one and two dimensions to 1e-12", () => {
    const rule = trapezoid(-10, 10, 401);
    const log = (z: number) => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
    expect(logIntegral(log, rule)).toBeCloseTo(0, 12);
    expect(logIntegral2d((a, b) => log(a) + log((b - 0.3 * a) / 0.5) - Math.log(0.5), rule)).toBeCloseTo(0, 12);
  });

  it("agrees with Gauss–Hermite on a smooth likelihood", () => {
    const logLikelihood = (z: number) => -Math.cos(z) - 0.1 * z * z;
    const prior = (z: number) => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
    const dense = logIntegral(z => logLikelihood(z) + prior(z), trapezoid(-12, 12, 2001));
    expect(logIntegral(logLikelihood, gaussHermite(40))).toBeCloseTo(dense, 10);
  });

  it("refuses an empty interval", () => expect(() => trapezoid(1, 1, 10)).toThrow(/from < to and n ≥ 2 are needed/));
});

describe("logSumExp", () => {
  it("neither over- nor underflows", () => {
    expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
    expect(logSumExp([-1000, -1001])).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 12);
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
    expect(logSumExp([])).toBe(-Infinity);
  });

  it("lets ∞ be ∞ and NaN be NaN, and has no mean of nothing", () => {
    expect(logSumExp([Infinity, 1, -Infinity])).toBe(Infinity);
    expect(logSumExp([Infinity, Infinity])).toBe(Infinity);
    expect(logSumExp([1, Number.NaN, Infinity])).toBeNaN();
    expect(logMeanExp([-Infinity])).toBe(-Infinity);
    expect(() => logMeanExp([])).toThrow(/values must have an entry, but got none/);
  });

  it("has a mean that divides by n", () => expect(logMeanExp([3, 3, 3, 3])).toBeCloseTo(3, 14));
});
