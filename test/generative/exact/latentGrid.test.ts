import { describe, expect, it } from "vitest";
import {
  gaussHermite,
  klDivergence,
  LatentGrid,
  LinearGaussian,
  productRule,
  secondMoment,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { fixture } from "../../support/fixture.ts";

const { square } = fixture("variational");

const log = (value: number, mean: number, std: number) =>
  -0.5 * ((value - mean) / std) ** 2 - Math.log(std) - 0.5 * Math.log(2 * Math.PI);

const parabola = new LatentGrid({
  logPrior: (z: number) => log(z, 0, 1),
  logLikelihood: z => log(square.x, z ** 2, square.noise),
  rule: trapezoid(-9, 9, 3601),
});
const q = (z: number) => log(z, square.q.mean, square.q.std);

/** Three causes with their shares of one observation. */
const [prior, likelihood, guess] = [
  [0.5, 0.3, 0.2],
  [0.1, 0.6, 0.9],
  [0.2, 0.3, 0.5],
];
const at = (values: number[] | undefined) => (z: number) => Math.log(values?.[z] as number);
const causes = new LatentGrid({
  logPrior: at(prior),
  logLikelihood: at(likelihood),
  rule: { points: [0, 1, 2] },
});

describe("LatentGrid", () => {
  it("has the evidence, the bound and the gap that scipy integrates", () => {
    const parts = parabola.parts(q);
    expect(parabola.logEvidence).toBeCloseTo(square.logEvidence, 10);
    expect(parts.reconstruction).toBeCloseTo(square.reconstruction, 10);
    expect(parts.elbo).toBeCloseTo(square.elbo, 10);
    expect(parts.gap).toBeCloseTo(square.gap, 10);
  });

  it.each([
    ["a continuous z", parabola, q],
    ["a discrete z", causes, at(guess)],
  ])("for %s, both forms of the bound agree, and the gap is log p(x) − ELBO", (_, grid, logQ) => {
    const { reconstruction, kl, energy, entropy, elbo, gap } = grid.parts(logQ);
    expect(reconstruction - kl).toBeCloseTo(elbo, 12);
    expect(energy + entropy).toBeCloseTo(elbo, 12);
    expect(elbo + gap).toBeCloseTo(grid.logEvidence, 12);
    expect(gap).toBeGreaterThan(0.01);
  });

  it("is a sum for a discrete z: Bayes' rule by hand", () => {
    const evidence = 0.5 * 0.1 + 0.3 * 0.6 + 0.2 * 0.9;
    const posterior = [0.05 / evidence, 0.18 / evidence, 0.18 / evidence];
    expect(causes.logEvidence).toBeCloseTo(Math.log(evidence), 12);
    [0, 1, 2].forEach(z => {
      expect(Math.exp(causes.logPosterior(z))).toBeCloseTo(posterior[z] as number, 12);
    });
    expect(causes.parts(at(guess)).gap).toBeCloseTo(klDivergence(guess as number[], posterior), 12);
  });

  it("has no gap at the posterior, and no q above it: 200 of them", () => {
    expect(causes.parts(z => causes.logPosterior(z)).gap).toBeCloseTo(0, 12);
    for (let n = 1; n <= 200; n++) {
      const shares = [2, 3, 5].map(prime => 0.01 + ((n * Math.sqrt(prime)) % 1));
      const total = shares.reduce((a, b) => a + b);
      const { elbo } = causes.parts(at(shares.map(share => share / total)));
      expect(elbo).toBeLessThanOrEqual(causes.logEvidence + 1e-12);
    }
  });

  it("has the closed form of the second moment of the weights", () => {
    const [a, s, x] = [1, 0.3, 1.1];
    const { mean, covariance } = new LinearGaussian({ weights: [[a]], offset: [0], noise: s }).posterior([x]);
    const grid = new LatentGrid({
      logPrior: (z: number) => log(z, 0, 1),
      logLikelihood: z => log(x, a * z, s),
      rule: trapezoid(-9, 9, 3601),
    });
    const exact = secondMoment({
      posterior: { mean: mean[0] as number, variance: covariance[0]?.[0] as number },
      proposal: { mean: 0, variance: 1 },
    });
    expect(grid.secondMoment(z => log(z, 0, 1))).toBeCloseTo(exact, 10);
  });

  it("covers a plane by a product of rules", () => {
    const linear = new LinearGaussian({ weights: [[1, 0.5]], offset: [0], noise: 0.6 });
    const grid = new LatentGrid({
      logPrior: ([a = 0, b = 0]: readonly number[]) => log(a, 0, 1) + log(b, 0, 1),
      logLikelihood: ([a = 0, b = 0]) => log(0.8, a + 0.5 * b, 0.6),
      rule: productRule(trapezoid(-8, 8, 201), 2),
    });
    expect(grid.logEvidence).toBeCloseTo(linear.logEvidence([0.8]), 10);
  });

  it("lets a z be impossible, by prior, likelihood or q: 0 log 0 = 0", () => {
    const three = new LatentGrid({
      logPrior: at([0.5, 0.5, 0]),
      logLikelihood: z => (z === 2 ? Number.NaN : Math.log([0.2, 0][z] as number)), // undefined where z cannot be
      rule: { points: [0, 1, 2] },
    });
    expect(three.logEvidence).toBeCloseTo(Math.log(0.1), 14);
    expect([0, 1, 2].map(z => three.logPosterior(z) + 0)).toEqual([0, -Infinity, -Infinity]);
    const { reconstruction, kl, elbo, gap } = three.parts(at([1, 0, 0]));
    expect([reconstruction, kl, elbo, gap].map(v => Number(v.toFixed(12)) + 0)).toEqual(
      [Math.log(0.2), Math.LN2, Math.log(0.1), 0].map(v => Number(v.toFixed(12))),
    );
    expect(three.secondMoment(at([1, 0, 0]))).toBeCloseTo(1, 14);
    expect(three.secondMoment(at([0.25, 0.25, 0.5]))).toBeCloseTo(4, 13);
    expect(three.secondMoment(at([0, 1, 0]))).toBe(Infinity);
    const wide = three.parts(at([0.5, 0.5, 0]));
    expect([wide.reconstruction, wide.elbo, wide.gap]).toEqual([-Infinity, -Infinity, Infinity]);
  });

  it("refuses NaN, ∞ and an x that no z explains", () => {
    const rule = { points: [0, 1] };
    for (const wrong of [Number.NaN, Infinity]) {
      const make = () => new LatentGrid({ logPrior: () => -1, logLikelihood: z => (z === 1 ? wrong : 0), rule });
      expect(make).toThrow(/log p\(x, z\) must be a number or −∞, but got (NaN|Infinity) at point 1 of 2/);
    }
    const first = { logPrior: () => -1, logLikelihood: (z: number) => (z === 0 ? Number.NaN : 0), rule };
    expect(() => new LatentGrid(first)).toThrow(/got NaN at point 0 of 2/);
    const never = new LatentGrid({ logPrior: () => Math.log(0.5), logLikelihood: () => -Infinity, rule });
    expect(never.logEvidence).toBe(-Infinity);
    expect(() => never.logPosterior(0)).toThrow(/p\(x\) must be positive for a posterior, but got 0/);
    expect(() => causes.expectation(at(guess), () => Number.NaN)).toThrow(/f must be a number where q is positive/);
    expect(() =>
      causes.expectation(
        () => Number.NaN,
        () => 1,
      ),
    ).toThrow(/q must sum to 1 over the rule, but got NaN/);
    expect(() => causes.secondMoment(() => 0)).toThrow(/q must sum to 1 over the rule, but got 3/);
  });

  it("needs a sum of 1 to a millionth, and a point", () => {
    const q = (mass: number) => at([mass, 0, 0]);
    expect(causes.expectation(q(1 + 9e-7), () => 2)).toBeCloseTo(2, 5);
    for (const mass of [1 + 2e-6, 1 - 2e-6, 0, 2]) {
      expect(() => causes.expectation(q(mass), () => 2)).toThrow(/q must sum to 1 over the rule/);
    }
    const none = { logPrior: () => 0, logLikelihood: () => 0, rule: { points: [], logWeights: [] } };
    expect(() => new LatentGrid(none)).toThrow(/at least one, but got 0 and 0/);
    expect(new LatentGrid({ ...none, rule: { points: ["a"], logWeights: [Math.log(3)] } }).logEvidence).toBe(
      Math.log(3),
    );
  });

  it("says −∞ where the likelihood rules a z out, and asks nothing of it where the prior does", () => {
    let asked = 0;
    const grid = new LatentGrid({
      logPrior: at([0.5, 0, 0.5]),
      logLikelihood: z => {
        asked++;
        return at([0, 0.4, 0.4])(z);
      },
      rule: { points: [0, 1, 2] },
    });
    expect(asked).toBe(2);
    expect([0, 1, 2].map(z => grid.logJoint(z))).toEqual([-Infinity, -Infinity, Math.log(0.5) + Math.log(0.4)]);
  });

  it("has second moments also where q underflows and the posterior does not", () => {
    // p(z) = 1, e^−300 and q(z) = 1, e^−800, each with half of it twice: Σ p²/q = 1 + e^200.
    const rare = new LatentGrid({
      logPrior: z => (z === 0 ? 0 : -300),
      logLikelihood: () => 0,
      rule: { points: [0, 0, 1, 1], logWeights: [0, 0, 0, 0].map(() => -Math.LN2) },
    });
    expect(Math.log(rare.secondMoment(z => (z === 0 ? 0 : -800)))).toBeCloseTo(200, 9);
    const impossible = new LatentGrid({ logPrior: at([1, 0, 0]), logLikelihood: () => 0, rule: { points: [0, 1, 2] } });
    expect(impossible.secondMoment(at([1, 0, 0]))).toBe(1);
  });

  it("says which function is none", () => {
    const none = undefined as never;
    expect(() => causes.secondMoment(none)).toThrow("LatentGrid.secondMoment: logQ must be a function, but got");
    expect(() => causes.expectation(none, z => z)).toThrow("LatentGrid.expectation: logQ must be a function, but got");
    expect(() => causes.expectation(Math.log, none)).toThrow("LatentGrid.expectation: f must be a function, but got");
  });

  it("refuses a q that does not sum to 1, and weights that are not as many as points", () => {
    expect(() => causes.parts(() => Math.log(0.5))).toThrow(/q must sum to 1 over the rule, but got 1.5/);
    const { points } = gaussHermite(3);
    const options = { logPrior: () => 0, logLikelihood: () => 0, rule: { points, logWeights: [0] } };
    expect(() => new LatentGrid(options)).toThrow(/as many weights as points, and at least one, but got 1 and 3/);
  });
});

describe("productRule", () => {
  it("integrates products of polynomials under the standard normal", () => {
    const { points, logWeights } = productRule(gaussHermite(4), 2);
    const expect4 = points.reduce(
      (sum, [a = 0, b = 0], i) => sum + Math.exp(logWeights[i] as number) * a ** 4 * b ** 2,
      0,
    );
    expect(points.length).toBe(16);
    expect(expect4).toBeCloseTo(3, 10);
    expect(() => productRule(gaussHermite(20), 5)).toThrow(/at most a million points/);
  });
});
