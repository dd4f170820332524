import { describe, expect, it } from "vitest";
import {
  cdfFlow,
  composeFlows1d,
  flowLogProb,
  GaussianMixture,
  inverseFlow1d,
  logisticQuantile,
  MultivariateGaussianMixture,
  normalQuantile,
  standardUniform,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

describe("a flow outside the support of its density", () => {
  const uniform = cdfFlow(standardUniform);

  it.each([-40, -1e-8, 3, 1e6])("has no density at %s, and no NaN", x => {
    const there = composeFlows1d(uniform, inverseFlow1d(uniform));
    expect(there.forward(x).logDet).toBe(-Infinity);
    expect(flowLogProb(there, standardUniform, x)).toBe(-Infinity);
  });
});

describe("mixtures where float64 has no density", () => {
  const pair = new GaussianMixture({ weights: [0.5, 0.5], means: [-1, 1], stds: [1, 1] });
  const plane = new MultivariateGaussianMixture({
    weights: [0.5, 0.5],
    means: [[0], [5]],
    covariances: [[[1]], [[1]]],
  });

  it.each([1e200, Infinity, Number.NaN])("refuse to say which component made %s", x => {
    expect(() => pair.responsibilities(x)).toThrow(
      `GaussianMixture: x must be where float64 has a density, but got ${x}`,
    );
  });

  it("refuse it of a vector, and keep their answer where one component has all of it", () => {
    expect(() => plane.responsibilities([1e200])).toThrow("MultivariateGaussianMixture: x must be where float64 has");
    expect(plane.responsibilities([1e8])).toEqual([0, 1]);
    expect(pair.responsibilities(1e8)).toEqual([0, 1]);
  });

  it.each([1e-200, 1e-8, 1e8, 1e200])("have moments in units of %s", c => {
    const { mean, std } = new GaussianMixture({ weights: [0.5, 0.5], means: [-c, c], stds: [c, c] }).moments();
    expect(mean).toBe(0);
    expectClose(std, Math.SQRT2 * c, { relative: 1e-14 });
  });
});

describe.each([normalQuantile, logisticQuantile])("%o", quantile => {
  it("takes one end, not two that might disagree", () => {
    expect(() => quantile({ logCdf: -1, survival: 0.5 } as never)).toThrow(
      /Quantile: p must be a number or one of .*, but got survival and logCdf; pass F/,
    );
  });

  it.each([[undefined], [null], ["0.5"], [{}]])("says what it takes where it gets %o", p => {
    expect(() => quantile(p as unknown as number)).toThrow(
      /Quantile: p must be a number or one of .*, but got .+; pass F/,
    );
  });
});
