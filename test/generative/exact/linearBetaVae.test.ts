import { describe, expect, it } from "vitest";
import {
  LinearGaussian,
  linearBetaVae,
  linearBetaVariance,
  ppcaMle,
  principalComponents,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const { linear } = fixture("beyondTheVae");

describe("linearBetaVae", () => {
  it.each(linear as { eigenvalue: number; variance: number; beta: number }[])(
    "is the optimum that scipy.optimize finds for $eigenvalue, σ² = $variance, β = $beta",
    ({ eigenvalue, variance, beta, ...optimum }) => {
      const [found] = linearBetaVae([eigenvalue], { variance, beta });
      for (const [name, value] of Object.entries(optimum)) {
        expectClose((found as unknown as Record<string, number>)[name] as number, value as number, { absolute: 1e-6 });
      }
    },
  );

  it("has numbers that can be checked by hand", () => {
    const quarter = { weight: 3, posteriorVariance: 0.25, rate: Math.LN2, distortion: 1 };
    const edge = { weight: 0, posteriorVariance: 1, rate: 0, distortion: 1 };
    const nothing = { weight: 0, posteriorVariance: 1, rate: 0, distortion: 0 };
    expect(linearBetaVae([4, 1, 0], { variance: 0.5, beta: 2 })).toEqual([quarter, edge, nothing]);
  });

  it("collapses exactly the directions with λ ≤ β σ²", () => {
    const collapsed = (beta: number) =>
      linearBetaVae([4, 2, 1, 0.25], { variance: 0.5, beta }).map(({ weight }) => weight === 0);
    expect(collapsed(0.4)).toEqual([false, false, false, false]);
    expect(collapsed(2)).toEqual([false, false, true, true]);
    expect(collapsed(8)).toEqual([true, true, true, true]);
  });

  it("is probabilistic PCA with the noise β σ²: the model's covariance has the eigenvalues of the data", () => {
    const [{ weight } = { weight: 0 }] = linearBetaVae([3], { variance: 0.5, beta: 2 });
    const model = new LinearGaussian({ weights: [[Math.sqrt(weight)]], offset: [0], noise: 1 });
    expectClose(model.covariance.flat(), [3], { absolute: 1e-12 });
  });

  it("has the rate and the distortion of a Gaussian source, of which β is the slope: −dD/dR = 2 β σ²", () => {
    const total = (beta: number) => {
      const law = linearBetaVae([4, 2, 0.1], { variance: 0.3, beta });
      return {
        rate: law.reduce((sum, { rate }) => sum + rate, 0),
        distortion: law.reduce((sum, { distortion }) => sum + distortion, 0),
      };
    };
    const [a, b] = [total(2 - 1e-5), total(2 + 1e-5)];
    expectClose((b.distortion - a.distortion) / (a.rate - b.rate), 2 * 2 * 0.3, { relative: 1e-6 });
  });

  it("learns nothing without latent directions: all variance is distortion", () => {
    const directions = linearBetaVae([3, 2], { variance: 1, beta: 1, latent: 0 });
    expect(directions.map(({ rate, distortion }) => [rate, distortion])).toEqual([
      [0, 3],
      [0, 2],
    ]);
  });

  it("says what is wrong with a σ² that is not positive", () => {
    const all = Array.from({ length: 500 }, (_, i) => i);
    for (const wrong of [0, -1, Number.NaN, Infinity]) {
      expect(() => linearBetaVae(all, { variance: wrong, beta: 1 })).toThrow(
        `finite, but got those, ${wrong}, 1; pass`,
      );
      expect(() => linearBetaVae(all, { variance: 1, beta: wrong })).toThrow(
        `finite, but got those, 1, ${wrong}; pass`,
      );
    }
    for (const wrong of [-1, Number.NaN, Infinity]) {
      expect(() => linearBetaVae([...all, wrong], { variance: 1, beta: 1 })).toThrow(`but got ${wrong}, 1, 1; pass σ²`);
    }
  });

  it("says which of σ² and β is missing", () => {
    const parts = "linearBetaVae: options must be an object with variance, beta, but got";
    expect(() => linearBetaVae([1], { variance: 1 } as never)).toThrow(`${parts} undefined for beta;`);
    expect(() => linearBetaVae([1], { beta: 1 } as never)).toThrow(`${parts} undefined for variance;`);
    expect(() => linearBetaVae([1], undefined as never)).toThrow(`${parts} undefined;`);
    const part = "linearBetaVariance: options must be an object with beta, but got";
    expect(() => linearBetaVariance([1], { latent: 0 } as never)).toThrow(`${part} undefined for beta;`);
  });

  it.each([-1, 1.5, 3, Number.NaN])("refuses %s directions", latent => {
    expect(() => linearBetaVae([2, 1], { variance: 1, beta: 1, latent })).toThrow(`but got ${latent}; leave it out`);
  });
});

describe("linearBetaVariance", () => {
  it.each(fixture("gaussianModels").linearBetaVae as Learned[])(
    "is where scipy finds the best linear VAE: β = $beta, $latent latents of $eigenvalues",
    ({ eigenvalues, beta, latent, variance, weights }) => {
      const learned = linearBetaVariance(eigenvalues, { beta, latent });
      expectClose(learned, variance, { relative: 1e-6 });
      const directions = linearBetaVae(eigenvalues, { variance: learned, beta, latent });
      const sorted = (values: number[]) => [...values].sort((a, b) => b - a).slice(0, latent);
      expectClose(sorted(directions.map(({ weight }) => weight)), sorted(weights), { absolute: 1e-5 });
    },
  );

  it("is the noise of probabilistic PCA at β = 1", () => {
    const components = principalComponents(fixture("iwae").pca.rows);
    const noise2 = linearBetaVariance(components.variances, { beta: 1, latent: 2 });
    expectClose(noise2, ppcaMle(components, 2).noise ** 2, { relative: 1e-12 });
  });

  it("refuses where the likelihood has no maximum, and numbers that are none", () => {
    expect(() => linearBetaVariance([1, 1], { beta: 0.5 })).toThrow(/got 0 beyond 2 of 2 directions/);
    expect(() => linearBetaVariance([1, 0], { beta: 1, latent: 1 })).toThrow(/got 0 beyond 1 of 2/);
    expect(() => linearBetaVariance([1, -1], { beta: 1 })).toThrow(/but got -1, 1, 2/);
    expect(() => linearBetaVariance([1, Number.NaN], { beta: 1 })).toThrow(/but got NaN/);
    expect(() => linearBetaVariance([1, Infinity], { beta: 1 })).toThrow(/but got Infinity, 1, 2/);
    for (const beta of [0, -1, Infinity, Number.NaN]) {
      expect(() => linearBetaVariance([2, 1], { beta, latent: 1 })).toThrow(`but got those, ${beta}, 1`);
    }
    for (const latent of [-1, 0.5, 3, Number.NaN]) {
      expect(() => linearBetaVariance([2, 1], { beta: 1, latent })).toThrow(`but got those, 1, ${latent}`);
    }
    expect(linearBetaVariance([2, 1], { beta: 1, latent: 0 })).toBe(1.5);
    expect(linearBetaVariance([1, 2, 9], { beta: 1, latent: 1 })).toBe(1.5);
    expect(linearBetaVariance([3, 0, 0], { beta: 1, latent: 0 })).toBe(1);
    expect(linearBetaVariance([1e308, 1e308], { beta: 1, latent: 0 })).toBe(1e308);
    expect(() => linearBetaVariance([3, 0, 0], { beta: 0.5 })).toThrow(/got 0 beyond 1 of 3|got 0 beyond 3 of 3/);
    expect(() => linearBetaVariance([], { beta: 1 })).toThrow(/got 0 beyond 0 of 0/);
  });

  it("takes the directions of the largest eigenvalues, wherever they stand", () => {
    const directions = linearBetaVae([1, 4, 2], { variance: 0.5, beta: 1, latent: 2 });
    expect(directions.map(({ weight }) => weight)).toEqual([0, 3.5, 1.5]);
    expect(directions[0]).toEqual({ weight: 0, posteriorVariance: 1, rate: 0, distortion: 1 });
    const tied = linearBetaVae([1, 1, 4], { variance: 0.5, beta: 1, latent: 2 });
    expect(tied.map(({ weight }) => weight)).toEqual([0.5, 0, 3.5]);
  });
});

interface Learned {
  eigenvalues: number[];
  beta: number;
  latent: number;
  variance: number;
  weights: number[];
}

describe("in units where β σ² or a sum leaves float64", () => {
  it("has the rate and the variance of λ/(β σ²)", () => {
    const [large] = linearBetaVae([1e300], { variance: 1e200, beta: 1e200 });
    expect(large).toEqual({ weight: 0, posteriorVariance: 1, rate: 0, distortion: 1e300 });
    const [small] = linearBetaVae([1e-300], { variance: 1e-200, beta: 1e-200 });
    expectClose(small?.rate as number, 50 * Math.LN10, { relative: 1e-14 });
    expectClose(small?.posteriorVariance as number, 1e-100, { relative: 1e-14 });
    const [tiny] = linearBetaVae([1], { variance: 1e-200, beta: 1e-200 });
    expectClose(tiny?.rate as number, 200 * Math.LN10, { relative: 1e-14 });
  });

  it.each([
    { beta: 1e-300, variance: 1e200 },
    { beta: 1e200, variance: 1e-300 },
  ])("keeps the variance of q where one of β = $beta and σ² = $variance is tiny beside λ", options => {
    const [direction] = linearBetaVae([1e150], options);
    expectClose(direction?.posteriorVariance as number, 1e-250, { relative: 1e-14 });
    expectClose(direction?.rate as number, 125 * Math.LN10, { relative: 1e-14 });
  });

  // Where onnxruntime has run in a thread, the processor takes what is below the normal numbers for 0.
  it.runIf(2 ** -1060 > 0)("is ¼ below the normal numbers, where β/λ overflows", () => {
    const [direction] = linearBetaVae([2 ** -1060], { variance: 2 ** -1062, beta: 1 });
    expect(direction?.posteriorVariance).toBe(0.25);
    expectClose(direction?.rate as number, Math.LN2, { relative: 1e-15 });
  });

  it("keeps the digits of a small rate, which logarithms of large numbers would lose", () => {
    const [direction] = linearBetaVae([2 ** 900 * (1 + 2 ** -10)], { variance: 2 ** 450, beta: 2 ** 450 });
    expectClose(direction?.rate as number, Math.log1p(2 ** -10) / 2, { relative: 1e-12 });
  });

  it("learns the noise of its eigenvalues", () => {
    for (const c of [1e-306, 1, 1e307]) {
      expectClose(linearBetaVariance([9 * c, 8 * c, 7 * c], { beta: 1, latent: 1 }), 7.5 * c, { relative: 1e-14 });
    }
  });
});
