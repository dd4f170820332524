import { describe, expect, it } from "vitest";
import {
  type CovarianceShape,
  type EmMultivariateOptions,
  em,
  emMultivariate,
  mixtureElbo,
} from "../../../src/generative/training/index.ts";
import { GaussianMixture, MultivariateGaussianMixture } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const reference = fixture("gaussianModels").mixture;
const data = reference.data as number[][];
const identity = (d: number, v = 1) =>
  Array.from({ length: d }, (_, i) => Array.from({ length: d }, (__, j) => (i === j ? v : 0)));
const start = new MultivariateGaussianMixture({ ...reference.start, covariances: [identity(3), identity(3)] });
type Fit = {
  shape: CovarianceShape;
  steps: number;
  weights: number[];
  means: number[][];
  covariances: number[][][];
  logLikelihood: number;
};

describe("emMultivariate", () => {
  it.each(reference.fits as Fit[])("does what scikit-learn does: $shape, after $steps steps", fit => {
    const { mixture, logLikelihoods } = emMultivariate(data, { start, steps: fit.steps, covariance: fit.shape });
    expectClose(mixture.weights, fit.weights, { absolute: 1e-10 });
    expectClose(mixture.means.flat(), fit.means.flat(), { absolute: 1e-10 });
    expectClose(mixture.covariances.flat(2), fit.covariances.flat(2), { absolute: 1e-10 });
    expectClose(logLikelihoods.at(-1) as number, fit.logLikelihood, { relative: 1e-10 });
  });

  it.each(["full", "tied", "diagonal", "spherical"] as const)(
    "never lowers the likelihood: %s, with and without a floor",
    covariance => {
      for (const smallestStd of [0, 0.8]) {
        // A floor above what the data ask for in some direction.
        const begin = new MultivariateGaussianMixture({ ...reference.start, covariances: [identity(3), identity(3)] });
        const { logLikelihoods, mixture } = emMultivariate(data, { start: begin, steps: 12, covariance, smallestStd });
        for (const [i, value] of logLikelihoods.slice(1).entries()) {
          expect(value).toBeGreaterThan((logLikelihoods[i] as number) - 1e-12);
        }
        const r = data.map(x => mixture.responsibilities(x));
        expectClose(mixtureElbo(data, r, mixture), logLikelihoods.at(-1) as number, { relative: 1e-12 });
      }
    },
  );

  it("is em where d = 1", () => {
    const line = data.map(x => x[0] as number);
    const one = em(line, {
      start: new GaussianMixture({ weights: [0.5, 0.5], means: [-1, 2], stds: [1, 1] }),
      steps: 9,
    });
    const same = emMultivariate(
      data.map(x => [x[0] as number]),
      {
        start: new MultivariateGaussianMixture({
          weights: [0.5, 0.5],
          means: [[-1], [2]],
          covariances: [[[1]], [[1]]],
        }),
        steps: 9,
      },
    );
    expectClose(same.logLikelihoods, one.logLikelihoods, { relative: 1e-12 });
    expectClose(same.mixture.means.flat(), [...one.mixture.means], { relative: 1e-11 });
  });

  it("goes the same way in other units", () => {
    const steps = 6;
    const plain = emMultivariate(data, { start, steps });
    for (const c of [1e-8, 1e8]) {
      const scaled = (rows: readonly (readonly number[])[], by: number) => rows.map(row => row.map(v => v * by));
      const found = emMultivariate(scaled(data, c), {
        start: new MultivariateGaussianMixture({
          weights: start.weights,
          means: scaled(start.means, c),
          covariances: start.covariances.map(S => scaled(S, c * c)),
        }),
        steps,
      });
      expectClose(found.mixture.weights, [...plain.mixture.weights], { relative: 1e-9 });
      expectClose(found.mixture.means.flat(), scaled(plain.mixture.means, c).flat(), { absolute: 1e-9 * c });
      expectClose(
        found.logLikelihoods,
        plain.logLikelihoods.map(v => v - 3 * Math.log(c)),
        { relative: 1e-10 },
      );
    }
  });

  it("says in a line when a component collapses or loses all data, and asks for no floor that is there", () => {
    const plane = data.map(x => [x[0] as number, x[1] as number, x[0] as number]);
    const said = (options: Partial<EmMultivariateOptions>, rows = plane) => {
      try {
        emMultivariate(rows, { start, steps: 3, ...options });
      } catch (error) {
        return (error as Error).message;
      }
      return "nothing";
    };
    expect(said({})).toMatch(/component 0 has standard deviations from \S+ to \S+; give a smallestStd,/);
    expect(said({ smallestStd: 1e-30 })).toMatch(/give a smallestStd above 1e-30/);
    expect(said({ smallestStd: 0.1 })).toBe("nothing");
    expect(said({ covariance: "diagonal" })).toBe("nothing");
    const away = new MultivariateGaussianMixture({
      weights: [0.5, 0.5],
      means: [
        [0, 0, 0],
        [1e3, 1e3, 1e3],
      ],
      covariances: [identity(3), identity(3)],
    });
    expect(said({ start: away, smallestStd: 0.1 })).toMatch(/component 1 has lost all 40; start it nearer/);
  });

  it.each([
    ["no data", [], {}, "must have a number"],
    ["data of another dimension", [[1]], {}, "the 3 columns of the start, but got 1"],
    ["NaN", [[Number.NaN, 0, 0]], {}, "finite, but got NaN in row 0, column 0"],
    ["a negative floor", [[0, 0, 0]], { smallestStd: -1 }, "0 or more, but got -1"],
  ] as [string, number[][], Partial<EmMultivariateOptions>, string][])("refuses %s", (_, rows, options, message) => {
    expect(() => emMultivariate(rows, { start, steps: 1, ...options })).toThrow(message);
  });
});
