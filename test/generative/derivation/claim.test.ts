import { afterEach, describe, expect, it } from "vitest";
import { worstEntry } from "../../../src/generative/derivation/claim.ts";
import { type Claim, ClaimError, checkClaim, claim } from "../../../src/generative/derivation/index.ts";
import { claimBundle } from "../../../src/generative/derivation/showClaim.ts";

const hook = Symbol.for("lectern.display");
afterEach(() => {
  delete (globalThis as Record<symbol, unknown>)[hook];
});

describe("checkClaim", () => {
  it("compares numbers, lists and tensors entry by entry", () => {
    expect(checkClaim("c", 1, 1.5, { within: 0.4 })).toMatchObject({ holds: false, residual: 0.5, within: 0.4 });
    expect(checkClaim("c", [1, 2], [1, 2.25], { within: 0.3 })).toMatchObject({ holds: true, residual: 0.25 });
    expect(checkClaim("c", { dataSync: () => Float32Array.of(3, 3) }, 3, { within: 1e-9 }).holds).toBe(true);
  });

  it("gives back all that a report needs, and no label where there is none", () => {
    const equality = { text: "c", holds: true, residual: 0.25, within: 0.5, relation: "=" };
    expect(checkClaim("c", 1, 1.25, { within: 0.5 })).toStrictEqual({ ...equality, unit: "value" });
    expect(checkClaim("c", 1, 1.5, { within: 1, standardError: 2, label: "5.3" })).toStrictEqual({
      ...equality,
      within: 1,
      unit: "standard errors",
      label: "5.3",
    });
    expect(checkClaim("c", 1, 3, { relation: "<=" })).toStrictEqual({
      text: "c",
      holds: true,
      residual: 2,
      within: 0,
      relation: "<=",
      unit: "value",
    });
  });

  it("takes a distance of just the tolerance for equal", () => {
    expect(checkClaim("c", 1, 1.5, { within: 0.5 }).holds).toBe(true);
  });

  it("agrees with itself where nothing varies, and with nothing else", () => {
    expect(checkClaim("c", [2, 2], 2, { within: 1, standardError: 0 })).toMatchObject({ holds: true, residual: 0 });
    expect(checkClaim("c", [2, 2.5], 2, { within: 1, standardError: 0 }).holds).toBe(false);
  });

  it("counts standard errors for a Monte-Carlo claim", () => {
    expect(checkClaim("c", 10, 10.9, { within: 4.5, standardError: 0.3 })).toMatchObject({
      holds: true,
      unit: "standard errors",
    });
    expect(checkClaim("c", [0, 0], [1, 1], { within: 4.5, standardError: [1, 0.1] }).residual).toBeCloseTo(10, 12);
  });

  it("knows inequalities and their margins", () => {
    expect(checkClaim("c", -108, -135, { relation: ">" })).toMatchObject({ holds: true, residual: 27 });
    expect(checkClaim("c", [1, 3], [2, 2], { relation: "<" })).toMatchObject({ holds: false, residual: -1 });
    expect(checkClaim("c", 2, 2, { relation: ">=" }).holds).toBe(true);
    expect(checkClaim("c", 2, 2, { relation: ">" }).holds).toBe(false);
  });

  it("is false for NaN on either side, in every entry and relation", () => {
    expect(checkClaim("c", Number.NaN, 1, { within: 1 }).holds).toBe(false);
    expect(checkClaim("c", [1, Number.NaN], [1, 1], { within: 1 }).holds).toBe(false);
    expect(checkClaim("c", 1, Number.NaN, { relation: "<=" }).holds).toBe(false);
    expect(checkClaim("c", 1, 2, { within: 1, standardError: Number.NaN }).holds).toBe(false);
  });

  it("agrees on equal infinities and not on opposite ones", () => {
    expect(checkClaim("c", Infinity, Infinity, { within: 1 }).holds).toBe(true);
    expect(checkClaim("c", Infinity, Infinity, { relation: ">=" }).holds).toBe(true);
    expect(checkClaim("c", Infinity, -Infinity, { within: 1 }).holds).toBe(false);
  });

  it("is false where an infinity meets anything else, on either side", () => {
    for (const [left, right] of [
      [Infinity, 1],
      [1, -Infinity],
      [-Infinity, Infinity],
      [Infinity, Number.NaN],
      [Number.NaN, Number.NaN],
    ] as const) {
      expect(checkClaim("c", left, right, { within: 1e300 }).holds).toBe(false);
      expect(checkClaim("c", left, right, { within: 4.5, standardError: 1 }).holds).toBe(false);
    }
    expect(checkClaim("c", -Infinity, -Infinity, { within: 4.5, standardError: 1 }).holds).toBe(true);
    expect(checkClaim("c", -Infinity, -Infinity, { relation: "<" }).holds).toBe(false);
  });

  it("lets nothing differ where the standard error is 0, and believes none that is NaN or ∞", () => {
    const of = (right: number, standardError: number) =>
      checkClaim("c", 1, right, { within: 4.5, standardError }).holds;
    expect([of(1, 0), of(1 + 2 ** -52, 0), of(Number.NaN, 0)]).toEqual([true, false, false]);
    expect([of(1, Number.NaN), of(1, Infinity), of(2, Infinity)]).toEqual([false, false, false]);
    expect(() => of(2, -1)).toThrow(/a standard error must not be negative, but got -1/);
    expect(() => checkClaim("c", [1, 2], 1, { within: 1, standardError: [1, -0.1] })).toThrow(/but got -0.1/);
  });

  it("refuses a tolerance that is NaN, negative or ∞, and a relation that is none", () => {
    for (const within of [Number.NaN, -1, Infinity]) {
      expect(() => checkClaim("c", 1, 1, { within })).toThrow(/within must be (positive|finite), but got/);
    }
    for (const relation of ["=", "≥", "", undefined]) {
      expect(() => checkClaim("c", 1, 1, { relation } as never)).toThrow(/relation must be ">", "<", ">=" or "<="/);
    }
  });

  it("refuses a tolerance of zero, sides of different length, and empty ones", () => {
    expect(() => checkClaim("a", 1, 1, { within: 0 })).toThrow(/claim "a": within must be positive, but got 0/);
    expect(() => checkClaim("a", [1, 2], [1, 2, 3], { within: 1 })).toThrow(/same number of entries, but got 2 and 3/);
    expect(() => checkClaim("a", 1, 1, { within: 1, standardError: [1, 2] })).toThrow(
      /standardError must be one number or one for each of 1 entries, but got 2/,
    );
    expect(() => checkClaim("a", [], [], { within: 1 })).toThrow(/but got 0 and 0/);
    expect(() => checkClaim("a", [], 1, { within: 1 })).toThrow(/claim "a": .* but got 0 and 1/);
    expect(() => checkClaim("a", 1, [], { relation: "<" })).toThrow(/but got 1 and 0/);
  });
});

describe("claim", () => {
  it("shows one line with a mark for page, terminal and report", () => {
    const shown: { data: Record<string, unknown> }[] = [];
    (globalThis as Record<symbol, unknown>)[hook] = (bundle: { data: Record<string, unknown> }) => shown.push(bundle);
    claim("KL(q ‖ p) ≥ 0 <b>", 0.25, 0, { relation: ">=", label: "5.2" });
    expect(shown[0]?.data["text/plain"]).toBe("✓ KL(q ‖ p) ≥ 0 <b> (5.2): margin 0.25");
    expect(shown[0]?.data["text/html"]).toContain("&lt;b&gt;");
    expect(shown[0]?.data["application/vnd.lectern.claim+json"]).toMatchObject({
      holds: true,
      residual: 0.25,
      label: "5.2",
    });
  });

  it("throws after showing a false one", () => {
    const shown: unknown[] = [];
    (globalThis as Record<symbol, unknown>)[hook] = (bundle: unknown) => shown.push(bundle);
    expect(() => claim("1 = 2", 1, 2, { within: 0.5 })).toThrow(ClaimError);
    expect(() => claim("1 = 2", 1, 2, { within: 0.5 })).toThrow(/claim "1 = 2": must hold, but got residual 1 > 0.5/);
    expect(shown.length).toBe(2);
  });

  it("shows what is false, with its label, to a page and to a terminal", () => {
    const result: Claim = checkClaim("a & b", 2, 1, { within: 0.5 });
    expect(claimBundle(result)).toStrictEqual({
      "application/vnd.lectern.claim+json": result,
      "text/html":
        '<p class="lectern-claim" data-holds="false"><b>✗</b> a &amp; b <small>residual 1 &gt; 0.5</small></p>',
      "text/plain": "✗ a & b: residual 1 > 0.5",
    });
    const just = claimBundle({ ...result, residual: 0.5, holds: true, label: "5.3" });
    expect(just["text/plain"]).toBe("✓ a & b (5.3): residual 0.5 ≤ 0.5");
  });

  it("names its error, which says that a side is wrong where it does not know which entry", () => {
    const error = new ClaimError(checkClaim("1 = 2", 1, 2, { within: 0.5 }));
    expect(error.name).toBe("ClaimError");
    expect(error.message).toBe('claim "1 = 2": must hold, but got residual 1 > 0.5; one side of it is wrong.');
  });

  it("says both sides where they are furthest from what is claimed", () => {
    expect(() => claim("c", [1, 2, 3], [1, 5, 3.5], { within: 0.1 })).toThrow(
      /; at entry 1 of 0 to 2 its left side is 2, its right side 5\.$/,
    );
    expect(() => claim("c", [3, 0.5], 1, { relation: ">" })).toThrow(
      /at entry 1 .* left side is 0.5, its right side 1\.$/,
    );
    expect(() => claim("c", [1, Number.NaN, 9], 0, { within: 0.1 })).toThrow(/at entry 1 .* left side is NaN/);
    expect(() => claim("c", [Number.NaN, 9], 0, { within: 0.1 })).toThrow(/at entry 0 .* left side is NaN/);
    expect(() => worstEntry([1, 2], [1, 2, 3], { within: 1 })).toThrow(/^claim "": both sides/);
    // 3 apart at a standard error of 3 is less than 1 apart at one of 0.1.
    expect(() => claim("c", [3, 1], 0, { within: 4, standardError: [3, 0.1] })).toThrow(
      /10 of at most 4 standard errors; at entry 1 .* left side is 1, its right side 0\.$/,
    );
    expect(() => claim("c", 1, 4, { relation: ">=" })).toThrow(/margin -3; its left side is 1, its right side 4\.$/);
  });
});
