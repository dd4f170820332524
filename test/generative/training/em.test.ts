import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { GaussianMixture } from "../../../src/generative/exact/index.ts";
import { em, mixtureElbo } from "../../../src/generative/training/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const start = new GaussianMixture({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 1] });

describe("em", () => {
  it("reaches the maximum that scipy.optimize finds", () => {
    const { data, weight, means, stds, logLikelihood } = fixture("maximumLikelihood").em;
    const { mixture, logLikelihoods } = em(data, { start, steps: 600 });
    expectClose(mixture.means, means, { absolute: 1e-5 });
    expectClose(mixture.stds, stds, { absolute: 1e-5 });
    expectClose(mixture.weights, [weight, 1 - weight], { absolute: 1e-5 });
    expect(logLikelihoods.at(-1)).toBeCloseTo(logLikelihood, 10);
  });

  it.each([1, 2, 3, 4, 5])("never lets the likelihood fall, from random start %d", seed => {
    const random = new Random(seed);
    const data = Array.from(random.normalArray(80), (x, i) => x + (i % 3) * 4);
    const [a, b, c] = Array.from(random.normalArray(3)) as [number, number, number];
    const begin = new GaussianMixture({ weights: [0.2, 0.3, 0.5], means: [3 * a, 3 * b, 3 * c], stds: [1, 2, 3] });
    const { logLikelihoods } = em(data, { start: begin, steps: 60, smallestStd: 1e-3 });
    logLikelihoods.forEach((value, step) => {
      if (step > 0) expect(value).toBeGreaterThanOrEqual((logLikelihoods[step - 1] as number) - 1e-12);
    });
  });

  it("climbs the bound in both steps: tight after the E-step, higher after the M-step", () => {
    const { data } = fixture("maximumLikelihood").em as { data: number[] };
    let mixture = start;
    for (let step = 0; step < 10; step++) {
      const posterior = data.map(x => mixture.responsibilities(x));
      const { mixture: next, logLikelihoods } = em(data, { start: mixture, steps: 1 });
      const [before, after] = logLikelihoods as [number, number];
      expect(mixtureElbo(data, posterior, mixture)).toBeCloseTo(before, 12);
      const bound = mixtureElbo(data, posterior, next);
      expect(bound).toBeGreaterThanOrEqual(before - 1e-12);
      expect(bound).toBeLessThanOrEqual(after + 1e-12);
      mixture = next;
    }
  });

  it("has a bound that any other responsibilities make lower, by their KL to the posterior", () => {
    const data = [-2, 0.3, 1];
    const posterior = data.map(x => start.responsibilities(x));
    const even = data.map(() => [0.5, 0.5]);
    const gap = mixtureElbo(data, posterior, start) - mixtureElbo(data, even, start);
    const divergence = posterior.map(r => r.reduce((sum, value) => sum + 0.5 * Math.log(0.5 / value), 0));
    expect(gap).toBeCloseTo(divergence.reduce((a, b) => a + b) / data.length, 12);
  });

  it("fits one component in one step: the moments of the data", () => {
    const one = new GaussianMixture({ weights: [1], means: [7], stds: [3] });
    const { mixture } = em([1, 2, 6], { start: one, steps: 1 });
    expectClose([...mixture.means, mixture.stds[0] as number], [3, Math.sqrt(14 / 3)], { absolute: 1e-12 });
  });

  it("says when a component collapses on one datum, and stops at a floor where there is one", () => {
    const trap = new GaussianMixture({ weights: [0.9, 0.1], means: [0, 9], stds: [1, 0.01] });
    const data = [-1, -0.3, 0.4, 1.2, 9];
    expect(() => em(data, { start: trap, steps: 5 })).toThrow(/more than one datum, but got std 0 for component 1/);
    const { mixture } = em(data, { start: trap, steps: 5, smallestStd: 0.05 });
    expect(mixture.stds[1]).toBe(0.05);
  });

  it("asks for no floor that is there where a component has lost all data", () => {
    const away = new GaussianMixture({ weights: [0.5, 0.5], means: [0, 1e4], stds: [1, 1] });
    expect(() => em([-1, 0, 1], { start: away, steps: 1, smallestStd: 0.1 })).toThrow(
      "component 1 has lost all 3; start it nearer to the data, or take one fewer.",
    );
  });

  it("refuses data, floors and responsibilities that are none", () => {
    expect(() => em([1, Number.NaN], { start, steps: 1 })).toThrow(/finite, but got NaN/);
    expect(() => em([1, 2], { start, steps: 1, smallestStd: -1 })).toThrow(/0 or more, but got -1 and 1/);
    expect(() => mixtureElbo([1, 2], [[0.5, 0.5]], start)).toThrow(/a row for each datum, but got 1 for 2/);
    expect(() => mixtureElbo([1], [[1]], start)).toThrow(/row 0 must have 2 probabilities/);
    for (const row of [
      [1.5, -0.5],
      [1, Number.NaN],
    ])
      expect(() => mixtureElbo([1], [row], start)).toThrow(`row 0 must have 2 probabilities, but got [${row}]`);
  });

  it("refuses no data", () => expect(() => em([], { start, steps: 1 })).toThrow(/data must have a value/));
});

it.each([1e-306, 1e-160, 1e-8, 1e8, 1e160, 1e307])("em gives the same in units of %d", c => {
  const data = [0, 1, 2, 7, 8, 9];
  const run = (unit: number) =>
    em(
      data.map(x => x * unit),
      {
        start: new GaussianMixture({ weights: [0.5, 0.5], means: [unit, 8 * unit], stds: [unit, unit] }),
        steps: 8,
      },
    ).mixture;
  const [one, other] = [run(1), run(c)];
  expectClose(
    other.stds.map(std => std / c),
    one.stds,
    { relative: 1e-12 },
  );
  expectClose(
    other.means.map(mean => mean / c),
    one.means,
    { relative: 1e-12 },
  );
});
