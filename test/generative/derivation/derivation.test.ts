import { afterEach, describe, expect, it } from "vitest";
import {
  ClaimError,
  checkDerivation,
  compareExpressions,
  type DerivationOptions,
  derive,
} from "../../../src/generative/derivation/index.ts";

const square: DerivationOptions<number> = {
  title: "a square",
  cases: { three: 3, half: 0.5 },
  within: 1e-12,
  label: "1.1",
  steps: [
    { formula: "(x+1)^2", reason: "given", value: x => (x + 1) ** 2, algebra: "(x + 1)^2" },
    { formula: "x^2+2x+1", reason: "multiplied out", value: x => x * x + 2 * x + 1, algebra: "x^2 + 2 x + 1" },
    { formula: "2x+1", reason: "squares are not negative", value: x => 2 * x + 1, relation: ">=" },
  ],
};
const withStep = (place: number, change: Partial<DerivationOptions<number>["steps"][number]>) => ({
  ...square,
  steps: square.steps.map((step, i) => (i === place ? { ...step, ...change } : step)),
});

describe("checkDerivation", () => {
  it("compares each line with the one before, on every case, and its algebra", () => {
    const { lines, claims } = checkDerivation(square);
    expect(lines.map(({ values }) => values)).toEqual([
      [16, 2.25],
      [16, 2.25],
      [7, 2],
    ]);
    expect(claims.map(({ text, holds, label, relation }) => ({ text, holds, label, relation }))).toEqual([
      { text: "a square, line 2: multiplied out", holds: true, label: "1.1", relation: "=" },
      { text: "a square, line 2: multiplied out (as algebra, at 24 places)", holds: true, label: "1.1", relation: "=" },
      { text: "a square, line 3: squares are not negative", holds: true, label: "1.1", relation: ">=" },
    ]);
  });

  it("finds a line that is wrong in one case only", () => {
    const { claims } = checkDerivation(withStep(1, { value: x => (x === 3 ? 16 : 2), algebra: "x^2 + 2 x + 1" }));
    expect(claims[0]).toMatchObject({ holds: false, residual: 0.25 });
  });

  it("finds algebra that is wrong where the numbers happen to agree", () => {
    const { claims } = checkDerivation(withStep(1, { algebra: "x^2 + 3 x + 1" }));
    expect(claims.map(({ holds }) => holds)).toEqual([true, false, true]);
  });

  it("finds an inequality that points the wrong way", () => {
    const { claims } = checkDerivation(withStep(2, { relation: "<=" }));
    expect(claims.at(-1)).toMatchObject({ holds: false });
  });

  it("leaves a line without a value to the reader, and compares around it", () => {
    const { value: _, algebra: __, ...open } = square.steps[1] as (typeof square.steps)[number];
    const { lines, claims } = checkDerivation({
      ...square,
      steps: square.steps.map((step, i) => (i === 1 ? open : step)),
    });
    expect(lines[1]?.values).toEqual([Number.NaN, Number.NaN]);
    expect(claims.map(({ text }) => text)).toEqual(["a square, line 3: squares are not negative"]);
  });

  it("needs a case and two lines", () => {
    expect(() => checkDerivation({ ...square, cases: {} })).toThrow(
      /must be a case and two lines with a value, but got 0/,
    );
  });
});

describe("compareExpressions", () => {
  it.each([
    ["log(a * b / c)", "log(a) + log(b) - log(c)", true],
    ["log(p * l * q / (r * q))", "log(l) - log(q / p) + log(q / r)", true],
    ["w * log(j / q)", "w * log(j) - w * log(q)", true],
    ["log(a / b)", "log(b / a)", false],
    ["log(a + b)", "log(a) + log(b)", false],
    ["a", "a * b / c", false],
  ])("%s against %s", (left, right, equal) => {
    const { residual, proved } = compareExpressions(left, right);
    expect(proved).toBe(equal);
    if (equal) expect(residual).toBeLessThan(1e-12);
    else expect(residual).toBeGreaterThan(0.1);
  });

  it("does not take two wrong sides for equal: NaN is a difference", () => {
    expect(compareExpressions("log(-a)", "a").residual).toBeNaN();
    expect(() => compareExpressions("log(a", "a")).toThrow(SyntaxError);
  });
});

describe("derive", () => {
  const shown: Record<string, unknown>[] = [];
  const hooks = globalThis as Record<symbol, unknown>;
  const key = Symbol.for("lectern.display");
  afterEach(() => {
    delete hooks[key];
    shown.length = 0;
  });

  it("shows the lines with reasons and numbers, then a claim for each", () => {
    hooks[key] = ({ data }: { data: Record<string, unknown> }) => shown.push(data);
    derive(square);
    expect(shown.length).toBe(4);
    expect(shown[0]?.["text/markdown"]).toContain("| $=\\;x^2+2x+1$ | multiplied out | 16.000000 | 2.250000 |");
  });

  it("throws at the first line that does not follow, after showing it", () => {
    hooks[key] = ({ data }: { data: Record<string, unknown> }) => shown.push(data);
    expect(() => derive(withStep(1, { value: x => x }))).toThrow(ClaimError);
    expect(shown.length).toBe(2);
  });
});
