import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { GaussianMixture, MultivariateGaussianMixture } from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const reference = fixture("gaussianModels").mixture;
const fit = reference.fits[1];
const mixture = new MultivariateGaussianMixture(fit);

describe("MultivariateGaussianMixture", () => {
  it("agrees with scipy.stats, far into the tails, and with scikit-learn on responsibilities", () => {
    expectClose(
      reference.far.map((x: number[]) => mixture.logProb(x)),
      reference.logProb,
      { relative: 1e-11 },
    );
    (fit.responsibilities as number[][]).forEach((r, i) => {
      expectClose(mixture.responsibilities(reference.data[i]), r, { absolute: 1e-10 });
    });
  });

  it("is the mixture over one variable where d = 1", () => {
    const line = new GaussianMixture({ weights: [0.3, 0.7], means: [-1, 2], stds: [0.5, 3] });
    const same = new MultivariateGaussianMixture({
      weights: [0.3, 0.7],
      means: [[-1], [2]],
      covariances: [[[0.25]], [[9]]],
    });
    for (const x of [-4, 0, 1.5, 40]) {
      expectClose(same.logJoint([x]), line.logJoint(x), { relative: 1e-13 });
      expectClose(same.responsibilities([x]), line.responsibilities(x), { absolute: 1e-13 });
    }
    expectClose(same.moments().mean[0] as number, line.moments().mean, { relative: 1e-14 });
    expectClose(same.moments().covariance[0]?.[0] as number, line.moments().std ** 2, { relative: 1e-14 });
  });

  it("draws what has its moments", () => {
    const [choices, noise] = [new Random(1), new Random(2)];
    const normals = noise.normalArray(30_000);
    const uniforms = choices.uniformArray(10_000);
    let [u, z] = [0, 0];
    const draws = Array.from({ length: 10_000 }, () =>
      mixture.draw(
        () => uniforms[u++] as number,
        () => normals[z++] as number,
      ),
    );
    const { mean, covariance } = mixture.moments();
    const from = (x: number[], i: number) => (x[i] as number) - (mean[i] as number);
    for (const i of [0, 1, 2]) {
      expectMean(
        draws.map(x => x[i] as number),
        mean[i] as number,
      );
      for (let j = 0; j <= i; j++)
        expectMean(
          draws.map(x => from(x, i) * from(x, j)),
          covariance[i]?.[j] as number,
        );
    }
  });

  it("draws x = μ + A ε with A Aᵀ = Σ, of the component in whose share of [0, 1) the first number is", () => {
    const pair = new MultivariateGaussianMixture({
      weights: [0.5, 0.5 - 1e-10, 0],
      means: [
        [10, 20],
        [30, 40],
        [50, 60],
      ],
      covariances: [
        [
          [4, 2],
          [2, 5],
        ],
        [
          [9, 0],
          [0, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
      ],
    });
    const draw = (u: number, noise: number[]) =>
      pair.draw(
        () => u,
        () => noise.shift() as number,
      );
    expect(draw(0, [1, -3])).toEqual([12, 15]);
    expect(draw(0.5 - 2 ** -54, [-1, 1])).toEqual([8, 21]);
    expect(draw(0.5 + 1e-9, [1, 2])).toEqual([33, 42]);
    expect(draw(0.5 + 1e-9, [-1, 0])).toEqual([27, 40]); // the factors are kept
    expect(draw(1 - 2 ** -53, [0, 1])).toEqual([30, 41]); // beyond the sum of the weights
  });

  it("has no draw from a component without weight", () => {
    const I = [[1]];
    const [one, other] = [
      { weights: [1, 0], means: [[0], [100]], covariances: [I, I] },
      { weights: [0, 1], means: [[0], [100]], covariances: [I, I] },
    ].map(parameters => new MultivariateGaussianMixture(parameters));
    for (const u of [0, 0.5, 1 - 2 ** -53]) {
      expect(
        one?.draw(
          () => u,
          () => 0,
        ),
      ).toEqual([0]);
      expect(
        other?.draw(
          () => u,
          () => 0,
        ),
      ).toEqual([100]);
    }
    expect(one?.responsibilities([100])).toEqual([1, 0]);
    expect(one?.moments()).toEqual({ mean: [0], covariance: [[1]] });
    const far = new MultivariateGaussianMixture({
      weights: [0, 1],
      means: [[1e200], [3]],
      covariances: [[[1]], [[4]]],
    });
    expect(far.moments()).toEqual({ mean: [3], covariance: [[4]] });
  });

  it.each([
    ["other lengths", { weights: [1], means: [[0], [1]], covariances: [[[1]]] }, "but got 1, 2 and 1"],
    ["too many covariances", { weights: [1], means: [[0]], covariances: [[[1]], [[1]]] }, "but got 1, 1 and 2"],
    [
      "weights that do not sum to 1",
      { weights: [0.5], means: [[0]], covariances: [[[1]]] },
      "MultivariateGaussianMixture weights: probabilities must sum to 1, but got 0.5",
    ],
    [
      "a negative weight",
      { weights: [-1, 2], means: [[0], [1]], covariances: [[[1]], [[1]]] },
      "must not be negative, but got -1",
    ],
    ["no component", { weights: [], means: [], covariances: [] }, "must sum to 1, but got 0"],
    [
      "ragged means",
      { weights: [0.5, 0.5], means: [[0], [1, 2]], covariances: [[[1]], [[1]]] },
      "MultivariateGaussianMixture means: rows must be equally long, but got 1 numbers in row 0 and 2 in row 1",
    ],
    [
      "a covariance that is none",
      { weights: [1], means: [[0]], covariances: [[[0]]] },
      "component 0: a covariance must be positive definite, but got a variance of 0",
    ],
    [
      "a covariance of other shape",
      {
        weights: [1],
        means: [[0]],
        covariances: [
          [
            [1, 0],
            [0, 1],
          ],
        ],
      },
      "covariance 0 must be [1][1]",
    ],
  ])("refuses %s", (_, parameters, message) => {
    expect(() => new MultivariateGaussianMixture(parameters)).toThrow(message);
  });

  it("refuses x of another length, and NaN", () => {
    expect(() => mixture.logProb([0])).toThrow("MultivariateGaussianMixture: x must have 3 entries, but got 1");
    expect(() => mixture.responsibilities([0, Number.NaN, 0])).toThrow("must be finite, but got NaN at 1");
  });
});
