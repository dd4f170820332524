import { describe, expect, it } from "vitest";
import { type Between, insideNumber, moved, share, toNumber } from "../../../src/generative/exact/between.ts";
import { expectClose } from "../../support/close.ts";

/** By log u, or log (1 − u). */
const lower = (from: number, to: number, logLower: number): Between => ({
  from,
  to,
  logLower,
  logUpper: Math.log1p(-Math.exp(logLower)),
});
const upper = (from: number, to: number, logUpper: number): Between => ({
  from,
  to,
  logLower: Math.log1p(-Math.exp(logUpper)),
  logUpper,
});

describe("a number between two ends", () => {
  it("is from + u (to − from), from the end that it is nearer to", () => {
    expect(toNumber(0.3)).toBe(0.3);
    expectClose(toNumber(lower(2, 6, Math.log(0.25))), 3, { relative: 1e-15 });
    expectClose(toNumber(upper(2, 6, Math.log(0.25))), 5, { relative: 1e-15 });
    expectClose(toNumber(lower(-1, 1, Math.log(0.5))), 0, { absolute: 1e-15 });
    // e⁻⁴⁰ = 4.248354255291589e-18 is kept beside an end of 0.
    expectClose(toNumber(lower(0, 3, -40)), 3 * 4.248354255291589e-18, { relative: 1e-14 });
    expectClose(toNumber(upper(-2, 0, -40)), -2 * 4.248354255291589e-18, { relative: 1e-14 });
    expect([toNumber(lower(0, 1, -Infinity)), toNumber(upper(0, 1, -Infinity))]).toEqual([0, 1]);
  });

  it("as a number that is no end is the next one, where it is none itself", () => {
    expect(insideNumber(0.3)).toBe(0.3);
    expect(insideNumber(lower(0, 1, Math.log(0.25)))).toBe(toNumber(lower(0, 1, Math.log(0.25))));
    expect(insideNumber(upper(0, 1, Math.log(0.25)))).toBe(toNumber(upper(0, 1, Math.log(0.25))));
    expect(insideNumber(lower(0, 1, -800))).toBe(2 ** -1022);
    expect(insideNumber(upper(-1, 0, -800))).toBe(-(2 ** -1022));
    expect(insideNumber(upper(0, 1, -50))).toBe(1 - 2 ** -52);
    expect(insideNumber(lower(-1, 1, -50))).toBe(-1 + 2 ** -52);
    expect(insideNumber(lower(3, 5, -50))).toBeGreaterThan(3);
    expect(insideNumber(lower(3, 5, -50))).toBeLessThan(3 + 2 ** -49);
    expect(insideNumber(upper(-5, -3, -50))).toBeLessThan(-3);
    expect(insideNumber(upper(-5, -3, -50))).toBeGreaterThan(-3 - 2 ** -49);
    // The ends themselves stay.
    expect([insideNumber(lower(3, 5, -Infinity)), insideNumber(upper(3, 5, -Infinity))]).toEqual([3, 5]);
  });

  it("is a probability by the end that is nearer", () => {
    expect(share(lower(3, 5, -40))).toEqual({ logCdf: -40 });
    expect(share(upper(3, 5, -40))).toEqual({ logSurvival: -40 });
  });

  it("moves as its ends do, and a number as itself", () => {
    expect(moved(0.3, x => 2 * x)).toBe(0.6);
    const near = upper(3, 5, -40); // 5 − 2 e⁻⁴⁰
    expect(moved(near, x => 2 * x)).toEqual(upper(6, 10, -40));
    expect(moved(near, x => -x)).toEqual(lower(-5, -3, -40)); // −5 + 2 e⁻⁴⁰
  });
});
