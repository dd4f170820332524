import { evaluate } from "mathjs";
import { describe, expect, it } from "vitest";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import { type Density, densityText } from "../../../../src/generative/derivation/language/expression.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import { Evaluator } from "../../../../src/generative/derivation/numbers/evaluate.ts";
import { type Model, type Places, placeKey } from "../../../../src/generative/derivation/numbers/model.ts";
import { names } from "../language/everyName.ts";

const read = (text: string) => readExpression(text, { densities: densitiesIn("q(z)"), names, definitions: new Map() });

/** q(z) on three points with weights, its mass as it is given, and p(x|z) = (1 + x z) / 10. */
class Three implements Model {
  readonly fixed = { a: 2, b: -3, c: 0, beta: 0.5 };
  readonly asked: string[] = [];

  constructor(private readonly mass = 1) {}

  rule() {
    return { points: [1, 2, 4], logWeights: [0.5, 1, 2].map(Math.log) };
  }

  logDensity(density: Density, { x = 0, z = 0 }: Places) {
    this.asked.push(densityText(density));
    const q = ({ 1: 0.8, 2: 0.2, 4: 0.2 } as Record<number, number>)[z] as number;
    return Math.log(density.letter === "q" ? q * this.mass : (1 + x * z) / 10);
  }

  valueOf(name: string, of: readonly string[], places: Places) {
    return (name === "f" ? 1 : 10) * of.reduce((sum, each) => sum + (places[each] as number), 0);
  }
}

describe("arithmetic", () => {
  it.each([
    "a + b - c",
    "a - (b - 5) - 7",
    "-a + b",
    "-(a * b) + c",
    "+b",
    "a * b * c",
    "a * b * beta",
    "-a * -b",
    "a / b",
    "b / a / beta",
    "a / b * a",
    "1 / (a + b)",
    "c / a",
    "a^3 + b^3",
    "b^2 - b^4",
    "b^(-3)",
    "b^(-2)",
    "b^0",
    "c^0",
    "(1 / c)^0",
    "c^2",
    "c^0.5",
    "c^0.5 + c",
    "1 / (1 / c) + c",
    "a^0.5 + a^(-0.5)",
    "sqrt(a) * sqrt(c)",
    "exp(a) - exp(b) + exp(c)",
    "log(a) + log(exp(b))",
    "log(a^2 / beta)",
    "exp(a * log(3))",
    "a - a",
    "(a - a) * b",
    "0 * b",
    "1 - 1 + 1e-3",
    "-5 + 2",
    "2 - 5",
    "-5 - 2",
    // What is infinite, and what is no number.
    "1 / c",
    "-1 / c",
    "b / c",
    "1 / c + 1",
    "1 - 1 / c",
    "1 / c - 1 / c",
    "-(1 / c) - 1 / c",
    "0 * (1 / c)",
    "c / c",
    "c^(-1)",
    "exp(1 / c)",
    "exp(-1 / c)",
    "log(1 / c)",
    "log(c)",
    "-log(c)",
  ])("%s is what mathjs has for it", text => {
    const model = new Three();
    const [value, expected] = [new Evaluator(model).value(read(text), {}), evaluate(text, { ...model.fixed })];
    if (Number.isFinite(expected)) expect(value).toBeCloseTo(expected, 12);
    else expect(value).toBe(expected);
  });

  it("has no number for the logarithm and the roots of what is below 0, nor for what they are in", () => {
    for (const text of [
      "log(b)",
      "sqrt(b)",
      "b^0.5",
      "b^(-1.5)",
      "1 + log(b)",
      "2 * sqrt(b)",
      "1 / log(b)",
      "exp(log(b))",
      "log(b)^0",
    ])
      expect(new Evaluator(new Three()).value(read(text), {})).toBeNaN();
  });

  it("keeps the digits of what is far below 1, where a quotient brings it back", () => {
    const text = "exp(-800) * 3 / exp(-801)";
    expect(new Evaluator(new Three()).value(read(text), {})).toBeCloseTo(3 * Math.E, 10);
    expect(new Evaluator(new Three()).value(read("1e200 * 1e200 / 1e200 / 1e199"), {})).toBeCloseTo(10, 9);
    expect(new Evaluator(new Three()).value(read("log(exp(-900) + exp(-900))"), {})).toBeCloseTo(Math.LN2 - 900, 11);
  });

  it("has no minus in front of a zero", () => {
    for (const text of ["(a - a) * b", "c * b", "c / b"])
      expect(new Evaluator(new Three()).value(read(text), {})).toBe(0);
  });

  it("takes the places that it is told for those of the model", () => {
    const evaluator = new Evaluator(new Three());
    expect(evaluator.value(read("a"), {})).toBe(2);
    expect(evaluator.value(read("a"), { a: 7 })).toBeCloseTo(7, 12);
    expect(() => evaluator.value(read("w"), {})).toThrow(
      "derive: w must have a value, but got none; give it one in the variables of the case.",
    );
  });
});

it("two places are told apart", () => {
  const key = (x: number, z: number) => placeKey(["x", "z"], { x, z });
  expect(key(1, 23)).not.toBe(key(12, 3));
  expect(key(1, 2)).not.toBe(key(2, 1));
  expect(key(1, 2)).toBe(key(1, 2));
});

describe("an average, a divergence, an entropy and an integral", () => {
  const [points, weights, q] = [
    [1, 2, 4],
    [0.5, 1, 2],
    [0.8, 0.2, 0.2],
  ] as const;
  const sum = (term: (z: number, q: number) => number) =>
    points.reduce((total, z, i) => total + (weights[i] as number) * term(z, q[i] as number), 0);
  const p = (x: number, z: number) => (1 + x * z) / 10;

  it.each<[string, number]>([
    ["integral(z^2, z)", sum(z => z ** 2)],
    ["integral(x * z, x, z)", sum(x => sum(z => x * z))],
    ["integral(q(z), z)", 1],
    ["E_q[z]", sum((z, q) => q * z)],
    ["E_q[-z]", -sum((z, q) => q * z)],
    ["E_q[f(z) + g(z)]", sum((z, q) => q * 11 * z)],
    ["E_q[z - 2]", sum((z, q) => q * (z - 2))],
    ["H(q(z))", -sum((_, q) => q * Math.log(q))],
    ["KL(q(z), p(z))", sum((_, q) => q * Math.log(q / 0.1))],
    ["KL(q(z), p(z|x))", sum((z, q) => q * Math.log(q / p(3, z)))],
    ["E_q[log(p(x|z))]", sum((z, q) => q * Math.log(p(3, z)))],
    ["E_q[E_q[z] * z]", sum((z, q) => q * z) ** 2],
  ])("%s is a sum by hand", (text, expected) => {
    const places = text.includes("p(z)") ? { x: 0 } : { x: 3 };
    expect(new Evaluator(new Three()).value(read(text), places)).toBeCloseTo(expected, 12);
  });

  it("depends on the place, also where it was asked for before", () => {
    const evaluator = new Evaluator(new Three());
    const line = read("E_q[log(p(x|z))]");
    for (const x of [1, 5, 1])
      expect(evaluator.value(line, { x })).toBeCloseTo(
        sum((z, q) => q * Math.log(p(x, z))),
        12,
      );
  });

  it("is computed once for a place, however often it stands in another", () => {
    const model = new Three();
    const asked = (text: string) => {
      model.asked.length = 0;
      new Evaluator(model).value(read(text), { x: 3 });
      return model.asked.length;
    };
    // Twice for each of three points: for the mass, and for the sum.
    expect(asked("E_q[z]")).toBe(6);
    expect(asked("E_q[E_q[z]]")).toBe(12);
    expect(asked("E_q[E_q[E_q[z] + z] * z]")).toBe(18);
  });

  it("is refused where its density does not integrate to 1, to a millionth", () => {
    const mean = (mass: number) => new Evaluator(new Three(mass)).value(read("E_q[z]"), {});
    for (const mass of [1, 1 + 9e-7, 1 - 9e-7]) expect(mean(mass)).toBeCloseTo(1.6 * 1 + 0.8, 5);
    for (const [mass, got] of [
      [1 + 1.1e-6, "1"],
      [0.999, "0.999"],
      [2, "2"],
      [Number.NaN, "NaN"],
    ] as const)
      expect(() => mean(mass)).toThrow(
        `derive: q(z) must integrate to 1, but got ${got}; normalise it, or take a wider or finer rule.`,
      );
  });
});

it("an expression of a kind that there is not is a fault of derive, and says so", () => {
  expect(() => new Evaluator(new Three()).value({ kind: "limit" } as never, {})).toThrow(
    /but got "limit"; this is a fault/,
  );
});
