import { describe, expect, it } from "vitest";
import {
  affineFlow1d,
  bisection,
  cdfFlow,
  composeFlows1d,
  type Density1d,
  flowLogProb,
  type Flow1d,
  inverseFlow1d,
  logisticMixture,
  logProbBetween,
  normalMixture,
  sigmoidFlow,
  standardLaplace,
  standardLogistic,
  standardNormal,
  standardUniform,
  tanhFlow,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const reference = fixture("densities1d"); // mpmath, 400 digits
const gaussians = normalMixture(reference.mixture);
const logistics = logisticMixture(reference.mixture);

const everyDensity: { name: string; density: Density1d }[] = [
  { name: "normal", density: standardNormal },
  { name: "logistic", density: standardLogistic },
  { name: "laplace", density: standardLaplace },
  { name: "normalMixture", density: gaussians },
  { name: "logisticMixture", density: logistics },
];

describe.each(everyDensity)("$name", ({ name, density }) => {
  const rows: Record<"x" | Exclude<keyof Density1d, "quantile">, number>[] = reference.densities[name];

  it("has mpmath's values in both tails, to 1e-12 relative", () => {
    for (const row of rows) {
      for (const key of ["logProb", "cdf", "survival", "logCdf", "logSurvival"] as const) {
        expectClose(density[key](row.x), row[key], { relative: 1e-12 });
      }
    }
  });

  it("has each x as the quantile of what lies on either side of it", () => {
    // Between two components F is flat: there no quantile says x.
    for (const row of rows.filter(({ logProb, logCdf, logSurvival }) => logProb > Math.min(logCdf, logSurvival) - 9)) {
      const smaller = row.logCdf < row.logSurvival;
      const p = smaller ? { logCdf: row.logCdf } : { logSurvival: row.logSurvival };
      // Near 0 a probability of ½ says x to 1e-15 of a scale.
      const close = { relative: 1e-11, absolute: 1e-15 };
      expectClose(density.quantile(p), row.x, close);
      expectClose(density.quantile(smaller ? row.cdf : { survival: row.survival }), row.x, close);
    }
  });

  it("ends at ±∞", () => {
    expect([0, 1].map(p => density.quantile(p))).toEqual([-Infinity, Infinity]);
    expect([-Infinity, Infinity].map(density.cdf)).toEqual([0, 1]);
    expect([-Infinity, Infinity].map(density.survival)).toEqual([1, 0]);
    expect([-Infinity, Infinity].map(density.logCdf)).toEqual([-Infinity, 0]);
    expect([-Infinity, Infinity].map(density.logSurvival)).toEqual([0, -Infinity]);
    expect([-Infinity, Infinity].map(density.logProb)).toEqual([-Infinity, -Infinity]);
    for (const key of ["logProb", "cdf", "survival", "logCdf", "logSurvival"] as const) {
      expect(density[key](Number.NaN)).toBeNaN();
    }
    for (const p of [-1e-9, 1 + 1e-9, Number.NaN]) expect(() => density.quantile(p)).toThrow(/must lie in \[0, 1\]/);
  });
});

describe("logProbBetween", () => {
  const densities = Object.fromEntries(everyDensity.map(({ name, density }) => [name, density]));

  it.each(reference.between as [string, number, number, number][])(
    "of the %s from %d to %d is mpmath's",
    (name, a, b, log) => {
      expectClose(logProbBetween(densities[name] as Density1d, a, b), log, { relative: 1e-12, absolute: 1e-11 });
    },
  );

  it("is 0 for the line, −∞ for a point or far outside, and refuses an interval that is none", () => {
    expect(logProbBetween(standardNormal, -Infinity, Infinity) + 0).toBe(0);
    expect(logProbBetween(standardNormal, 2, 2)).toBe(-Infinity);
    expect(logProbBetween(standardUniform, 2, 3)).toBe(-Infinity);
    expectClose(logProbBetween(standardUniform, 0.25, 3), Math.log(0.75), { absolute: 1e-15 });
    for (const [a, b] of [
      [1, 0],
      [Number.NaN, 1],
      [0, Number.NaN],
    ] as const) {
      expect(() => logProbBetween(standardNormal, a, b)).toThrow(/from must be at most to, but got/);
    }
  });
});

describe("densities by hand", () => {
  it("the logistic's sigmoid at log 3, and Laplace's halves of e^−|x|", () => {
    const { logProb, cdf, survival, logCdf, logSurvival } = standardLogistic;
    for (const x of [Math.log(3), -Math.log(3)]) expectClose(logProb(x), Math.log(3 / 16), { relative: 1e-15 });
    expectClose([cdf(Math.log(3)), survival(Math.log(3))], [0.75, 0.25], { relative: 1e-15 });
    expectClose([logCdf(-Math.log(3)), logSurvival(-Math.log(3))], [Math.log(0.25), Math.log(0.75)], {
      relative: 1e-15,
    });
    const laplace = standardLaplace;
    expectClose([Math.LN2, -Math.LN2].map(laplace.logProb), [Math.log(0.25), Math.log(0.25)], { relative: 1e-15 });
    expectClose([Math.LN2, 0, -Math.LN2].map(laplace.cdf), [0.75, 0.5, 0.25], { relative: 1e-15 });
    expectClose([Math.LN2, 0, -Math.LN2].map(laplace.survival), [0.25, 0.5, 0.75], { relative: 1e-15 });
    expectClose([Math.LN2, 0, -Math.LN2].map(laplace.logCdf), [0.75, 0.5, 0.25].map(Math.log), { relative: 1e-15 });
    expectClose([0.25, 0.5, 0.75].map(laplace.quantile), [-Math.LN2, 0, Math.LN2], { relative: 1e-15 });
    expect(Object.is(laplace.quantile(0.5), 0)).toBe(true);
    expectClose(laplace.quantile({ survival: 0.25 }), Math.LN2, { relative: 1e-15 });
  });

  it("Laplace's quantile of what underflows is the logarithm itself", () => {
    for (const log of [-600, -700, -1000, -1e5]) {
      expectClose(standardLaplace.quantile({ logCdf: log }), log + Math.LN2, { relative: 1e-15 });
      expectClose(standardLaplace.quantile({ logSurvival: log }), -(log + Math.LN2), { relative: 1e-15 });
    }
  });

  it("Laplace's quantile next to ½ keeps its digits", () => {
    const exact = Math.log1p(-(2 ** -29));
    expectClose(standardLaplace.quantile(0.5 - 2 ** -30), exact, { relative: 1e-14 });
    expectClose(standardLaplace.quantile({ survival: 0.5 - 2 ** -30 }), -exact, { relative: 1e-14 });
  });

  it("a quantile of no probability is refused by name", () => {
    expect(() => standardLaplace.quantile(2)).toThrow(/^standardLaplace: a probability must lie in/);
    expect(() => standardUniform.quantile(2)).toThrow(/^standardUniform: a probability must lie in/);
  });

  it("the probability of an interval is that of the mirrored one, and a sum of its parts", () => {
    for (const density of [standardNormal, standardLogistic, standardLaplace]) {
      for (const [a, b] of [
        [-1, 2],
        [0.5, 3],
        [-0.3, 0.3],
        [7, 9],
      ] as const) {
        const log = logProbBetween(density, a, b);
        expectClose(logProbBetween(density, -b, -a), log, { relative: 1e-14, absolute: 1e-14 });
        const middle = (a + b) / 2;
        const parts = Math.exp(logProbBetween(density, a, middle)) + Math.exp(logProbBetween(density, middle, b));
        expectClose(parts, Math.exp(log), { relative: 1e-13 });
      }
    }
    // Laplace from log 2 to log 4: ½ (½ − ¼).
    expectClose(logProbBetween(standardLaplace, Math.LN2, 2 * Math.LN2), -3 * Math.LN2, { relative: 1e-15 });
    expectClose(logProbBetween(standardUniform, 0.25, 0.75), -Math.LN2, { relative: 1e-15 });
  });
});

describe("the uniform density", () => {
  it("is exact inside, and 0 or 1 outside", () => {
    const { logProb, cdf, survival, logCdf, logSurvival, quantile } = standardUniform;
    expect([-1, 0, 0.25, 1, 2, Number.NaN].map(logProb)).toEqual([
      -Infinity,
      -Infinity,
      0,
      -Infinity,
      -Infinity,
      Number.NaN,
    ]);
    expect([-1, 1e-300, 0.25, 2].map(cdf)).toEqual([0, 1e-300, 0.25, 1]);
    expect([-1, 0.25, 1 - 2 ** -53, 2].map(survival)).toEqual([1, 0.75, 2 ** -53, 0]);
    expectClose([1e-300, 0.25, 1].map(logCdf), [-300 * Math.LN10, -2 * Math.LN2, 0], { relative: 1e-15 });
    expectClose(logSurvival(1e-20), -1e-20, { relative: 1e-15 });
    expect([quantile(1e-300), quantile(0.75), quantile({ survival: 0.25 })]).toEqual([1e-300, 0.75, 0.75]);
    expectClose(quantile({ logSurvival: -1e-20 }), 1e-20, { relative: 1e-14 });
  });
});

describe("mixtures", () => {
  it("take weights of exactly 0 and 1, wherever the unused component is", () => {
    for (const unused of [0, 1e5]) {
      const one = normalMixture({ weights: [1, 0], means: [2, unused], stds: [3, 1e-3] });
      for (const x of [-90, 0, 2, 2.5, 100]) {
        expectClose(one.logCdf(x), standardNormal.logCdf((x - 2) / 3), { relative: 1e-12 });
        const tail = x < 2 ? { logCdf: one.logCdf(x) } : { logSurvival: one.logSurvival(x) };
        expectClose(one.quantile(tail), x, { relative: 1e-12, absolute: 1e-14 });
      }
    }
  });

  it.each([
    [{ weights: [0.5, 0.5], means: [0], stds: [1, 1] }, /one entry a component, but got 2, 1 and 2/],
    [{ weights: [1.5, -0.5], means: [0, 1], stds: [1, 1] }, /must not be negative, but got -0.5/],
    [{ weights: [0.5, 0.4], means: [0, 1], stds: [1, 1] }, /must sum to 1, but got 0.9/],
    [{ weights: [0.5, Number.NaN], means: [0, 1], stds: [1, 1] }, /must not be negative, but got NaN/],
    [{ weights: [0.5, 0.5], means: [0, Number.NaN], stds: [1, 1] }, /means must be finite, but got NaN/],
    [{ weights: [0.5, 0.5], means: [0, 1], stds: [1, 0] }, /stds must be positive and finite, but got 0/],
    [{ weights: [0.5, 0.5], means: [0, 1], stds: [1, Infinity] }, /stds must be positive and finite, but got Inf/],
    [{ weights: [], means: [], stds: [] }, /must sum to 1, but got 0/],
  ])("refuse %o", (parameters, why) => {
    expect(() => normalMixture(parameters)).toThrow(why);
    expect(() => logisticMixture(parameters)).toThrow(why);
  });
});

describe("flows from tail to tail", () => {
  const toLogistic = composeFlows1d(cdfFlow(standardNormal), inverseFlow1d(cdfFlow(standardLogistic)));
  const toLaplace = composeFlows1d(cdfFlow(gaussians), inverseFlow1d(cdfFlow(standardLaplace)));

  it.each([
    ["normal to logistic", toLogistic, reference.normalToLogistic],
    ["mixture to Laplace", toLaplace, reference.mixtureToLaplace],
  ] as [string, Flow1d, { x: number; z: number; logDet: number }[]][])(
    "%s: mpmath's z and log-determinant, and back",
    (_, flow, rows) => {
      for (const { x, z, logDet } of rows) {
        expectClose(flow.forward(x).z, z, { relative: 1e-12 });
        expectClose(flow.forward(x).logDet, logDet, { relative: 1e-10, absolute: 1e-10 });
        expectClose(flow.inverse(z), x, { relative: 1e-10 });
        expectClose(inverseFlow1d(flow).forward(z).z, x, { relative: 1e-10 });
        expectClose(inverseFlow1d(flow).forward(z).logDet, -logDet, { relative: 1e-9, absolute: 1e-9 });
      }
    },
  );

  const pair = normalMixture({ weights: [0.4, 0.6], means: [-1, 1], stds: [0.8, 1.3] });
  const halfTanh = affineFlow1d({ scale: 2, shift: -1 }); // (1 + z) / 2, from (−1, 1) to (0, 1)
  const flipped = affineFlow1d({ scale: -1, shift: 1 }); //   1 − z, which swaps the ends of (0, 1)
  it.each([
    ["a CDF flow and its inverse", [cdfFlow(standardNormal), inverseFlow1d(cdfFlow(standardNormal))], 1],
    ["a mixture's and its inverse", [cdfFlow(pair), inverseFlow1d(cdfFlow(pair))], 1],
    ["the sigmoid and its inverse", [sigmoidFlow, inverseFlow1d(sigmoidFlow)], 1],
    ["tanh and its inverse", [tanhFlow, inverseFlow1d(tanhFlow)], 1],
    ["tanh, moved to (0, 1), and the inverse of the sigmoid: 2x", [tanhFlow, halfTanh, inverseFlow1d(sigmoidFlow)], 2],
    ["the sigmoid, turned round, and its inverse: −x", [sigmoidFlow, flipped, inverseFlow1d(sigmoidFlow)], -1],
  ] as [string, Flow1d[], number][])("%s give x back out to ±400", (_, flows, factor) => {
    const flow = composeFlows1d(...flows);
    for (const x of [-400, -37, -20, -9, -1, -0.001, 0.001, 1, 9, 20, 37, 400]) {
      expectClose(flow.forward(x).z, factor * x, { relative: 1e-10 });
      expectClose(flow.forward(x).logDet, Math.log(Math.abs(factor)), { absolute: 1e-9 });
      expectClose(flow.inverse(factor * x), x, { relative: 1e-10 });
    }
  });

  it("gives a density its own log-probability where Φ rounds to 0 or 1", () => {
    for (const x of [-39, -9, 9, 39]) {
      expectClose(flowLogProb(cdfFlow(standardNormal), standardUniform, x), standardNormal.logProb(x), {
        relative: 1e-14,
      });
      expectClose(flowLogProb(sigmoidFlow, standardUniform, x), standardLogistic.logProb(x), { relative: 1e-14 });
    }
  });
});

describe("each flow on the range that its comment names", () => {
  const range = (from: number, to: number) => Array.from({ length: 41 }, (_, i) => from + ((to - from) * i) / 40);

  it("the normal's, from −37 to 4.7", () => {
    const flow = cdfFlow(standardNormal);
    for (const x of range(-37, 4.7)) expectClose(flow.inverse(flow.forward(x).z), x, { absolute: 1e-10 });
    expectClose(flow.inverse(1e-20), -9.262340089798407, { relative: 1e-12 }); // mpmath
    expect(flow.inverse(flow.forward(9).z)).toBe(Infinity);
  });

  it("the sigmoid, from −690 to 14", () => {
    for (const x of range(-690, 14)) {
      expectClose(sigmoidFlow.inverse(sigmoidFlow.forward(x).z), x, { relative: 1e-10 });
    }
  });

  it("tanh, from −7 to 7", () => {
    for (const x of range(-7, 7)) expectClose(tanhFlow.inverse(tanhFlow.forward(x).z), x, { relative: 1e-10 });
    expectClose(tanhFlow.inverse(tanhFlow.forward(1e-12).z), 1e-12, { relative: 1e-15 });
  });

  it("refuses a z that is no value of it, and a scale that is none", () => {
    for (const z of [-0.5, 1.5, Number.NaN]) {
      expect(() => cdfFlow(standardNormal).inverse(z)).toThrow(/a probability must lie in \[0, 1\], but got/);
      expect(() => sigmoidFlow.inverse(z)).toThrow(/a probability must lie in \[0, 1\], but got/);
    }
    for (const z of [-1.5, Number.NaN]) expect(() => tanhFlow.inverse(z)).toThrow(/z must lie in \[−1, 1\], but got/);
    expect(() => affineFlow1d({ scale: Number.NaN, shift: 0 })).toThrow(/must be finite, but got NaN and 0/);
    expect(() => affineFlow1d({ scale: 1, shift: Infinity })).toThrow(/must be finite, but got 1 and Infinity/);
  });

  it("a density without a quantile is inverted by bisection", () => {
    const flow = cdfFlow({ logProb: standardLogistic.logProb, cdf: standardLogistic.cdf });
    expectClose(flow.inverse(0.2), Math.log(0.25), { relative: 1e-14 });
  });
});

describe("bisection", () => {
  it("finds roots of any size, at the ends of float64 and at 0", () => {
    for (const y of [1e-200, -3, 0, 1e307, -1.7e308])
      expectClose(
        bisection(x => x, y),
        y,
        { relative: 1e-15 },
      );
  });

  it("refuses a function that decreases, or is NaN", () => {
    expect(() => bisection(x => -x, 0.3)).toThrow(/f must increase|it must increase/);
    expect(() => bisection(x => (Math.abs(x) < 0.3 ? Number.NaN : x), 0.1)).toThrow(/f must be a number everywhere/);
    expect(() => bisection(x => x, Number.NaN)).toThrow(/y must be a value of f, but got NaN/);
  });
});
