import { describe, expect, it } from "vitest";
import {
  iwaeBound,
  klGaussian,
  logSumExp,
  relativeVariance,
  secondMoment,
  trapezoid,
  type WeightDistribution,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const { bounds } = fixture("iwae");
const logNormal = (z: number, [mean, std]: readonly [number, number]) =>
  -0.5 * ((z - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);

/** w = p(z|x) / q(z), z ~ q: both Gaussian, so that log p(x) is 0. */
function gaussian(posterior: readonly [number, number], proposal: readonly [number, number]): WeightDistribution {
  const { points, logWeights } = trapezoid(-10, 10, 2001);
  const z = points.map(noise => proposal[0] + proposal[1] * noise);
  return {
    logWeights: z.map(value => logNormal(value, posterior) - logNormal(value, proposal)),
    logProbabilities: points.map((noise, i) => logNormal(noise, [0, 1]) + (logWeights[i] as number)),
  };
}
const weights = gaussian(bounds.posterior, bounds.proposal);

describe("iwaeBound", () => {
  it("agrees with scipy's integrals over one draw and over two", () => {
    expectClose([iwaeBound(weights, 1), iwaeBound(weights, 2)], [bounds.one, bounds.two], { absolute: 1e-7 });
  });

  it.each([1, 2, 3, 10, 40])("is the sum over all ways to draw a z of two values %d times", K => {
    const [logWeights, p] = [[-3, 0.7], 0.35];
    let expected = 0;
    let ways = 1; // K over n
    for (let n = 0; n <= K; n++) {
      const logs = [...Array<number>(n).fill(logWeights[0] as number), ...Array<number>(K - n).fill(0.7)];
      expected += ways * p ** n * (1 - p) ** (K - n) * (logSumExp(logs) - Math.log(K));
      ways *= (K - n) / (n + 1);
    }
    const coin = { logWeights, logProbabilities: [Math.log(p), Math.log(1 - p)] };
    expectClose(iwaeBound(coin, K), expected, { absolute: 1e-9 });
  });

  it("is E log w for one draw, never falls, and stays below log p(x)", () => {
    const values = [1, 2, 3, 5, 10, 50, 500].map(K => iwaeBound(weights, K));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(Math.max(...values)).toBeLessThan(0);
    expect(iwaeBound(weights, 5000)).toBeGreaterThan(-1e-3);
  });

  it("as printed, with another −KL(q ‖ p(z|x)), would be log p(x) − 2 KL for one draw and never come near log p(x)", () => {
    const kl = klGaussian(
      { mean: [bounds.proposal[0]], covariance: [[bounds.proposal[1] ** 2]] },
      { mean: [bounds.posterior[0]], covariance: [[bounds.posterior[1] ** 2]] },
    );
    const printed = (K: number) => iwaeBound(weights, K) - kl; // log p(x) is 0
    expectClose(printed(1), -2 * kl, { absolute: 1e-7 });
    expect(kl).toBeGreaterThan(0.1);
    expect(printed(5000)).toBeLessThan(-0.99 * kl);
    expect(iwaeBound(weights, 5000)).toBeGreaterThan(-1e-3);
  });

  it("leaves a gap that tends to χ²/2K, with the χ² of the closed form", () => {
    const chi2 =
      secondMoment({
        posterior: { mean: bounds.posterior[0], variance: bounds.posterior[1] ** 2 },
        proposal: { mean: bounds.proposal[0], variance: bounds.proposal[1] ** 2 },
      }) - 1;
    expectClose(relativeVariance(weights), chi2, { relative: 1e-9 });
    expectClose(
      [100, 1000].map(K => (-iwaeBound(weights, K) * 2 * K) / chi2),
      [1, 1],
      { absolute: 0.02 },
    );
  });

  it("is log p(x) for equal weights, and keeps numbers far from 1", () => {
    for (const log of [-800, 0, 800]) {
      const constant = { logWeights: [log, log], logProbabilities: [-Math.LN2, -Math.LN2] };
      expectClose(
        [1, 7].map(K => iwaeBound(constant, K)),
        [log, log],
        { absolute: 1e-9 },
      );
    }
    const far = { ...weights, logWeights: weights.logWeights.map(log => log - 600) };
    expectClose(iwaeBound(far, 5), iwaeBound(weights, 5) - 600, { absolute: 1e-9 });
  });

  it.each(
    fixture("iwaeRange").cases as (WeightDistribution & {
      name: string;
      K: number[];
      bounds: number[];
      chi2: number;
    })[],
  )("is the sum over all draws that mpmath enumerates: $name", ({ K, bounds: expected, chi2, ...distribution }) => {
    const { logWeights } = distribution;
    const span = Math.max(...logWeights) - Math.min(...logWeights);
    expectClose(
      K.map(draws => iwaeBound(distribution, draws)),
      expected,
      // e^−1234.5 itself is known to 2e-13.
      { absolute: 1e-12 * (1 + span) + 1e-15 * Math.max(...logWeights.map(Math.abs)) },
    );
    // A difference of two logarithms near 700 is known to 1e-13: of 1e-7, to 1e-6.
    expectClose(relativeVariance(distribution), chi2, { relative: chi2 < 1e-10 ? 1e-5 : 1e-11, absolute: 1e-24 });
  });

  it("is Σ p log w for one draw, to the last digit in any range", () => {
    const quarters = [0.25, 0.75].map(Math.log);
    expectClose(iwaeBound({ logWeights: [-1e15, 1e15], logProbabilities: quarters }, 1), 0.5e15, { relative: 1e-15 });
    const hardly = { logWeights: [3, -1e300], logProbabilities: [0, -800] }; // e^−800 is 0 in float64
    expect(iwaeBound(hardly, 1)).toBe(3);
  });

  it("counts the worst of what is hardly ever drawn: p^K times its log w", () => {
    // Where not all are bad, log w̄ is −1e-17 at most; else −1e60.
    const rare = { logWeights: [0, -1e60], logProbabilities: [0, -20 * Math.LN10] };
    expectClose(
      [2, 3].map(K => iwaeBound(rare, K)),
      [-1e20, -1],
      { relative: 1e-11 },
    );
    // In the range of the weights that are drawn, whatever the others are.
    const hardly = { logWeights: [3, -2], logProbabilities: [0, -800] };
    expectClose(iwaeBound(hardly, 3), 3, { absolute: 1e-14 });
  });

  it("is the sum over two draws of a weight that is rare and heavy, however rare", () => {
    for (let n = 20; n <= 60; n++) {
      const p = Math.exp(-n);
      const [a, log] = [1.7 * n + 0.1, [-n, Math.log1p(-p)]];
      const expected = p * p * a + 2 * p * (1 - p) * (logSumExp([a, 0]) - Math.LN2);
      expectClose(iwaeBound({ logWeights: [a, 0], logProbabilities: log }, 2), expected, { absolute: 1e-13 });
    }
  });

  it("is the sum over a Poisson number of heavy draws, for 1e15 draws of one in 1e15", () => {
    const K = 1e15;
    let [expected, share] = [0, Math.exp(-1)];
    for (let n = 0; n < 30; n++) {
      expected += share * Math.log1p((n * Math.expm1(40)) / K);
      share /= n + 1;
    }
    const lottery = { logWeights: [40, 0], logProbabilities: [-Math.log(K), Math.log1p(-1 / K)] };
    expectClose(iwaeBound(lottery, K), expected, { absolute: 2e-12 });
  });

  it("is, for two draws of two values, ¼ (a + b) + ½ log ½(e^a + e^b), and by shares near 1 that are rescaled", () => {
    for (let n = 1; n <= 40; n++) {
      const [a, b] = [Math.sqrt(n) - 3, 0.37 * n];
      const expected = (a + b) / 4 + (logSumExp([a, b]) - Math.LN2) / 2;
      for (const total of [0, 5e-7]) {
        const half = total - Math.LN2;
        expectClose(iwaeBound({ logWeights: [a, b], logProbabilities: [half, half] }, 2), expected, {
          absolute: 3e-14,
        });
        expectClose(iwaeBound({ logWeights: [a, b], logProbabilities: [half, half] }, 1), (a + b) / 2, {
          absolute: 1e-14,
        });
      }
    }
    expect(() => iwaeBound({ logWeights: [0], logProbabilities: [2e-6] }, 2)).toThrow(/sum to 1/);
  });

  it("is −∞ where all weights may be 0, for every K, and takes no notice of what never occurs", () => {
    const some = { logWeights: [0, -Infinity], logProbabilities: [-Math.LN2, -Math.LN2] };
    expect([1, 2, 1e6].map(K => iwaeBound(some, K))).toEqual([-Infinity, -Infinity, -Infinity]);
    expectClose(relativeVariance(some), 1, { relative: 1e-14 }); // w is 0 or 2 times its mean
    const rarely = { logWeights: [0, -Infinity], logProbabilities: [0, -800] };
    expect(iwaeBound(rarely, 3)).toBe(-Infinity);
    const never = { logWeights: [0.5, -Infinity, Number.MAX_VALUE], logProbabilities: [0, -Infinity, -Infinity] };
    expectClose(
      [1, 4].map(K => iwaeBound(never, K)),
      [0.5, 0.5],
      { absolute: 1e-14 },
    );
    expect(relativeVariance({ logWeights: [3], logProbabilities: [0] })).toBe(0);
  });

  it.each([
    [
      { logWeights: [0, Number.NaN], logProbabilities: [-Math.LN2, -Math.LN2] },
      /a log-weight must be a number or −∞, but got NaN/,
    ],
    [
      { logWeights: [0, Infinity], logProbabilities: [-Math.LN2, -Math.LN2] },
      /a log-weight must be a number or −∞, but got Inf/,
    ],
    [{ logWeights: [0, 0], logProbabilities: [Number.NaN, 0] }, /sum to 1, but got 2 for 2 that sum to NaN/],
    [{ logWeights: [0], logProbabilities: [-Math.LN2, -Math.LN2] }, /must be as many as logWeights.*but got 2 for 1/],
    [{ logWeights: [], logProbabilities: [] }, /but got 0 for 0 that sum to 0/],
  ])("refuses %o", (distribution, why) => {
    expect(() => iwaeBound(distribution, 2)).toThrow(why);
    expect(() => iwaeBound(distribution, 2)).toThrow(/^iwaeBound: /);
    expect(() => relativeVariance(distribution)).toThrow(why);
    expect(() => relativeVariance(distribution)).toThrow(/^relativeVariance: /);
  });

  it("has no relative variance where all weights are 0", () => {
    expect(() => relativeVariance({ logWeights: [-Infinity], logProbabilities: [0] })).toThrow(/but got only 0/);
  });

  it("refuses no draws, and probabilities that do not sum to 1", () => {
    expect(() => iwaeBound(weights, 0)).toThrow(/K must be a positive integer, but got 0/);
    expect(() => iwaeBound({ logWeights: [0, 0], logProbabilities: [0, 0] }, 1)).toThrow(
      /but got 2 for 2 that sum to 2/,
    );
  });
});
