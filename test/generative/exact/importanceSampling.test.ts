import { describe, expect, it } from "vitest";
import {
  type Gaussian,
  logIntegral,
  samplesNeeded,
  secondMoment,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const log = (z: number, { mean, variance }: { mean: number; variance: number }) =>
  -0.5 * ((z - mean) ** 2 / variance + Math.log(2 * Math.PI * variance));

describe("secondMoment", () => {
  it.each([
    [
      { mean: 0.9, variance: 0.08 },
      { mean: 0, variance: 1 },
    ],
    [
      { mean: 0.5, variance: 1 },
      { mean: 0, variance: 0.7 },
    ],
    [
      { mean: -1, variance: 0.5 },
      { mean: 0.3, variance: 2 },
    ],
  ])("equals ∫ p(z|x)² / q(z) dz for %o and %o", (posterior, proposal) => {
    const integral = Math.exp(logIntegral(z => 2 * log(z, posterior) - log(z, proposal), trapezoid(-40, 40, 40_001)));
    expect(secondMoment({ posterior, proposal })).toBeCloseTo(integral, 9);
  });

  it("is 4.06 for the prior where a = 1, s = 0.3 and x is one standard deviation out", () => {
    const variance = 1 / (1 + 1 / 0.09);
    const mean = Math.sqrt(1.09) / 1.09;
    const moment = secondMoment({ posterior: { mean, variance }, proposal: { mean: 0, variance: 1 } });
    expect(moment).toBeCloseTo(4.06, 2);
    const table = [1, 2, 5, 10, 20].map(d => samplesNeeded(moment, d, 0.1));
    [306, 1.5e3, 1.1e5, 1.2e8, 1.45e14].forEach((k, i) => {
      expect(Math.abs((table[i] as number) / k - 1)).toBeLessThan(0.05);
    });
  });

  it("says which parts of a Gaussian are missing", () => {
    expect(() => secondMoment({} as never)).toThrow("gaussians must be an object with posterior, proposal, but got");
    expect(() => secondMoment({ posterior: {}, proposal: {} } as never)).toThrow(
      "secondMoment: posterior must be an object with mean, variance, but got undefined for mean;",
    );
  });

  it("is infinite exactly from v = τ²/2 down", () => {
    const posterior = { mean: 0, variance: 1 };
    expect(secondMoment({ posterior, proposal: { mean: 0, variance: 0.5 } })).toBe(Infinity);
    expect(secondMoment({ posterior, proposal: { mean: 0, variance: 0.51 } })).toBeGreaterThan(3);
    expect(secondMoment({ posterior, proposal: posterior })).toBe(1);
  });

  it("is a number where v/τ², or the distance in units of τ, is beyond all float64 numbers", () => {
    const moment = (posterior: [number, number], proposal: [number, number]) => {
      const [p, q] = [posterior, proposal].map(([mean, variance]) => ({ mean, variance })) as [Gaussian, Gaussian];
      return secondMoment({ posterior: p, proposal: q });
    };
    // √(v / 2τ²) exp((μ − m)² / 2v), by hand
    expectClose(moment([0, 1e-300], [0, 1e300]), Math.SQRT1_2 * 1e300, { relative: 1e-12 });
    expectClose(moment([1e150, 1e-200], [0, 1e300]), Math.SQRT1_2 * Math.exp(0.5) * 1e250, { relative: 1e-12 });
    expectClose(moment([1e150, 1e-200], [-1e150, 1e300]), Math.SQRT1_2 * Math.exp(2) * 1e250, { relative: 1e-12 });
    // (μ − m)² / (2v − τ²) = 200 with τ = 1
    expectClose(moment([2e154, 1], [0, 1e306]), Math.SQRT1_2 * 1e153 * Math.exp(200), { relative: 1e-12 });
    expect(moment([1e308, 1], [-1e308, 1])).toBe(Infinity);
    expect(samplesNeeded(1, 3, 1e-200)).toBe(0);
    expect(samplesNeeded(Infinity, 3, 1e200)).toBe(Infinity);
  });

  it("agrees with mpmath whatever the units, from 1e-150 to 1e150", () => {
    for (const { posterior, proposal, moment } of fixture("scalars").secondMoments) {
      const gaussian = ([mean, variance]: [number, number]) => ({ mean, variance });
      const value = secondMoment({ posterior: gaussian(posterior), proposal: gaussian(proposal) });
      // Next to τ² = 2v the difference of the two is all that counts, and is rounded.
      expectClose(value, moment, { relative: proposal[1] / posterior[1] < 0.51 ? 1e-8 : 1e-12 });
    }
  });

  it("needs no draws at the posterior itself, and few beside it", () => {
    expect(samplesNeeded(1, 10, 0.1)).toBe(0);
    expectClose(samplesNeeded(1 + 2 ** -40, 3, 0.01), (3 * 2 ** -40) / 1e-4, { relative: 1e-11 });
    expect(samplesNeeded(Infinity, 3, 0.1)).toBe(Infinity);
    expectClose(samplesNeeded(2, 1000, 1e160), 2 ** 1000 / 1e160 / 1e160, { relative: 1e-11 });
  });

  it.each([
    [0.9, 1, 0.1],
    [Number.NaN, 1, 0.1],
    [2, 0, 0.1],
    [2, -1, 0.1],
    [2, Number.NaN, 0.1],
    [2, 1.5, 0.1],
    [1, Infinity, 0.1],
    [2, 1, Infinity],
    [2, 1, -0.1],
    [2, 1, 0],
    [2, 1, Number.NaN],
  ])("samplesNeeded refuses %d, %d, %d", (moment, d, r) => {
    expect(() => samplesNeeded(moment, d, r)).toThrow(
      /^samplesNeeded: (moment must be at least 1|dimensions must be a positive integer|relativeStandardDeviation must be positive and finite), but got/,
    );
  });

  it("refuses a mean or variance that is not finite", () => {
    const good = { mean: 0, variance: 1 };
    for (const wrong of [Number.NaN, Infinity]) {
      expect(() => secondMoment({ posterior: { ...good, mean: wrong }, proposal: good })).toThrow(
        /the mean of the posterior must be finite/,
      );
      expect(() => secondMoment({ posterior: good, proposal: { ...good, variance: wrong } })).toThrow(
        /the variance of the proposal must be positive/,
      );
    }
  });

  it("refuses a variance that is not positive", () => {
    for (const variance of [0, Number.NaN]) {
      expect(() => secondMoment({ posterior: { mean: 0, variance: 1 }, proposal: { mean: 0, variance } })).toThrow(
        `variance of the proposal must be positive and finite, but got ${variance}`,
      );
    }
    expect(() => secondMoment({ posterior: { mean: 0, variance: -1 }, proposal: { mean: 0, variance: 1 } })).toThrow(
      /variance of the posterior must be positive and finite, but got -1/,
    );
  });
});

describe("secondMoment where the variance of the proposal is hardly more than half of the posterior's", () => {
  // mpmath, 60 digits
  it.each([
    [0.3, 0.15000000000001, 0, 1937266.0347706282],
    [7, 3.5 + 2 ** -40, 0, 980853.033998723],
    [3, 1.5 + 1e-9, 1e-5, 20357.776330214157],
    [0.7, 0.35 + 1e-13, 0, 935528.5659522646],
  ])("τ² = %d and v = %d: no digits are lost", (variance, proposal, mean, wanted) => {
    const moment = secondMoment({ posterior: { mean, variance }, proposal: { mean: 0, variance: proposal } });
    expectClose(moment, wanted, { relative: 1e-13 });
  });
});
