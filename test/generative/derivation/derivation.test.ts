import { afterEach, describe, expect, it } from "vitest";
import {
  DerivationError,
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
    expect(claims.map(({ within }) => within)).toEqual([1e-12, 1e-9, 0]);
  });

  it("says when the rules of algebra prove a line, and labels only what has a label", () => {
    const { label: _, ...unlabelled } = withStep(1, { algebra: "(1 + x)^2" });
    const { claims } = checkDerivation(unlabelled);
    expect(claims[1]?.text).toBe("a square, line 2: multiplied out (as algebra)");
    for (const claim of claims) expect(claim).not.toHaveProperty("label");
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

  it("does not compare the algebra of a line with that of one which is left to the reader", () => {
    const { value: _, ...open } = square.steps[0] as (typeof square.steps)[number];
    const { claims } = checkDerivation({ ...square, steps: [open, ...square.steps.slice(1)] });
    expect(claims.map(({ text }) => text)).toEqual(["a square, line 3: squares are not negative"]);
  });

  it("needs a case and two lines", () => {
    const [first, second] = square.steps as [DerivationOptions<number>["steps"][number], (typeof square.steps)[number]];
    const { value: _, ...open } = second;
    expect(() => checkDerivation({ ...square, steps: [first] })).toThrow(/two lines with a value, but got 2 and 1/);
    expect(() => checkDerivation({ ...square, steps: [first, open] })).toThrow(/two lines with a value/);
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

  it("tries 24 places between 0.2 and 3.2, which differ between variables", () => {
    // The multiples of √2 and √3 without their whole part, of which n = 12 and n = 15 come closest to 1.
    const fractions = (root: number) => Array.from({ length: 24 }, (_, n) => ((n + 1) * root) % 1);
    const [a, b] = [fractions(Math.SQRT2), fractions(Math.sqrt(3))];
    expect(compareExpressions("a", "0").residual).toBeCloseTo(0.2 + 3 * Math.max(...a), 12);
    expect(compareExpressions("a + b - b", "b").residual).toBeCloseTo(
      3 * Math.max(...a.map((x, n) => Math.abs(x - (b[n] as number)))),
      12,
    );
    expect(compareExpressions("b - b + a", "0").residual).toBeCloseTo(0.2 + 3 * Math.max(...a), 12);
  });

  it("tries the last of the 24 places as well", () => {
    const last = 0.2 + 3 * ((24 * Math.SQRT2) % 1);
    expect(compareExpressions(`exp(-1000 (a - ${last})^2)`, "0").residual).toBeCloseTo(1, 9);
  });

  it("knows more variables than primes: the eleventh goes by twice the first root", () => {
    const [a, k] = [1, 2].map(factor => 0.2 + 3 * ((factor * Math.SQRT2) % 1));
    const peak = `exp(-1000 ((a - ${a})^2 + (k - ${k})^2)) + 0 * (b + c + d + e + f + g + h + i + j)`;
    expect(compareExpressions(peak, "0").residual).toBeCloseTo(1, 9);
  });

  it("takes equal infinities for equal", () => {
    expect(compareExpressions("1 / (a - a)", "2 / (a - a)").residual).toBe(0);
    expect(compareExpressions("1 / (a - a)", "-2 / (a - a)").residual).toBe(Infinity);
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
    expect(String(shown[0]?.["text/markdown"]).split("\n")).toEqual([
      "| line | formula | because | three | half |",
      "| --- | --- | --- | --: | --: |",
      "| 1 | $(x+1)^2$ | given | 16.000000 | 2.250000 |",
      "| 2 | $=\\;x^2+2x+1$ | multiplied out | 16.000000 | 2.250000 |",
      "| 3 | $\\ge\\;2x+1$ | squares are not negative | 7.000000 | 2.000000 |",
    ]);
    expect(shown[0]?.["text/plain"]).toBe(
      "1  (x+1)^2  [16.000000, 2.250000]  given\n" +
        "2  x^2+2x+1  [16.000000, 2.250000]  multiplied out\n" +
        "3  2x+1  [7.000000, 2.000000]  squares are not negative",
    );
  });

  it("has a mark for a number that the reader is to find, a minus sign, and no bar that would end a cell", () => {
    hooks[key] = ({ data }: { data: Record<string, unknown> }) => shown.push(data);
    derive({
      title: "a KL",
      cases: { one: 1 },
      within: 1e-12,
      steps: [
        { formula: "-KL(q \\| p)", reason: "given", value: x => -x },
        { formula: "-E_q[z|x]", reason: "by you" },
        { formula: "-x", reason: "known", value: x => -x, relation: "<=" },
      ],
    });
    expect(String(shown[0]?.["text/markdown"]).split("\n").slice(2)).toEqual([
      "| 1 | $-KL(q \\,\\Vert\\, p)$ | given | −1.000000 |",
      "| 2 | $=\\;-E_q[z\\mid x]$ | by you | ? |",
      "| 3 | $\\le\\;-x$ | known | −1.000000 |",
    ]);
  });

  it("only checks where nothing can be shown", () => {
    expect(() => derive(square)).not.toThrow();
    expect(() => derive(withStep(1, { value: x => x }))).toThrow(DerivationError);
  });

  it("throws at the first line that does not follow, after showing it", () => {
    hooks[key] = ({ data }: { data: Record<string, unknown> }) => shown.push(data);
    expect(() => derive(withStep(1, { value: x => x }))).toThrow(DerivationError);
    expect(shown.length).toBe(2);
  });
});
