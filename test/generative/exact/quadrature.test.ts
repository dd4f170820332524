import { describe, expect, it } from "vitest";
import {
  gaussHermite,
  gaussLegendre,
  logIntegral,
  logIntegral2d,
  logMeanExp,
  logSumExp,
  productRule,
  simpson,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { assertExpectation } from "../../../src/generative/exact/quadrature.ts";
import { expectClose } from "../../support/close.ts";

describe("gaussHermite", () => {
  it.each([1, 2, 5, 20])("with %i points is exact for polynomials of degree 2n − 1", n => {
    const { points, logWeights } = gaussHermite(n);
    for (let degree = 0; degree < 2 * n && degree <= 24; degree++) {
      const sum = points.reduce((total, z, i) => total + Math.exp(logWeights[i] as number) * z ** degree, 0);
      // E z^(2m) = (2m − 1)!!, and 0 for odd powers
      const moment =
        degree % 2 === 1 ? 0 : Array.from({ length: degree / 2 }, (_, i) => 2 * i + 1).reduce((a, b) => a * b, 1);
      const scale = points.reduce(
        (total, z, i) => total + Math.exp(logWeights[i] as number) * Math.abs(z) ** degree,
        0,
      );
      expect(Math.abs(sum - moment)).toBeLessThan(1e-9 * Math.max(1, scale));
    }
  });

  it("refuses zero points", () => expect(() => gaussHermite(0)).toThrow(/n must be a positive integer, but got 0/));
});

describe("trapezoid", () => {
  it("integrates a Gaussian in one and two dimensions to 1e-12", () => {
    const rule = trapezoid(-10, 10, 401);
    const log = (z: number) => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
    expect(logIntegral(log, rule)).toBeCloseTo(0, 12);
    expect(logIntegral2d((a, b) => log(a) + log((b - 0.3 * a) / 0.5) - Math.log(0.5), rule)).toBeCloseTo(0, 12);
  });

  it("agrees with Gauss–Hermite on a smooth likelihood", () => {
    const logLikelihood = (z: number) => -Math.cos(z) - 0.1 * z * z;
    const prior = (z: number) => -0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
    const dense = logIntegral(z => logLikelihood(z) + prior(z), trapezoid(-12, 12, 2001));
    expect(logIntegral(logLikelihood, gaussHermite(40))).toBeCloseTo(dense, 10);
  });

  it("refuses an empty interval", () => expect(() => trapezoid(1, 1, 10)).toThrow(/from < to and n ≥ 2 are needed/));
});

it("rules refuse numbers of points and intervals that are none", () => {
  for (const n of [0, -3, 1.5, Number.NaN]) {
    expect(() => gaussHermite(n)).toThrow("gaussHermite: n must be a positive integer");
    expect(() => gaussLegendre(0, 1, n)).toThrow("gaussLegendre: from < to and n ≥ 1 are needed");
    expect(() => trapezoid(0, 1, n)).toThrow("trapezoid: from < to and n ≥ 2 are needed");
  }
  expect(() => trapezoid(0, 1, 1)).toThrow("trapezoid: from < to and n ≥ 2 are needed");
  for (const n of [-3, 0, 1, 4, 3.5, Number.NaN]) {
    expect(() => simpson(0, 1, n)).toThrow("simpson: n must be odd and at least 3");
  }
  for (const make of [gaussLegendre, trapezoid, simpson]) {
    for (const [from, to] of [
      [1, 1],
      [1, 0],
      [0, Infinity],
      [-Infinity, 0],
      [-1.7e308, 1.7e308],
      [Number.NaN, 1],
      [0, Number.NaN],
    ] as const) {
      expect(() => make(from, to, 3)).toThrow("from < to and n ≥");
    }
  }
});

it("the smallest rules are those of the books", () => {
  const log = (weights: number[]) => weights.map(Math.log);
  expect(gaussHermite(1)).toEqual({ points: [0], logWeights: [0] });
  expectClose(gaussLegendre(2, 6, 1).points, [4], { relative: 1e-15 });
  expectClose(gaussLegendre(2, 6, 1).logWeights, log([4]), { relative: 1e-15 });
  expectClose(gaussLegendre(2, 6, 2).points, [4 - 2 / Math.sqrt(3), 4 + 2 / Math.sqrt(3)], { relative: 1e-15 });
  expectClose(gaussLegendre(-1, 1, 3).points, [-Math.sqrt(0.6), 0, Math.sqrt(0.6)], { absolute: 1e-15 });
  expectClose(gaussLegendre(-1, 1, 3).logWeights, log([5 / 9, 8 / 9, 5 / 9]), { absolute: 1e-14 });
  expect(trapezoid(1, 3, 2)).toEqual({ points: [1, 3], logWeights: [0, 0] });
  expect(trapezoid(1, 3, 3)).toEqual({ points: [1, 2, 3], logWeights: log([0.5, 1, 0.5]) });
  expect(simpson(1, 3, 3).points).toEqual([1, 2, 3]);
  expectClose(simpson(1, 3, 3).logWeights, log([1 / 3, 4 / 3, 1 / 3]), { relative: 1e-14 });
  expectClose(simpson(0, 6, 7).logWeights, log([1, 4, 2, 4, 2, 4, 1].map(w => w / 3)), { relative: 1e-14 });
});

it("points are as near to one end as to the other, and the ends themselves exact", () => {
  const [left, right] = [gaussLegendre(0, 1, 200).points, gaussLegendre(-1, 0, 200).points];
  expect(right.map(x => -x).reverse()).toEqual(left);
  expect(trapezoid(0.1, 0.7, 38).points.at(-1)).toBe(0.7); // 0.1 + 37 steps are 0.7 + 2⁻⁵³
});

describe("logIntegral", () => {
  const rule = { points: [1, 2], logWeights: [0, Math.LN2] };

  it("sums in logs: log Σ_i w_i e^f(z_i), over one axis and over two", () => {
    expectClose(
      logIntegral(z => 3 * z, rule),
      Math.log(Math.exp(3) + 2 * Math.exp(6)),
      { relative: 1e-15 },
    );
    expectClose(
      logIntegral2d((a, b) => a - 2 * b, rule),
      Math.log((Math.E + 2 * Math.E ** 2) * (Math.exp(-2) + 2 * Math.exp(-4))),
      { relative: 1e-14 },
    );
    expect(logIntegral(() => -Infinity, rule)).toBe(-Infinity);
    expectClose(
      logIntegral(z => (z === 1 ? -Infinity : 5), rule),
      5 + Math.LN2,
      { relative: 1e-15 },
    );
  });

  it("refuses an f that is NaN somewhere, the first point as well, and a rule that is none", () => {
    for (const wrong of [1, 2]) {
      expect(() => logIntegral(z => (z === wrong ? Number.NaN : 0), rule)).toThrow(`but got NaN at ${wrong};`);
    }
    for (const [points, logWeights] of [
      [[1, 2], [0]],
      [[1], [0, 0]],
      [[], []],
    ] as const) {
      expect(() => logIntegral(() => 0, { points, logWeights })).toThrow("logIntegral: a rule must have a weight");
      expect(() => productRule({ points, logWeights }, 2)).toThrow("productRule: a rule must have a weight");
    }
  });
});

describe("productRule", () => {
  it("has every combination, the last axis fastest, and the sum of the log-weights", () => {
    const rule = productRule({ points: [1, 2], logWeights: [10, 20] }, 2);
    expect(rule.points).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
    expect(rule.logWeights).toEqual([20, 30, 30, 40]);
    expect(productRule({ points: [1, 2], logWeights: [10, 20] }, 1)).toEqual({
      points: [[1], [2]],
      logWeights: [10, 20],
    });
  });

  it("refuses dimensions that are none, and more than a million points", () => {
    const rule = trapezoid(0, 1, 2);
    for (const d of [0, -1, 1.5, Number.NaN]) {
      expect(() => productRule(rule, d)).toThrow("d must be a positive integer with at most a million points");
    }
    expect(() => productRule(trapezoid(0, 1, 1001), 2)).toThrow("but got d = 2 with 1001 points an axis");
  });
});

describe("logSumExp", () => {
  it("neither over- nor underflows", () => {
    expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
    expect(logSumExp([-1000, -1001])).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 12);
    expect(logSumExp([-Infinity, -Infinity])).toBe(-Infinity);
    expect(logSumExp([])).toBe(-Infinity);
  });

  it("lets ∞ be ∞ and NaN be NaN, and has no mean of nothing", () => {
    expect(logSumExp([Infinity, 1, -Infinity])).toBe(Infinity);
    expect(logSumExp([Infinity, Infinity])).toBe(Infinity);
    expect(logSumExp([1, Number.NaN, Infinity])).toBeNaN();
    expect(logMeanExp([-Infinity])).toBe(-Infinity);
    expect(() => logMeanExp([])).toThrow(/values must have an entry, but got none/);
  });

  it("has a mean that divides by n", () => expect(logMeanExp([3, 3, 3, 3])).toBeCloseTo(3, 14));
});

describe("a rule that is used", () => {
  const rule = gaussHermite(3);

  it("needs a function that gives numbers, and is told by the name of what uses it", () => {
    const odd: ((z: number) => number)[] = [(() => "1") as never, () => Number.NaN];
    for (const [i, f] of odd.entries()) {
      const said =
        i === 0 ? 'f must be a number, but got "1";' : "f must be a number or −∞ at every point, but got NaN";
      expect(() => logIntegral(f, rule)).toThrow(`logIntegral: ${said}`);
      expect(() => logIntegral2d(f, rule)).toThrow(`logIntegral2d: ${said}`);
      expect(() => logIntegral2d((a, b) => (a === 0 && b === 0 ? f(0) : 0), rule)).toThrow(`logIntegral2d: ${said}`);
    }
    expect(() => logIntegral(() => 0, {} as never)).toThrow("rule must be an object with points, logWeights, but got");
  });

  it("over vectors for an expectation has a weight a point, and a sum of 1", () => {
    const vectors = productRule(rule, 2);
    expect(() => assertExpectation("test", vectors)).not.toThrow();
    expect(() => assertExpectation("test", { points: vectors.points } as never)).toThrow(
      "test: rule must be an object with points, logWeights, but got undefined for logWeights;",
    );
    expect(() => assertExpectation("test", { logWeights: [0] } as never)).toThrow("but got undefined for points;");
    const twice = vectors.logWeights.map(log => log + Math.LN2);
    expect(() => assertExpectation("test", { ...vectors, logWeights: twice })).toThrow(
      /^test: the weights of the rule must sum to 1, but got (2|1\.9999|2\.0000)/,
    );
    expect(() => assertExpectation("test", { ...vectors, logWeights: [0] })).toThrow(/^test: /);
  });
});
