import { describe, expect, it } from "vitest";
import { GaussianMixture, MultivariateGaussianMixture } from "../../../src/generative/exact/index.ts";
import { cavi, cosine, em, emMultivariate, mixtureElbo } from "../../../src/generative/training/index.ts";
import { type BadInput, unrefused } from "../../support/corrupted.ts";

const S = [
  [2, 0.5],
  [0.5, 1],
];
const start = new GaussianMixture({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 2] });
const plane = new MultivariateGaussianMixture({ weights: [1], means: [[0, 0]], covariances: [S] });
const data = [-2, -1, 1, 3];
const rows = [[1, 2], [0, 1], [3, -1], [2, 5]]; // biome-ignore format: a row each

const calls: BadInput[] = [
  [
    "cavi",
    cavi,
    [
      { mean: [0, 1], covariance: S },
      { start: [0, 0], sweeps: 2 },
    ],
  ],
  ["cosine", cosine, [{ start: 0.1, end: 0, steps: 10 }]],
  ["em", (x: never, steps: number) => em(x, { start, steps }), [data, 2]],
  ["em", (smallestStd: number) => em(data, { start, steps: 1, smallestStd }), [0.1], { except: /undefined/ }],
  ["em", (options: never) => em(data, options), [{ steps: 1 }], { only: "bad" }],
  ["emMultivariate", (x: never, steps: number) => emMultivariate(x, { start: plane, steps }), [rows, 2]],
  ["emMultivariate", (options: never) => emMultivariate(rows, options), [{ steps: 1 }], { only: "bad" }],
  ["mixtureElbo", (r: never) => mixtureElbo(data.slice(0, 2), r, start), [[[0.5, 0.5], [0, 1]]]], // biome-ignore format: a row each
  ["mixtureElbo", (mixture: never) => mixtureElbo([1], [[0.5, 0.5]], mixture), [{}], { only: "bad" }],
];

describe("bad input", () => {
  it.each(calls)("%s says in one line what it does not take", (...call) => expect(unrefused(call)).toEqual([]));
});
