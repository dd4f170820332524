import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { rocArea } from "../../../src/generative/estimates/index.ts";
import { expectMean } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

describe("rocArea", () => {
  it("is Mann and Whitney's U over n m, as scipy has it", () => {
    const { normal, anomalous, area } = fixture("maximumLikelihood").rocArea;
    expect(rocArea(normal, anomalous).area).toBeCloseTo(area, 14);
  });

  it("is 1, 0 and ½ for sets above, below and alike", () => {
    expect(rocArea([0, 1], [2, 3]).area).toBe(1);
    expect(rocArea([2, 3], [0, 1]).area).toBe(0);
    expect(rocArea([5, 5, 5], [5, 5]).area).toBe(0.5);
    expect(rocArea([1, 2], [Infinity]).area).toBe(1);
  });

  // Two Gaussians one apart: AUC = Φ(1/√2).
  const exact = 0.7602499389065233;
  const draws = (seed: number) => {
    const random = new Random(seed);
    return rocArea(
      random.normalArray(60),
      random.normalArray(40).map(x => x + 1),
    );
  };

  it("is unbiased for the probability that an anomaly scores higher", () => {
    expectMean(
      Array.from({ length: 500 }, (_, seed) => draws(seed).area),
      exact,
    );
  });

  it("has a standard error that matches its spread, to a fifth", () => {
    const areas = Array.from({ length: 500 }, (_, seed) => draws(seed));
    const spread = Math.sqrt(areas.reduce((sum, { area }) => sum + (area - exact) ** 2, 0) / areas.length);
    const told = areas.reduce((sum, { standardError }) => sum + standardError, 0) / areas.length;
    expect(told / spread).toBeGreaterThan(0.8);
    expect(told / spread).toBeLessThan(1.2);
  });

  it("has the standard error of Hanley and McNeil for sets of other sizes", () => {
    // θ = 3/4, Q₁ = θ/(2 − θ) = 3/5, Q₂ = 2θ²/(1 + θ) = 9/14: (θ (1 − θ) + 1 (Q₁ − θ²) + 2 (Q₂ − θ²))/6.
    const { area, standardError } = rocArea([1, 2, 3], [2, 4]);
    expect(area).toBe(0.75);
    expect(standardError).toBeCloseTo(Math.sqrt((0.1875 + (0.6 - 0.5625) + 2 * (9 / 14 - 0.5625)) / 6), 12);
  });

  it("refuses an empty set and NaN", () => {
    expect(() => rocArea([], [1])).toThrow(/both sets must have a score, but got 0 and 1/);
    expect(() => rocArea([1], [Number.NaN])).toThrow(/but got NaN/);
  });
});
