import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import {
  paretoK,
  paretoSmoothedImportanceSampling,
  summariseWeights,
} from "../../../src/generative/estimates/index.ts";
import { paretoQuantile } from "../../../src/generative/estimates/generalisedPareto.ts";
import { logMeanExp } from "../../../src/generative/exact/index.ts";
import { fixture } from "../../support/fixture.ts";

interface Case {
  raw: (number | string)[];
  smoothed: (number | string)[];
  k: number | string;
}

const cases = Object.entries(fixture("limits").psis as Record<string, Case>);
const inf = Infinity;

describe.each(cases)("paretoSmoothedImportanceSampling", (name, { raw, smoothed, k }) => {
  const logWeights = raw.map(Number);

  it(`has arviz's k̂ of "${name}"`, () => {
    const [own, expected] = [paretoK(logWeights), Number(k)];
    if (expected === inf) expect(own).toBe(inf);
    else expect(Math.abs(own - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
    expect(paretoSmoothedImportanceSampling(logWeights).paretoK).toBe(own);
    expect(summariseWeights(logWeights).paretoK).toBe(own);
  });

  it(`has arviz's smoothed weights of "${name}", in their order`, () => {
    const own = paretoSmoothedImportanceSampling(logWeights).logWeights;
    const worst = own.reduce((most, value, i) => {
      const expected = Number(smoothed[i]);
      return value === expected ? most : Math.max(most, Math.abs(value - expected) / Math.max(1, Math.abs(expected)));
    }, 0);
    expect(worst).toBeLessThan(1e-8);
    expect(Math.max(...own)).toBeLessThanOrEqual(Math.max(...logWeights));
  });
});

describe("paretoSmoothedImportanceSampling", () => {
  it("moves with the scale of the weights, and leaves its argument alone", () => {
    const raw = new Random(1).normalArray(400).map(v => 2 * v);
    const before = raw.slice();
    const [one, two] = [raw, raw.map(v => v + 3000)].map(paretoSmoothedImportanceSampling);
    expect(raw).toEqual(before);
    for (const [i, value] of (one?.logWeights ?? []).entries()) expect(two?.logWeights[i]).toBeCloseTo(value + 3000, 7);
  });

  it("makes an estimate with a heavy tail vary less than the raw weights do", () => {
    // w = u^−k has mean 1/(1 − k).
    const k = 0.6;
    const spread = (estimate: (raw: Float64Array) => number) => {
      const values = Array.from({ length: 200 }, (_, seed) =>
        Math.exp(estimate(new Random(seed).uniformArray(200).map(u => -k * Math.log(1 - u)))),
      );
      return Math.sqrt(values.reduce((sum, value) => sum + (value - 1 / (1 - k)) ** 2, 0) / values.length);
    };
    const smoothed = spread(raw => logMeanExp(paretoSmoothedImportanceSampling(raw).logWeights));
    expect(smoothed).toBeLessThan(0.9 * spread(logMeanExp));
  });

  it("leaves weights without a tail as they are", () => {
    const equal = new Float64Array(60).fill(-7);
    expect(paretoSmoothedImportanceSampling(equal)).toEqual({ logWeights: equal, paretoK: -inf });
    const ones = Float64Array.from({ length: 60 }, (_, i) => (i % 2 ? 0 : -inf));
    expect(paretoSmoothedImportanceSampling(ones)).toEqual({ logWeights: ones, paretoK: -inf });
  });

  // Of 100 weights 1 − t, twenty are above the threshold, and 20 · 64 rounding errors are 2.8e-13.
  it.each([
    [1e-14, -inf],
    [2.5e-13, -inf],
    [5e-13, inf],
    [1e-9, inf],
  ])("takes weights that differ by %d for equal, or not", (t, k) => {
    expect(paretoK([...new Array(98).fill(Math.log1p(-t)), 0, 0])).toBe(k);
  });

  it("has exponential quantiles where k is 0, and those beside it", () => {
    const quantile = (shape: number) => paretoQuantile({ shape, scale: 2 }, 0.75);
    expect(quantile(0)).toBeCloseTo(2 * Math.log(4), 14);
    expect(quantile(1e-17)).toBeCloseTo(2 * Math.log(4), 14);
    expect(quantile(1e-12)).toBeCloseTo(2 * Math.log(4), 10);
    expect(quantile(-1)).toBeCloseTo(1.5, 14); // uniform on (0, 2)
    expect(quantile(1)).toBeCloseTo(6, 14);
  });

  it.each([
    ["a NaN", [Number.NaN], "log-weights must be below +∞, but got NaN"],
    ["a +∞", [inf], "log-weights must be below +∞, but got Infinity"],
    ["a NaN and a +∞", [inf, Number.NaN], "log-weights must be below +∞, but got NaN"],
  ])("refuses %s in a line, as paretoK does", (_, wrong, message) => {
    const logWeights = [...new Random(1).normalArray(100), ...wrong];
    expect(() => paretoK(logWeights)).toThrow(`paretoK: ${message}`);
    expect(() => paretoSmoothedImportanceSampling(logWeights)).toThrow(`paretoSmoothedImportanceSampling: ${message}`);
    expect(() => summariseWeights(logWeights)).toThrow("summariseWeights: log-weights must be below +∞");
  });

  it("refuses weights that are all 0, and fewer than 25", () => {
    const zeros = new Float64Array(40).fill(-inf);
    expect(() => paretoK(zeros)).toThrow("paretoK: a weight must be positive, but all 40 are 0");
    expect(summariseWeights(zeros)).toMatchObject({ logProb: -inf, effectiveSampleSize: 0, standardError: inf });
    expect(() => paretoK(new Random(1).normalArray(24))).toThrow("at least 25 weights are needed, but got 24");
    expect(Number.isFinite(paretoK(new Random(1).normalArray(25)))).toBe(true);
  });
});

describe("summariseWeights", () => {
  it("knows one weight that holds everything, and one draw", () => {
    const alone = summariseWeights([0, ...new Array(99).fill(-inf)]);
    expect(alone.logProb).toBeCloseTo(-Math.log(100), 12);
    expect(alone.effectiveSampleSize).toBeCloseTo(1, 12);
    expect(alone.relativeVariance).toBeCloseTo(100, 9);
    expect(alone.paretoK).toBe(inf);
    expect(summariseWeights([-3])).toMatchObject({ logProb: -3, effectiveSampleSize: 1, relativeVariance: Number.NaN });
  });
});
