import { describe, expect, it } from "vitest";
import { log1mExp, type Probability, tailOf } from "../../../src/generative/exact/probability.ts";
import { expectClose } from "../../support/close.ts";

describe("tailOf", () => {
  it.each<[Probability, string, number]>([
    [0, "lower", 0],
    [1e-300, "lower", 1e-300],
    [0.25, "lower", 0.25],
    [0.5, "lower", 0.5],
    [0.75, "upper", 0.25],
    [1 - 2 ** -53, "upper", 2 ** -53],
    [1, "upper", 0],
    [{ survival: 0 }, "upper", 0],
    [{ survival: 0.25 }, "upper", 0.25],
    [{ survival: 0.5 }, "upper", 0.5],
    [{ survival: 0.75 }, "lower", 0.25],
    [{ survival: 1 }, "lower", 0],
  ])("of %o is the %s one of %d, exactly", (p, side, mass) => {
    expect(tailOf("F", p)).toEqual({ side, mass, missing: 0.5 - mass, logMass: Math.log(mass) });
  });

  it.each([
    [-Infinity, true, 0, -Infinity],
    [-1000, true, 0, -1000],
    [-1, true, Math.exp(-1), -1],
    [-Math.LN2, true, 0.5, -Math.LN2],
    [-0.5, false, 0.3934693402873666, -0.9327521295671886], // 1 − e^a and its logarithm: mpmath
    [-1e-20, false, 1e-20, -20 * Math.LN10],
    [0, false, 0, -Infinity],
  ])("of the logarithm %d is its own side (%s), of %d", (log, own, mass, logMass) => {
    const [lower, upper] = [tailOf("F", { logCdf: log }), tailOf("F", { logSurvival: log })];
    expect([lower.side, upper.side]).toEqual(own ? ["lower", "upper"] : ["upper", "lower"]);
    for (const tail of [lower, upper]) {
      // 0 is a mass of ±0, ∞ away from nothing.
      if (Number.isFinite(logMass)) expectClose(tail.logMass, logMass, { relative: 4e-16 });
      else expect(tail.logMass).toBe(logMass);
      expectClose(tail.mass, mass, { relative: 4e-16 });
    }
  });

  it("refuses what is no probability, and no logarithm of one", () => {
    for (const p of [-1e-300, 1 + 2 ** -52, Number.NaN]) {
      expect(() => tailOf("F", p)).toThrow("F: a probability must lie in [0, 1]");
      expect(() => tailOf("F", { survival: p })).toThrow("F: a probability must lie in [0, 1]");
    }
    for (const log of [1e-300, Infinity, Number.NaN]) {
      expect(() => tailOf("F", { logCdf: log })).toThrow("F: the logarithm of a probability must be at most 0");
      expect(() => tailOf("F", { logSurvival: log })).toThrow("F: the logarithm of a probability must be at most 0");
    }
  });
});

it("log1mExp is mpmath's log (1 − e^a), from a of −1e-300 to one whose e^a underflows", () => {
  const values = [
    [-1e-300, -690.7755278982137],
    [-1e-20, -46.051701859880914],
    [-0.001, -6.908255237315471],
    [-0.5, -0.9327521295671886],
    [-Math.LN2, -Math.LN2],
    [-0.7, -0.6863410028083852],
    [-1, -0.4586751453870819],
    [-5, -0.006760749449488558],
    [-50, -1.9287498479639178e-22],
  ] as const;
  for (const [a, log] of values) expectClose(log1mExp(a), log, { relative: 5e-16 });
  expect(log1mExp(0)).toBe(-Infinity);
  for (const a of [-800, -Infinity]) expect(log1mExp(a)).toBe(0);
});
