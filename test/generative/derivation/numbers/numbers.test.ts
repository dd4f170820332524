import { describe, expect, it } from "vitest";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import type { Expression } from "../../../../src/generative/derivation/language/expression.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import type { DerivationCase } from "../../../../src/generative/derivation/numbers/case.ts";
import { CaseModel } from "../../../../src/generative/derivation/numbers/caseModel.ts";
import { compareLines, shownPlace } from "../../../../src/generative/derivation/numbers/compare.ts";
import { Evaluator } from "../../../../src/generative/derivation/numbers/evaluate.ts";
import { RandomModel } from "../../../../src/generative/derivation/numbers/randomModel.ts";
import { trapezoid } from "../../../../src/generative/exact/index.ts";
import { fixture } from "../../../support/fixture.ts";
import { names } from "../language/everyName.ts";
import { bits, lawn, line, own, parabola } from "../lines/examples.ts";

const read = (text: string) => readExpression(text, { densities: densitiesIn("q(z)"), names, definitions: new Map() });
const value = (example: DerivationCase, text: string, places = {}) =>
  new Evaluator(new CaseModel("it", example)).value(read(text), places);

describe("the number of a line", () => {
  const { parabola: expected } = fixture("derivation");

  it.each(Object.keys(expected))("%s agrees with mpmath", text => {
    expect(value(parabola, text)).toBeCloseTo(expected[text], 10);
    expect(value(own, text)).toBeCloseTo(expected[text], 10);
  });

  it("is a sum by hand where z has three values", () => {
    const [p, l, q] = [
      [0.5, 0.3, 0.2],
      [0.1, 0.6, 0.9],
      [0.2, 0.3, 0.5],
    ] as [number[], number[], number[]];
    const sum = (f: (z: number) => number) => f(0) + f(1) + f(2);
    const at = (values: number[], z: number) => values[z] as number;
    expect(value(lawn, "E_q[log(p(x|z))]")).toBeCloseTo(
      sum(z => at(q, z) * Math.log(at(l, z))),
      14,
    );
    expect(value(lawn, "KL(q(z), p(z))")).toBeCloseTo(
      sum(z => at(q, z) * Math.log(at(q, z) / at(p, z))),
      14,
    );
    expect(value(bits, "p(x)")).toBeCloseTo(
      sum(z => at(p, z) * at(l, z)),
      14,
    );
    expect(value(bits, "p(z|x)", { z: 2 })).toBeCloseTo((0.2 * 0.9) / 0.41, 14);
    expect(value(bits, "sum(p(x|z), x)", { z: 1 })).toBeCloseTo(1, 14);
    expect(value(bits, "E_q[z^2]")).toBeCloseTo(2.3, 14);
  });

  it("is as good in the tails as in the middle", () => {
    expect(value(line, "log(p(x|z) * p(z) / p(z|x))", { z: -60 })).toBeCloseTo(value(line, "log(p(x))"), 8);
    expect(value(line, "exp(log(p(z)))", { z: -60 })).toBe(0);
  });

  it("counts nothing that q rules out, and is infinite where p rules out what q does not", () => {
    const certain = (z: number) => (z === 1 ? 0 : -Infinity);
    const sure: DerivationCase = { ...lawn, logDensities: { ...lawn.logDensities, "q(z)": certain } };
    expect(value(sure, "E_q[log(p(x|z)) - log(q(z))]")).toBeCloseTo(Math.log(0.6), 14);
    const never: DerivationCase = { ...lawn, logDensities: { ...lawn.logDensities, "p(z)": certain } };
    expect(value(never, "KL(q(z), p(z))")).toBe(Infinity);
  });

  it("is none where a logarithm has none", () => {
    expect(value(lawn, "log(-p(x))")).toBeNaN();
    expect(value(lawn, "log(p(x) - p(x))")).toBe(-Infinity);
    expect(value(lawn, "sqrt(-p(x))")).toBeNaN();
    expect(value(lawn, "(-2)^3 + (-2)^2 - 1 / 2^(-1)")).toBeCloseTo(-6, 12);
    expect(value(lawn, "0 * (1 / 0)")).toBeNaN();
  });
});

describe("a case", () => {
  const with_ = (change: Partial<DerivationCase>) => () => new CaseModel("it", { ...lawn, ...change });

  it("says which of its densities are sums over its own joint density", () => {
    const from = (example: DerivationCase, source: "model" | "posterior" | "joint") =>
      new CaseModel("it", example).densitiesFrom(source, read("p(x) * p(z|x) * p(x,z) * p(z) * KL(q(z), p(z|x))"));
    expect(from(own, "joint")).toEqual(["p(x)", "p(z|x)"]);
    expect(from(own, "posterior")).toEqual([]);
    for (const example of [lawn, line, parabola]) {
      expect(from(example, "joint")).toEqual([]);
      expect(from(example, "posterior")).toEqual(["p(x)", "p(z|x)"]);
    }
    expect(from(line, "model")).toEqual(["p(x,z)", "p(z)", "q(z)"]);
  });

  it("takes the posterior from another rule than that of the lines, and refuses the same one", () => {
    const coarse = { from: "a coarse grid", variables: { z: trapezoid(-8, 8, 9) } };
    expect(Math.abs(value({ ...parabola, posterior: coarse }, "log(p(x))") - value(own, "log(p(x))"))).toBeGreaterThan(
      1e-3,
    );
    expect(
      () => new CaseModel("it", { ...own, posterior: { from: "the same", variables: { z: trapezoid(-9, 9, 361) } } }),
    ).toThrow(
      /case "it" must take its posterior from another rule than that of the lines, but got the same 361 points of z/,
    );
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      "a density that it does not have",
      () => value(lawn, "E_q[log(p(y|z))]", { y: 1 }),
      /case "it" must say what p\(y\|z\) is, but got p\(z\), p\(x\|z\), q\(z\)/,
    ],
    [
      "a function that it does not have",
      () => value(lawn, "E_q[f(z)]"),
      /case "it" must say what f\(z\) is, but got undefined; add it to its functions/,
    ],
    [
      "an integral over what has no range",
      () => value(lawn, "integral(p(x,z), x)", { z: 1 }),
      /case "it" must say where x may be, but got 1; give it a rule/,
    ],
    ["a variable without a value", () => value(lawn, "beta * p(x)"), /beta must have a value, but got none/],
    ["a place that is missing", () => value(lawn, "p(z)"), /must say where z of p\(z\) is, but got nothing/],
    [
      "a density that is not normalised",
      () => value({ ...lawn, logDensities: { ...lawn.logDensities, "q(z)": () => -1 } }, "E_q[z]"),
      /q\(z\) must integrate to 1, but got 1.10364/,
    ],
    [
      "a log-density that is NaN",
      () => value({ ...lawn, logDensities: { ...lawn.logDensities, "q(z)": () => Number.NaN } }, "E_q[z]"),
      /must give log q\(z\) as a number or −∞, but got NaN/,
    ],
    [
      "a name that is no density",
      with_({ logDensities: { "f(z)": () => 0 } }),
      /must have logarithms of densities by their names, but got "f\(z\)": function/,
    ],
    ["a density that is no function", with_({ logDensities: { "p(z)": 1 as never } }), /but got "p\(z\)": number/],
    [
      "a rule without points",
      with_({ variables: { z: { points: [] } } }),
      /as many weights as points for z, and at least one, but got 0 and 0/,
    ],
    [
      "a rule with too few weights",
      with_({ variables: { z: { points: [1, 2], logWeights: [0] } } }),
      /but got 1 and 2/,
    ],
  ])("refuses %s", (_, action, message) => expect(action).toThrow(message));

  it("has functions and constants", () => {
    const example: DerivationCase = {
      ...lawn,
      variables: { ...lawn.variables, beta: 3 },
      functions: { "f(x, z)": (x, z) => x + 10 * z },
    };
    expect(value(example, "beta * E_q[f(x,z)]")).toBeCloseTo(3 * (1 + 13), 12);
  });
});

describe("two lines", () => {
  const model = new CaseModel("it", bits);
  const compare = (left: string, right: string, relation: "=" | ">=" | "<=") =>
    compareLines(new Evaluator(model), read(left), read(right), relation, 1e-9);

  it("are compared at every place of what is free", () => {
    expect(compare("p(z) + 1 - 1", "p(z)", "=").margin).toBeCloseTo(0, 14);
    expect(compare("p(z)", "0.5", "=")).toMatchObject({ places: { z: 1 }, right: 0.5 });
    expect(compare("p(z)", "0.5", "=").margin).toBeCloseTo(-0.3, 14);
    expect(compare("p(z)", "0.25", ">=").margin).toBeCloseTo(-0.05, 14);
    expect(compare("p(z)", "0.25", "<=").margin).toBeCloseTo(-0.25, 14);
    expect(compare("log(0)", "log(0)", "=").margin).toBe(0);
    expect(compare("log(-1)", "log(-1)", "=").margin).toBeNaN();
  });

  it("are shown in the middle", () => {
    expect(shownPlace(new CaseModel("it", line), read("p(z)"))).toEqual({ z: 0 });
    expect(shownPlace(new CaseModel("it", line), read("p(x)"))).toEqual({});
  });
});

describe("a random model", () => {
  const lines = ["p(x,z)", "q(z|x)", "p(z|x)", "beta * f(z)", "integral(p(x,z), z)"].map(read);
  const evaluate = (seed: number, text: string, places = {}) =>
    new Evaluator(new RandomModel(seed, lines)).value(read(text), places);
  const points = (seed: number, name: string) => new RandomModel(seed, lines).rule(name).points;

  it("is made of densities", () => {
    const [x] = points(1, "x") as [number];
    const [z] = points(1, "z") as [number];
    expect(evaluate(1, "integral(p(x,z), x, z)")).toBeCloseTo(1, 12);
    expect(evaluate(1, "integral(q(z|x), z)", { x })).toBeCloseTo(1, 12);
    expect(evaluate(1, "p(z|x) * p(x)", { x, z })).toBeCloseTo(evaluate(1, "p(x,z)", { x, z }), 12);
    expect(evaluate(1, "f(z)", { z })).toBeGreaterThan(0);
  });

  it("differs from seed to seed, and between letters, and is the same again", () => {
    const numbers = [1, 2, 3].map(seed => evaluate(seed, "E_q(z|x)[log(p(x,z))] + beta", { x: points(seed, "x")[0] }));
    expect(new Set(numbers).size).toBe(3);
    expect(evaluate(2, "E_q(z|x)[log(p(x,z))] + beta", { x: points(2, "x")[0] })).toBe(numbers[1]);
    expect(Math.abs(evaluate(1, "E_q(z|x)[log(q(z|x) / p(z|x))]", { x: points(1, "x")[0] }))).toBeGreaterThan(0.01);
  });

  it("has weights, so that an integral of 1 is not 1", () => {
    expect(Math.abs(evaluate(1, "integral(1, z)") - 1)).toBeGreaterThan(0.1);
    const unknown: Expression = read("integral(1, y)");
    expect(() => new Evaluator(new RandomModel(1, lines)).value(unknown, {})).toThrow(
      /y must be a variable of a density/,
    );
  });
});
