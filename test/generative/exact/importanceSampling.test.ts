import { describe, expect, it } from "vitest";
import { logIntegral, samplesNeeded, secondMoment, trapezoid } from "../../../src/generative/exact/index.ts";

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

  it("is infinite exactly from v = τ²/2 down", () => {
    const posterior = { mean: 0, variance: 1 };
    expect(secondMoment({ posterior, proposal: { mean: 0, variance: 0.5 } })).toBe(Infinity);
    expect(secondMoment({ posterior, proposal: { mean: 0, variance: 0.51 } })).toBeGreaterThan(3);
    expect(secondMoment({ posterior, proposal: posterior })).toBe(1);
  });

  it("refuses a variance that is not positive", () => {
    expect(() => secondMoment({ posterior: { mean: 0, variance: -1 }, proposal: { mean: 0, variance: 1 } })).toThrow(
      /variance of the posterior must be positive, but got -1/,
    );
  });
});
