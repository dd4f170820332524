import { describe, expect, it } from "vitest";
import {
  standardLaplace,
  logisticCdf,
  logisticLogCdf,
  logisticLogSurvival,
  logisticQuantile,
  logisticSurvival,
  normalCdf,
  normalLogCdf,
  normalLogSurvival,
  normalQuantile,
  normalSurvival,
} from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";
import { fixture } from "../../support/fixture.ts";

const reference = fixture("specialFunctions"); // mpmath, 400 digits
const places: number[] = reference.places;
/** null where the value is smaller than the smallest normal float64 number. */
type Values = (number | null)[];

const everyTail = [
  {
    name: "normal",
    cdf: normalCdf,
    survival: normalSurvival,
    logCdf: normalLogCdf,
    logSurvival: normalLogSurvival,
    quantile: normalQuantile,
  },
  {
    name: "logistic",
    cdf: logisticCdf,
    survival: logisticSurvival,
    logCdf: logisticLogCdf,
    logSurvival: logisticLogSurvival,
    quantile: logisticQuantile,
  },
];

describe.each(everyTail)("the $name distribution", ({ name, cdf, survival, logCdf, logSurvival, quantile }) => {
  const expected: Record<"cdf" | "logCdf" | "quantile" | "quantileOfLog", Values> = reference[name];

  it.each([
    ["cdf", cdf, 1],
    ["survival", survival, -1],
    ["logCdf", logCdf, 1],
    ["logSurvival", logSurvival, -1],
  ] as const)("has its %s to 1e-12 relative from −40 to 40, as mpmath", (title, f, sign) => {
    const values = expected[title.startsWith("log") ? "logCdf" : "cdf"];
    expect(values.length).toBe(places.length);
    places.forEach((x, i) => {
      const value = f(sign * x);
      const wanted = values[i] as number | null;
      if (wanted === null) expect(Math.abs(value), `at ${x}`).toBeLessThan(2.3e-308);
      else expectClose(value, wanted, { relative: 1e-12 });
    });
  });

  it("has its quantile to 1e-12 relative from 1e-300 to 1 − 2⁻⁵³, from both tails", () => {
    const masses: number[] = reference.masses;
    masses.forEach((p, i) => {
      const x = (expected.quantile as number[])[i] as number;
      expectClose(quantile(p), x, { relative: 1e-12 });
      expectClose(quantile({ survival: p }), -x, { relative: 1e-12 });
    });
  });

  it("has its quantile to 1e-12 relative from logarithms of −1e5 to −1e-300", () => {
    const logs: number[] = reference.logs;
    logs.forEach((a, i) => {
      const x = (expected.quantileOfLog as number[])[i] as number;
      expectClose(quantile({ logCdf: a }), x, { relative: 1e-12 });
      expectClose(quantile({ logSurvival: a }), -x, { relative: 1e-12 });
    });
  });

  it("gives back x from the logarithm of its smaller tail, out to 1e5", () => {
    for (const x of [-1e5, -300, -40, -9, -1, -0.1]) {
      expectClose(quantile({ logCdf: logCdf(x) }), x, { relative: 1e-11 });
      expectClose(quantile({ logSurvival: logSurvival(-x) }), -x, { relative: 1e-11 });
    }
  });

  it("has its ends at ±∞ and its middle at 0", () => {
    expect([cdf(-Infinity), cdf(Infinity), cdf(0), survival(0)]).toEqual([0, 1, 0.5, 0.5]);
    expect([logCdf(-Infinity), logCdf(Infinity), logSurvival(Infinity)]).toEqual([-Infinity, 0, -Infinity]);
    expect([0, 1, 0.5].map(p => quantile(p))).toEqual([-Infinity, Infinity, 0]);
    expect([-Infinity, 0].map(a => quantile({ logCdf: a }))).toEqual([-Infinity, Infinity]);
    expect([-Infinity, 0].map(a => quantile({ logSurvival: a }))).toEqual([Infinity, -Infinity]);
    expect([cdf, survival, logCdf, logSurvival].map(f => f(Number.NaN))).toEqual(Array(4).fill(Number.NaN));
  });

  it("has its quantile to 1e-12 relative beside the median", () => {
    // By the series of their inverses to the third order in s, the distance from ½; the fifth is 1e-23 of x.
    const p = 0.5 - 1.3e-6;
    const s = 0.5 - p;
    const line = Math.sqrt(2 * Math.PI) * s;
    const x = name === "normal" ? line + line ** 3 / 6 : 4 * s + (16 / 3) * s ** 3;
    expectClose(quantile(p), -x, { relative: 1e-12 });
    expectClose(quantile(0.5 + s), x, { relative: 1e-12 });
    expectClose(quantile({ survival: p }), x, { relative: 1e-12 });
  });

  it("refuses what is no probability, and says who", () => {
    expect(() => quantile(2)).toThrow(`${name}Quantile: a probability must lie in [0, 1], but got 2`);
    for (const p of [-0.1, 1.1, Number.NaN]) {
      expect(() => quantile(p)).toThrow(/a probability must lie in \[0, 1\], but got/);
      expect(() => quantile({ survival: p })).toThrow(/a probability must lie in \[0, 1\], but got/);
    }
    for (const a of [0.1, Number.NaN]) {
      expect(() => quantile({ logCdf: a })).toThrow(/logarithm of a probability must be at most 0, but got/);
      expect(() => quantile({ logSurvival: a })).toThrow(/logarithm of a probability must be at most 0, but got/);
    }
  });
});

it("the logistic σ(x) is e^x below the smallest normal number", () => {
  for (const x of [-709.9, -720, -744]) {
    expect(logisticCdf(x)).toBe(Math.exp(x));
    expect(logisticSurvival(-x)).toBe(Math.exp(x));
  }
});

describe("quantiles of logarithms at the ends of what float64 holds", () => {
  // mpmath, 60 digits
  it.each([
    [2 ** -45, 3.5650395177368025e-14, 5.688979979708575e-14, 2.844489989854328e-14],
    [-(2 ** -45), -3.559226529422921e-14, -5.679703792453028e-14, -2.8398518962265545e-14],
    [2 ** -40, 1.139911632487643e-12, 1.8190357844829608e-12, 9.09517892241894e-13],
    [-(2 ** -40), -1.1398535026034684e-12, -1.8189430226087524e-12, -9.094715113047898e-13],
  ])("of log ½ + %d are right to 1e-12 of themselves, from both sides", (beyond, normal, logistic, laplace) => {
    const log = beyond - Math.LN2;
    for (const [quantile, wanted] of [
      [normalQuantile, normal],
      [logisticQuantile, logistic],
      [standardLaplace.quantile, laplace],
    ] as const) {
      expectClose(quantile({ logCdf: log }), wanted, { relative: 1e-12 });
      expectClose(quantile({ logSurvival: log }), -wanted, { relative: 1e-12 });
    }
  });

  it("of log ½ are 0", () => {
    for (const quantile of [normalQuantile, logisticQuantile, standardLaplace.quantile]) {
      expectClose([quantile({ logCdf: -Math.LN2 }), quantile({ logSurvival: -Math.LN2 })], [0, 0], {});
    }
  });

  it("of −1e308 are numbers", () => {
    expectClose(normalQuantile({ logCdf: -1e308 }), -1.414213562373095e154, { relative: 1e-15 });
    expectClose(normalQuantile({ logSurvival: -1.7e308 }), Math.SQRT2 * Math.sqrt(1.7e308), { relative: 1e-15 });
  });
});
