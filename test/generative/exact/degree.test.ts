import { describe, expect, it } from "vitest";
import {
  gaussHermite,
  gaussLegendre,
  logIntegral,
  logSumExp,
  productRule,
  type Quadrature,
  simpson,
  trapezoid,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const reference = fixture("quadrature"); // mpmath, 60 digits
/** log E z^2k of N(0, 1), for k = 0 … 199. */
const logMoments: number[] = reference.logMoments;

/** log of an integral of x^degree, all terms positive. */
const logPower = (rule: Quadrature, degree: number) =>
  logIntegral(x => (degree === 0 ? 0 : degree * Math.log(Math.abs(x))), rule);

const everyRule = [1, 2, 3, 10, 40, 41, 60, 97, 140, 200].flatMap(n => [
  { name: `gaussHermite(${n})`, rule: gaussHermite(n), degree: 2 * n - 1, logMoment: (k: number) => logMoments[k / 2] },
  {
    name: `gaussLegendre(-1, 1, ${n})`,
    rule: gaussLegendre(-1, 1, n),
    degree: 2 * n - 1,
    logMoment: (k: number) => Math.log(2 / (k + 1)),
  },
]);
const everyNewtonCotes = [
  { name: "trapezoid", make: trapezoid, degree: 1 },
  { name: "simpson", make: simpson, degree: 3 },
];

describe.each(everyRule)("$name", ({ rule, degree, logMoment }) => {
  it("integrates every even power to its degree, in logs, to 1e-12", () => {
    for (let k = 0; k <= degree; k += 2) {
      expectClose(logPower(rule, k), logMoment(k) as number, { absolute: 1e-12, relative: 1e-15 });
    }
  });

  it("has no degree more", () => {
    const next = degree + 1;
    // By how much is known: the rule of n points misses z^2n by the square of a monic polynomial's norm.
    const exact = next / 2 < logMoments.length ? logMoment(next) : undefined;
    if (exact === undefined || rule.points.length > 20) return;
    expect(logPower(rule, next)).toBeLessThan(exact - 1e-7);
  });

  it("is symmetric, so that odd powers are 0 exactly", () => {
    expect(rule.points.map(x => 0 - x).reverse()).toEqual([...rule.points]);
    expect([...rule.logWeights].reverse()).toEqual([...rule.logWeights]);
    expect(rule.points).toEqual([...rule.points].sort((a, b) => a - b));
  });
});

describe.each(everyNewtonCotes)("$name", ({ make, degree }) => {
  it.each([3, 5, 101])("with %i points integrates powers to its degree, whatever the interval", n => {
    for (const [from, to] of [
      [0, 1],
      [2, 7],
      [1e-8, 3e-8],
      [1e7, 1e8],
    ] as const) {
      for (let k = 0; k <= degree; k++) {
        const exact = Math.log((to ** (k + 1) - from ** (k + 1)) / (k + 1));
        expectClose(logPower(make(from, to, n), k), exact, { absolute: 1e-13, relative: 1e-15 });
      }
      const more = Math.log((to ** (degree + 2) - from ** (degree + 2)) / (degree + 2));
      expect(logPower(make(from, to, n), degree + 1)).toBeGreaterThan(more + 1e-10);
    }
  });

  it("has its ends as points, exactly", () => {
    for (const [from, to] of [
      [-8, 8],
      [0.1, 0.7],
      [-1 / 3, 1e9],
    ] as const) {
      const { points } = make(from, to, 777);
      expect([points[0], points.at(-1)]).toEqual([from, to]);
    }
  });
});

describe("Gauss rules against mpmath", () => {
  const half = ({ points, logWeights }: Quadrature) => ({
    points: points.slice(Math.floor(points.length / 2)),
    logWeights: logWeights.slice(Math.floor(points.length / 2)),
  });

  it.each(reference.hermite as (Quadrature & { n: number })[])("gaussHermite($n): points and log-weights", expected => {
    const rule = half(gaussHermite(expected.n));
    expectClose(rule.points, expected.points, { relative: 1e-14 });
    expectClose(rule.logWeights, expected.logWeights, { absolute: 1e-12 });
  });

  it.each(reference.legendre as (Quadrature & { n: number })[])("gaussLegendre($n): points and weights", expected => {
    const rule = half(gaussLegendre(-1, 1, expected.n));
    expectClose(rule.points, expected.points, { relative: 1e-13 });
    expectClose(
      rule.logWeights,
      expected.logWeights.map(log => log + Math.LN2),
      { absolute: 1e-12 },
    );
  });
});

describe("what a rule of high degree is for", () => {
  it.each([20, 60, 100, 200])("E exp(0.4 z²) = 1/√0.2, which only the tail weights give, with %i points", n => {
    const exact = -0.5 * Math.log(0.2);
    // The integrand is no polynomial: the error falls as (0.4 / 0.6)^n.
    expectClose(
      logIntegral(z => 0.4 * z * z, gaussHermite(n)),
      exact,
      { absolute: 2 * (2 / 3) ** n + 1e-12 },
    );
  });

  it("E exp(20 z) = e^200, whose mass lies where the weights are e^−200", () => {
    expectClose(
      logIntegral(z => 20 * z, gaussHermite(200)),
      200,
      { absolute: 1e-9 },
    );
  });

  it("stays finite for a thousand points, whose weights underflow", () => {
    const { points, logWeights } = gaussHermite(1000);
    expectClose(logSumExp(logWeights), 0, { absolute: 1e-12 });
    expect(Math.min(...logWeights)).toBeLessThan(-1900);
    expectClose(logSumExp(points.map((z, i) => (logWeights[i] as number) + 1000 * Math.log(Math.abs(z)))), fac2(999), {
      relative: 1e-14,
    });
  });

  it("keeps the points of an interval inside it", () => {
    for (const [from, to] of [
      [1e15, 1e15 + 1],
      [-1e-300, 1e-300],
      [0, 1],
    ] as const) {
      for (const x of gaussLegendre(from, to, 200).points) {
        expect(x).toBeGreaterThanOrEqual(from);
        expect(x).toBeLessThanOrEqual(to);
      }
    }
  });

  it("integrates over a square and a cube as over the line", () => {
    const { points, logWeights } = productRule(gaussHermite(60), 2);
    const terms = points.map(
      ([a = 0, b = 0], i) => 60 * Math.log(Math.abs(a)) + 40 * Math.log(Math.abs(b)) + (logWeights[i] as number),
    );
    expectClose(logSumExp(terms), (logMoments[30] as number) + (logMoments[20] as number), { absolute: 1e-11 });
  });
});

/** log n!! */
function fac2(n: number): number {
  return n <= 1 ? 0 : Math.log(n) + fac2(n - 2);
}

describe("what a rule refuses", () => {
  it.each([
    [() => gaussHermite(2.5), /n must be a positive integer, but got 2.5/],
    [() => gaussHermite(Number.NaN), /n must be a positive integer, but got NaN/],
    [() => gaussLegendre(1, 1, 5), /from < to and n ≥ 1 are needed, but got \[1, 1\]/],
    [() => gaussLegendre(0, Infinity, 5), /from < to and n ≥ 1 are needed/],
    [() => gaussLegendre(0, 1, 0), /n = 0/],
    [() => trapezoid(0, Infinity, 5), /from < to and n ≥ 2 are needed, but got \[0, Infinity\]/],
    [() => trapezoid(Number.NaN, 1, 5), /from < to and n ≥ 2 are needed, but got \[NaN, 1\]/],
    [() => simpson(0, 1, 4), /n must be odd and at least 3, but got 4; use n = 5/],
    [() => simpson(0, 1, 1), /n must be odd and at least 3, but got 1; use n = 3/],
    [() => simpson(0, 1, Number.NaN), /n must be odd and at least 3, but got NaN; use n = 3/],
    [() => simpson(1, 0, 5), /from < to/],
    [() => logIntegral(Math.log, trapezoid(-1, 1, 5)), /must be a number or −∞ at every point, but got NaN at -1/],
    [() => logIntegral(z => z, { points: [], logWeights: [] }), /one at least, but got 0 for 0/],
    [() => productRule({ points: [1, 2], logWeights: [0] }, 2), /a weight for each of its points.*but got 1 for 2/],
  ] as [() => unknown, RegExp][])("case %#", (make, why) => expect(make).toThrow(why));

  it("but not an f that is −∞ everywhere, or ∞ somewhere", () => {
    expect(logIntegral(() => -Infinity, trapezoid(0, 1, 5))).toBe(-Infinity);
    expect(logIntegral(z => -Math.log(z), trapezoid(0, 1, 5))).toBe(Infinity);
  });
});
