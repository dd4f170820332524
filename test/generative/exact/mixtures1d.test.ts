import { describe, expect, it } from "vitest";
import {
  type Density1d,
  logisticMixture,
  normalMixture,
  standardLogistic,
  standardNormal,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

const everyMixture: { name: string; make: typeof normalMixture; standard: Density1d }[] = [
  { name: "normalMixture", make: normalMixture, standard: standardNormal },
  { name: "logisticMixture", make: logisticMixture, standard: standardLogistic },
];

describe.each(everyMixture)("$name", ({ make, standard }) => {
  it("of one component is that component", () => {
    const one = make({ weights: [1], means: [3], stds: [2] });
    for (const z of [-20, -1, -0.1, 0.5, 2, 30]) {
      const x = 3 + 2 * z;
      for (const key of ["cdf", "survival", "logCdf", "logSurvival"] as const) {
        expectClose(one[key](x), standard[key](z), { relative: 1e-12 });
      }
      expectClose(one.logProb(x), standard.logProb(z) - Math.LN2, { relative: 1e-14 });
    }
    for (const p of [1e-300, 0.1, 0.5, 0.9, { survival: 1e-20 }, { logCdf: -5000 }, { logSurvival: -5000 }]) {
      expectClose(one.quantile(p), 3 + 2 * standard.quantile(p), { relative: 1e-15 });
    }
  });

  it("is the sum of its components, by weight", () => {
    const three = { weights: [0.25, 0.125, 0.625], means: [-2, 0.5, 4], stds: [1, 0.25, 3] };
    const mixture = make(three);
    const sum = (f: (z: number, std: number) => number, x: number) =>
      three.weights.reduce((total, w, k) => {
        const std = three.stds[k] as number;
        return total + w * f((x - (three.means[k] as number)) / std, std);
      }, 0);
    for (const x of [-5, -2, 0, 0.4, 1, 3, 9]) {
      const [below, above] = [sum(standard.cdf, x), sum(standard.survival, x)];
      expectClose([mixture.cdf(x), mixture.survival(x)], [below, above], { relative: 1e-14 });
      expectClose([mixture.logCdf(x), mixture.logSurvival(x)], [Math.log(below), Math.log(above)], { relative: 1e-13 });
      const density = sum((z, std) => Math.exp(standard.logProb(z)) / std, x);
      expectClose(mixture.logProb(x), Math.log(density), { absolute: 1e-14 });
      expectClose(mixture.quantile(below), x, { absolute: 1e-13 });
      expectClose(mixture.quantile({ survival: above }), x, { absolute: 1e-13 });
    }
  });

  it("has its median in the middle where it is symmetric", () => {
    const pair = make({ weights: [0.5, 0.5], means: [-1, 1], stds: [0.75, 0.75] });
    expectClose(pair.quantile(0.5), 0, { absolute: 1e-15 });
    expectClose([pair.cdf(0), pair.survival(0)], [0.5, 0.5], { relative: 1e-15 });
    expectClose([pair.logCdf(0), pair.logSurvival(0)], [-Math.LN2, -Math.LN2], { relative: 1e-15 });
  });

  it("adds up to 1 and no more", () => {
    // 0.7 + 0.2 + 0.1, each divided by their sum, is 1 + 2⁻⁵².
    const three = make({ weights: [0.7, 0.2, 0.1], means: [0, 1, 2], stds: [1, 1, 1] });
    expect([three.cdf(1e4), three.survival(-1e4)]).toEqual([1, 1]);
    expect([three.logCdf(1e4), three.logSurvival(-1e4)]).toEqual([0, 0]);
  });

  it("divides weights that are rounded by their sum", () => {
    const rounded = make({ weights: [0.3, 0.7 + 5e-7], means: [-1, 1], stds: [1, 1] });
    expect([rounded.cdf(Infinity), rounded.survival(-Infinity), rounded.logCdf(Infinity)]).toEqual([1, 1, 0]);
    const share = 0.3 / (1 + 5e-7);
    const wanted = share * standard.cdf(-4) + (1 - share) * standard.cdf(-6);
    expectClose(rounded.cdf(-5), wanted, { relative: 1e-14 });
    expectClose(rounded.logCdf(-5), Math.log(wanted), { relative: 1e-14 });
  });

  it("does not ask a component without weight for anything", () => {
    const with0 = make({ weights: [0.5, 0, 0.5], means: [-1, 1e308, 1], stds: [1, 1e308, 1] });
    const without = make({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 1] });
    for (const p of [1e-10, 0.2, 0.7, { logSurvival: -900 }]) expect(with0.quantile(p)).toBe(without.quantile(p));
    for (const x of [-3, 0.2, 40]) expect(with0.logSurvival(x)).toBe(without.logSurvival(x));
  });

  it("has ±∞ as the quantiles of nothing and of all", () => {
    const pair = make({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 2] });
    expect([0, { survival: 1 }, { logCdf: -Infinity }, { logSurvival: 0 }].map(pair.quantile)).toEqual(
      Array(4).fill(-Infinity),
    );
    expect([1, { survival: 0 }, { logCdf: 0 }, { logSurvival: -Infinity }].map(pair.quantile)).toEqual(
      Array(4).fill(Infinity),
    );
  });

  it.each([
    [{ weights: [0.5, 0.5], means: [0, 1], stds: [1] }, /one entry a component, but got 2, 2 and 1/],
    [{ weights: [1], means: [0, 1], stds: [1] }, /one entry a component, but got 1, 2 and 1/],
    [{ weights: [1], means: [0], stds: [-1] }, /stds must be positive and finite, but got -1/],
    [{ weights: [1], means: [0], stds: [Number.NaN] }, /stds must be positive and finite, but got NaN/],
    [{ weights: [1], means: [-Infinity], stds: [1] }, /means must be finite, but got -Infinity/],
  ])("refuses %o, and says who", (parameters, why) => {
    expect(() => make(parameters)).toThrow(why);
    expect(() => make(parameters)).toThrow(`${make.name}: `);
  });

  it("says that it is the weights which do not add up", () =>
    expect(() => make({ weights: [0.5], means: [0], stds: [1] })).toThrow(`${make.name} weights: `));
});
