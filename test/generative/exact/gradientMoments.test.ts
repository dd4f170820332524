import { describe, expect, it } from "vitest";
import {
  bestBaseline,
  gaussHermite,
  pathwiseMoments,
  scoreMoments,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { fixture } from "../../support/fixture.ts";

const { gradients } = fixture("variational");
/** E[·] under N(0, 1) by the trapezoidal rule. */
const normal = (() => {
  const { points, logWeights } = trapezoid(-9, 9, 3601);
  return {
    points,
    logWeights: logWeights.map((w, i) => w - 0.5 * (points[i] as number) ** 2 - 0.5 * Math.log(2 * Math.PI)),
  };
})();
const cases: Record<string, [(z: number) => number, (z: number) => number]> = {
  square: [z => z * z, z => 2 * z],
  squareWithBaseline: [z => z * z, z => 2 * z],
  wave: [z => Math.sin(10 * z), z => 10 * Math.cos(10 * z)],
  slowWave: [Math.sin, Math.cos],
  exponential: [z => Math.exp(z / 2), z => Math.exp(z / 2) / 2],
};

describe.each(Object.entries(cases))("one draw of the gradient of E[f], %s", (name, [f, df]) => {
  const { baseline, gradient, score, pathwise, ...q } = gradients[name];

  it("has the mean and the variances that scipy integrates", () => {
    const [s, r] = [scoreMoments(f, q, normal, { baseline }), pathwiseMoments(df, q, normal)];
    expect(s.mean).toBeCloseTo(gradient, 9);
    expect(r.mean).toBeCloseTo(gradient, 9);
    expect(s.variance).toBeCloseTo(score, 8);
    expect(r.variance).toBeCloseTo(pathwise, 8);
  });

  it("has the smallest variance at the best baseline", () => {
    const best = bestBaseline(f, q, normal);
    const variance = (b: number) => scoreMoments(f, q, normal, { baseline: b }).variance;
    expect(variance(best)).toBeLessThan(variance(best + 0.1));
    expect(variance(best)).toBeLessThan(variance(best - 0.1));
  });
});

it("the variances for z² are m⁴ + 14 m² + 15 and 4", () => {
  for (const mean of [-2, 0, 1, 3]) {
    const { variance } = scoreMoments(z => z * z, { mean, std: 1 }, gaussHermite(12));
    expect(variance).toBeCloseTo(mean ** 4 + 14 * mean ** 2 + 15, 6);
    expect(pathwiseMoments(z => 2 * z, { mean, std: 1 }, gaussHermite(12)).variance).toBeCloseTo(4, 9);
  }
});

it("the baseline changes no mean", () => {
  const q = { mean: 0.4, std: 0.7 };
  const means = [-3, 0, 5].map(baseline => scoreMoments(z => z ** 3, q, normal, { baseline }).mean);
  means.forEach(mean => {
    expect(mean).toBeCloseTo(means[0] as number, 10);
  });
});

it("what is no number, a rule for another expectation and half a q are refused by name", () => {
  const q = { mean: 0, std: 1 };
  for (const moments of [scoreMoments, pathwiseMoments, bestBaseline]) {
    expect(() => moments(z => (z > 1 ? Number.NaN : z), q, gaussHermite(3))).toThrow(
      `${moments.name}: the estimate must be a number at every point, but got NaN for ε = ${gaussHermite(3).points[2]};`,
    );
    expect(() => moments(z => z, q, trapezoid(0, 2, 3))).toThrow(
      `${moments.name}: the weights of the rule must sum to 1, but got 2`,
    );
    expect(() => moments(z => z, { mean: 0 } as never, gaussHermite(3))).toThrow(
      `${moments.name}: q must be an object with mean, std, but got undefined for std;`,
    );
  }
});
