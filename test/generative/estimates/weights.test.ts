import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import {
  average,
  bitsPerDimension,
  logProbFromBitsPerDimension,
  paretoK,
  summariseWeights,
} from "../../../src/generative/estimates/index.ts";

describe("summariseWeights", () => {
  it("agrees with the definitions on three weights", () => {
    const w = [1, 2, 6];
    const summary = summariseWeights(w.map(Math.log));
    expect(summary.logProb).toBeCloseTo(Math.log(3), 12);
    expect(summary.relativeVariance).toBeCloseTo((4 + 1 + 9) / 2 / 9, 12);
    expect(summary.standardError).toBeCloseTo(Math.sqrt(7 / 9 / 3), 12);
    expect(summary.effectiveSampleSize).toBeCloseTo(81 / 41, 12);
  });

  it("does not change when every weight is scaled, even beyond the range of a double", () => {
    const base = [0.3, 2, -1];
    const shifted = summariseWeights(base.map(v => v - 5000));
    expect(shifted.logProb).toBeCloseTo(summariseWeights(base).logProb - 5000, 9);
    expect(shifted.effectiveSampleSize).toBeCloseTo(summariseWeights(base).effectiveSampleSize, 9);
  });

  it("says that weights of zero say nothing", () => {
    expect(summariseWeights([-Infinity, -Infinity])).toMatchObject({
      logProb: -Infinity,
      standardError: Infinity,
      effectiveSampleSize: 0,
    });
  });

  it("has the tail's shape from 25 weights on", () => {
    const logWeights = new Random(3).normalArray(25);
    expect(summariseWeights(logWeights).paretoK).toBe(paretoK(logWeights));
    expect(paretoK(logWeights)).not.toBeNaN();
    expect(summariseWeights(logWeights.subarray(1)).paretoK).toBeNaN();
    expect(summariseWeights(logWeights.map(() => -Infinity))).toEqual({
      logProb: -Infinity,
      standardError: Infinity,
      relativeVariance: Infinity,
      effectiveSampleSize: 0,
      paretoK: Number.NaN,
      samples: 25,
    });
  });

  it("refuses no weights, and NaN", () => {
    expect(() => summariseWeights([])).toThrow(/at least one weight is needed, but got 0/);
    expect(() => summariseWeights([0, Number.NaN])).toThrow(/got a log-mean-exp of NaN/);
  });
});

describe("paretoK", () => {
  // A generalised Pareto draw is ((1 − u)^−k − 1) / k: its shape is k by construction.
  it.each([0.2, 0.5, 0.7, 1.2])("recovers the shape %f", k => {
    const u = new Random(1).uniformArray(200_000);
    const fitted = paretoK(u.map(v => Math.log(((1 - v) ** -k - 1) / k)));
    expect(Math.abs(fitted - k)).toBeLessThan(0.1);
  });

  it("is below 0.5 for light tails and −∞ for equal weights", () => {
    expect(paretoK(new Random(2).uniformArray(10_000).map(Math.log))).toBeLessThan(0);
    expect(paretoK(new Float64Array(1000).fill(-3))).toBe(-Infinity);
  });

  it("refuses too few weights", () =>
    expect(() => paretoK([1, 2, 3])).toThrow(/at least 25 weights are needed, but got 3/));
});

describe("average", () => {
  it("has the standard error of the textbook", () => {
    expect(average([1, 2, 3, 4])).toEqual({ mean: 2.5, standardError: Math.sqrt(5 / 12), count: 4 });
    expect(() => average([1])).toThrow(/at least two values/);
  });
});

describe("bitsPerDimension", () => {
  it("agrees with published conversions", () => {
    expect(bitsPerDimension(-86.76, 784)).toBeCloseTo(0.1597, 4);
    expect(bitsPerDimension(-784 * 8 * Math.LN2, 784)).toBeCloseTo(8, 12);
    expect(8 + bitsPerDimension(1980.5, 784)).toBeCloseTo(4.356, 3);
  });

  it("refuses what is no count, under the name of who was asked", () => {
    expect(() => bitsPerDimension(-1, 0)).toThrow("bitsPerDimension: dimensions must be a positive integer, but got 0");
    expect(() => logProbFromBitsPerDimension(1, 784, { levels: 2.5 })).toThrow(
      "logProbFromBitsPerDimension: levels must be a positive integer, but got 2.5",
    );
  });
});
