import { describe, expect, it } from "vitest";
import { LinearGaussian, ppcaMle, principalComponents, project } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const { pca } = fixture("iwae");
const rows = pca.rows as number[][];
const components = principalComponents(rows);
const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("principalComponents", () => {
  it("has the spectrum of numpy, and its axes up to their sign", () => {
    expectClose(components.variances, pca.spectrum, { absolute: 1e-9 });
    (pca.components as number[][]).forEach((axis, i) => {
      const cosine = axis.reduce((sum, u, j) => sum + u * (components.axes[i]?.[j] as number), 0);
      expect(Math.abs(cosine)).toBeCloseTo(1, 8);
    });
  });

  it("leaves the sum of the trailing eigenvalues, which numpy finds by a singular value decomposition", () => {
    const squares = rows.map(x => {
      const codes = project(components, x, pca.latent);
      const back = components.mean.map((m, i) =>
        codes.reduce((sum, c, k) => sum + c * (components.axes[k]?.[i] as number), m),
      );
      return x.reduce((sum, value, i) => sum + (value - (back[i] as number)) ** 2, 0);
    });
    expectClose(average(squares), pca.error, { absolute: 1e-9 });
    expectClose(
      components.variances.slice(2).reduce((a, b) => a + b),
      pca.error,
      { absolute: 1e-9 },
    );
  });

  it("has axes whose largest entry is positive, and no axis −0", () => {
    const line = (u: number, v: number) =>
      principalComponents([
        [u, v],
        [-u, -v],
        [2 * u, 2 * v],
        [-2 * u, -2 * v],
      ]);
    for (const [u, v] of [
      [0.6, -0.8],
      [-0.6, 0.8],
    ] as const) {
      expectClose(line(u, v).axes[0] as number[], [-0.6, 0.8], { absolute: 1e-15 });
      expectClose(line(u, v).axes[1] as number[], [0.8, 0.6], { absolute: 1e-15 });
      expectClose(line(u, v).variances, [2.5, 0], { absolute: 1e-30, relative: 1e-14 });
    }
    for (const sign of [1, -1]) {
      expectClose(line(sign * 0.8, sign * -0.6).axes[0] as number[], [0.8, -0.6], { absolute: 1e-15 });
      expect(
        principalComponents([
          [0, sign],
          [0, -sign],
        ]).axes,
      ).toEqual([
        [0, 1],
        [1, 0],
      ]);
    }
  });

  it("divides by n, and takes its mean off", () => {
    const { mean, variances, axes } = principalComponents([[5], [9]]);
    expect({ mean, axes }).toEqual({ mean: [7], axes: [[1]] });
    expectClose(variances, [4], { relative: 1e-15 });
  });

  it("projects on the first axes, from the mean", () => {
    const turned = {
      mean: [1, 2],
      variances: [2, 1],
      axes: [
        [0.6, 0.8],
        [0.8, -0.6],
      ],
    };
    expectClose(project(turned, [6, 12], 1), [11], { relative: 1e-15 });
    expectClose(project(turned, [6, 12], 2), [11, -2], { relative: 1e-15 });
    expect(project(turned, [6, 12], 0)).toEqual([]);
  });

  it("refuses a single row, ragged rows and NaN", () => {
    expect(() => principalComponents([[1, 2]])).toThrow(/rows must be two or more, but got 1/);
    expect(() => principalComponents([[1, 2], [1]])).toThrow(/2 numbers in row 0 and 1 in row 1/); // prettier-ignore
    expect(() => principalComponents([[1], [Number.NaN]])).toThrow(
      /^principalComponents: .*got NaN in row 1, column 0/,
    );
    expect(() => project(components, [1], 2)).toThrow(/^project: x must have 5 entries, but got 1/);
  });
});

describe("ppcaMle", () => {
  const model = new LinearGaussian(ppcaMle(components, pca.latent));

  it("has the log-likelihood that scipy gives for Tipping and Bishop's covariance", () => {
    expectClose(average(rows.map(x => model.logEvidence(x))), pca.logLikelihood, { absolute: 1e-9 });
    expect(ppcaMle(components, 2).noise ** 2).toBeCloseTo(pca.noiseVariance, 9);
  });

  it("is the most likely: moving W or s lowers it", () => {
    const { weights, offset, noise } = ppcaMle(components, 2);
    const at = (factor: number, s: number) => {
      const moved = new LinearGaussian({ weights: weights.map(w => w.map(v => v * factor)), offset, noise: s });
      return average(rows.map(x => moved.logEvidence(x)));
    };
    for (const other of [at(1.05, noise), at(0.95, noise), at(1, noise * 1.05), at(1, noise * 0.95)]) {
      expect(other).toBeLessThan(at(1, noise));
    }
  });

  it("has a diagonal posterior", () => {
    expect(Math.abs(model.posterior(rows[0] as number[]).covariance[0]?.[1] as number)).toBeLessThan(1e-12);
  });

  it("refuses data in a plane, whose likelihood has no maximum", () => {
    const plane = rows.map(([a = 0, b = 0]) => [a, b, 0.3 * a - 0.7 * b]);
    expect(() => ppcaMle(principalComponents(plane), 2)).toThrow(/dimensions after 2 must have variance, but got/);
    expect(ppcaMle(principalComponents(plane), 1).noise).toBeGreaterThan(0.01);
  });

  it("is U (Λ − s²)^½ with the mean of the other variances as s², where an axis has no more than it as well", () => {
    const unit = (i: number) => [0, 1, 2, 3].map(j => (i === j ? 1 : 0));
    const axes = [2, 0, 3, 1].map(unit);
    const fit = ppcaMle({ mean: [1, 2, 3, 4], variances: [10, 5, 1.5, 0.5], axes }, 2);
    expect(fit).toEqual({
      weights: [
        [0, 2],
        [0, 0],
        [3, 0],
        [0, 0],
      ],
      offset: [1, 2, 3, 4],
      noise: 1,
    });
    // (0.1 + 0.1 + 0.1) / 3 is more than 0.1.
    const round = ppcaMle({ mean: [0, 0, 0, 0], variances: [0.1, 0.1, 0.1, 0.1], axes }, 1);
    expect(round.weights).toEqual([[0], [0], [0], [0]]);
  });

  it("takes noise above 2⁻⁵² of the signal, in any units", () => {
    const fit = (signal: number, noise: number) =>
      ppcaMle(
        {
          mean: [0, 0],
          variances: [signal ** 2, noise ** 2],
          axes: [
            [1, 0],
            [0, 1],
          ],
        },
        1,
      );
    expect(fit(2 ** -30, 2 ** -60).noise).toBe(2 ** -60);
    expect(fit(1, 2 ** -51).noise).toBe(2 ** -51);
    for (const [signal, noise] of [
      [2 ** 30, 2 ** -30],
      [1, 2 ** -52],
      [1, 0],
    ] as const) {
      expect(() => fit(signal, noise)).toThrow("dimensions after 1 must have variance");
    }
  });

  it("refuses as many latent dimensions as data have", () => {
    for (const latent of [0, -1, 1.5, 6, Number.NaN]) {
      expect(() => ppcaMle(components, latent)).toThrow(/latent must be an integer from 1 to 4/);
    }
    expect(() => ppcaMle(components, 5)).toThrow(/latent must be an integer from 1 to 4, but got 5/);
  });
});
