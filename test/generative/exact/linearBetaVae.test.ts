import { describe, expect, it } from "vitest";
import { LinearGaussian, linearBetaVae } from "../../../src/generative/exact/index.ts";
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

  it("says what is wrong with a σ² that is not positive", () => {
    expect(() => linearBetaVae([1], { variance: 0, beta: 1 })).toThrow("variance and beta positive, but got [1], 0, 1");
  });
});
