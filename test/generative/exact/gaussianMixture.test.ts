import { describe, expect, it } from "vitest";
import { GaussianMixture, klIntegral, logIntegral, trapezoid } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const reference = fixture("maximumLikelihood").mixture;
const mixture = new GaussianMixture(reference);
const grid = trapezoid(-40, 45, 8001);

describe("GaussianMixture", () => {
  it("agrees with scipy.stats, far into the tails", () => {
    expectClose(
      reference.x.map((x: number) => mixture.logProb(x)),
      reference.logProb,
      { relative: 1e-12 },
    );
  });

  it("integrates to 1", () => expect(logIntegral(x => mixture.logProb(x), grid)).toBeCloseTo(0, 10));

  it("has responsibilities that sum to 1 and rebuild the joint", () => {
    for (const x of [-3, 0.1, 2, 7]) {
      const r = mixture.responsibilities(x);
      expect(r.reduce((a, b) => a + b)).toBeCloseTo(1, 14);
      expectClose(
        r.map(value => Math.log(value) + mixture.logProb(x)),
        mixture.logJoint(x),
        { absolute: 1e-10 },
      );
    }
  });

  it("has the moments of its own density, by quadrature", () => {
    const moment = (f: (x: number) => number) =>
      grid.points.reduce((sum, x, i) => sum + f(x) * Math.exp(mixture.logProb(x) + (grid.logWeights[i] as number)), 0);
    const { mean, std } = mixture.moments();
    expect(mean).toBeCloseTo(
      moment(x => x),
      9,
    );
    expect(std ** 2).toBeCloseTo(
      moment(x => (x - mean) ** 2),
      8,
    );
  });

  it("has no Gaussian closer to it, by KL(p ‖ q), than the one with its moments", () => {
    const kl = (mean: number, std: number) =>
      klIntegral(
        x => mixture.logProb(x),
        x => -0.5 * ((x - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI),
        grid,
      );
    const { mean, std } = mixture.moments();
    const h = 1e-4;
    expect(Math.abs(kl(mean + h, std) - kl(mean - h, std)) / (2 * h)).toBeLessThan(1e-7);
    expect(Math.abs(kl(mean, std + h) - kl(mean, std - h)) / (2 * h)).toBeLessThan(1e-7);
    for (const [m, s] of [
      [0.1, 0],
      [-0.1, 0],
      [0, 0.1],
      [0, -0.1],
    ] as const)
      expect(kl(mean + m, std + s)).toBeGreaterThan(kl(mean, std));
  });

  it("keeps the spread of components far from 0", () => {
    const { mean, std } = new GaussianMixture({
      weights: [0.5, 0.5],
      means: [1e9 - 1, 1e9 + 1],
      stds: [2, 2],
    }).moments();
    expect(mean).toBe(1e9);
    expectClose(std, Math.sqrt(5), { relative: 1e-15 });
  });

  it("stays finite where every component underflows", () => {
    expect(mixture.logProb(1e4)).toBeGreaterThan(-1e8);
    expect(Number.isFinite(mixture.logProb(1e4))).toBe(true);
  });

  it("refuses a std of 0, weights that do not sum to 1, and lists of different lengths", () => {
    expect(() => new GaussianMixture({ weights: [1], means: [0], stds: [0] })).toThrow(
      /stds must be positive and finite, but got 0/,
    );
    for (const std of [-1, Infinity, Number.NaN]) {
      expect(() => new GaussianMixture({ weights: [0.5, 0.5], means: [0, 1], stds: [1, std] })).toThrow(
        `stds must be positive and finite, but got ${std}`,
      );
    }
    for (const mean of [Infinity, Number.NaN]) {
      expect(() => new GaussianMixture({ weights: [0.5, 0.5], means: [0, mean], stds: [1, 1] })).toThrow(
        `means must be finite, but got ${mean}`,
      );
    }
    expect(() => new GaussianMixture({ weights: [1], means: [0], stds: [1, 1] })).toThrow(/but got 1, 1 and 2/);
    expect(() => new GaussianMixture({ weights: [0.5], means: [0], stds: [1] })).toThrow(
      /^GaussianMixture weights: .*must sum to 1, but got 0.5/,
    );
    expect(() => new GaussianMixture({ weights: [1], means: [0, 1], stds: [1] })).toThrow(/but got 1, 2 and 1/);
  });
});
