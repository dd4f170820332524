import { describe, expect, it } from "vitest";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import type { DerivationCase } from "../../../../src/generative/derivation/numbers/case.ts";
import { CaseModel } from "../../../../src/generative/derivation/numbers/caseModel.ts";
import { names } from "../language/everyName.ts";
import { bits } from "../lines/examples.ts";

const density = (text: string) => densitiesIn(text)[0] as ReturnType<typeof densitiesIn>[number];
const read = (text: string) => readExpression(text, { densities: [], names, definitions: new Map() });

/** p(x, y, z) on {0, 1}³ as a table of eight numbers with the sum 36. */
const table = (x: number, y: number, z: number) => (1 + 4 * x + 2 * y + z) / 36;
const sum = (f: (value: number) => number) => f(0) + f(1);
const [px, pxy, py] = [
  (x: number) => sum(y => sum(z => table(x, y, z))),
  (x: number, y: number) => sum(z => table(x, y, z)),
  (y: number) => sum(x => sum(z => table(x, y, z))),
];
const bit = { points: [0, 1] };
const variables = { x: bit, y: bit, z: bit };
const whole: DerivationCase = {
  variables,
  logDensities: { "p(x,y,z)": (x, y, z) => Math.log(table(x, y, z)) },
};
/** The same, as p(z|x,y) p(y|x) p(x). */
const chained: DerivationCase = {
  variables,
  logDensities: {
    "p(z|x,y)": (z, x, y) => Math.log(table(x, y, z) / pxy(x, y)),
    "p(y|x)": (y, x) => Math.log(pxy(x, y) / px(x)),
    "p(x)": x => Math.log(px(x)),
  },
};
const places = { x: 1, y: 0, z: 1 };

describe.each([
  ["a joint density", whole],
  ["a chain of conditional ones", chained],
])("from %s", (_, example) => {
  const model = new CaseModel("it", example);
  it.each<[string, number]>([
    ["p(x,y,z)", table(1, 0, 1)],
    ["p(z,y,x)", table(1, 0, 1)],
    ["p(x)", px(1)],
    ["p(y)", py(0)],
    ["p(x,y)", pxy(1, 0)],
    ["p(z|x,y)", table(1, 0, 1) / pxy(1, 0)],
    ["p(z|y,x)", table(1, 0, 1) / pxy(1, 0)],
    ["p(y|x)", pxy(1, 0) / px(1)],
    ["p(x|y)", pxy(1, 0) / py(0)],
    ["p(x,z|y)", table(1, 0, 1) / py(0)],
    ["p(x|y,z)", table(1, 0, 1) / sum(x => table(x, 0, 1))],
    ["p(y,z|x)", table(1, 0, 1) / px(1)],
  ])("%s is a quotient of sums", (text, expected) => {
    expect(Math.exp(model.logDensity(density(text), places))).toBeCloseTo(expected, 14);
  });
});

describe("where a density comes from", () => {
  const from = (example: DerivationCase, text: string) =>
    (["model", "posterior", "joint"] as const).filter(
      source => new CaseModel("it", example).densitiesFrom(source, read(text)).length > 0,
    );

  it("is the model where it is one of its own, or a product of them", () => {
    for (const text of ["p(x)", "p(y|x)", "p(x,y)", "p(x,y,z)"]) expect(from(chained, text)).toEqual(["model"]);
    for (const text of ["p(y)", "p(x|y)", "p(x|y,z)", "p(z)"]) expect(from(chained, text)).toEqual(["joint"]);
    expect(from(whole, "p(x,y,z)")).toEqual(["model"]);
    expect(from(whole, "p(x)")).toEqual(["joint"]);
  });

  it("is the posterior where the case says one, and what is made of it", () => {
    const told = { ...chained, posterior: { from: "by hand", logDensities: { "p(z)": () => Math.log(0.5) } } };
    expect(from(told, "p(z)")).toEqual(["posterior"]);
    expect(from(told, "p(x,y|z)")).toEqual(["posterior"]);
    expect(from(told, "p(y)")).toEqual(["joint"]);
    const { "p(y|x)": second, "p(x)": first } = chained.logDensities as never;
    const gridded = {
      variables: { x: bit, y: bit },
      logDensities: { "p(y|x)": second, "p(x)": first },
      posterior: { from: "a grid", variables: { x: { points: [1, 0] } } },
    };
    expect(from(gridded, "p(y)")).toEqual(["posterior"]);
    expect(from(gridded, "p(x|y)")).toEqual(["posterior"]);
  });

  it("is told of each density once, in order", () => {
    expect(new CaseModel("it", whole).densitiesFrom("joint", read("p(z) * p(x) + log(p(z)) * p(x,y,z)"))).toEqual([
      "p(x)",
      "p(z)",
    ]);
  });
});

describe("what cannot be", () => {
  const never: DerivationCase = {
    ...bits,
    logDensities: { ...bits.logDensities, "p(z)": z => (z === 2 ? -Infinity : Math.log(0.5)) },
  };
  const log = (text: string) => new CaseModel("it", never).logDensity(density(text), { x: 1, z: 2 });

  it("has density 0, also under a condition, and no NaN", () => {
    for (const text of ["p(z)", "p(x,z)", "p(z|x)"]) expect(log(text)).toBe(-Infinity);
    expect(log("p(x|z)")).toBeCloseTo(Math.log(0.9), 14);
    const none = { ...never, logDensities: { ...never.logDensities, "p(x|z)": () => -Infinity } };
    expect(new CaseModel("it", none).logDensity(density("p(z|x)"), { x: 1, z: 1 })).toBe(-Infinity);
  });

  it("is not asked under which condition, where it makes no difference", () => {
    const fragile: DerivationCase = {
      ...never,
      logDensities: {
        ...never.logDensities,
        "p(x|z)": (_, z) => {
          if (z === 2) return -1e308 * 10;
          return Math.log(0.5);
        },
      },
    };
    expect(new CaseModel("it", fragile).logDensity(density("p(x,z)"), { x: 1, z: 2 })).toBe(-Infinity);
  });
});

describe("what a case does not say", () => {
  it("is asked for by name, with what there is", () => {
    const model = new CaseModel("it", { variables: { x: 1, z: bit }, logDensities: { "p(x|z)": () => 0 } });
    expect(() => model.logDensity(density("p(x)"), { x: 1 })).toThrow(
      'derive: case "it" must say what p(x) is, but got p(x|z); add it to its logDensities.',
    );
    expect(() => model.logDensity(density("q(z)"), { z: 1 })).toThrow("must say what q(z) is, but got p(x|z)");
    const empty = new CaseModel("it", { variables: {}, logDensities: {} });
    expect(() => empty.logDensity(density("q(z)"), { z: 1 })).toThrow("must say what q(z) is, but got none;");
    // Another letter's densities are no help, nor is one over what has no range.
    const two = new CaseModel("it", {
      variables: { x: 1, z: 0 },
      logDensities: { "p(x,z)": () => 0, "q(z)": () => 0 },
    });
    expect(() => two.logDensity(density("p(x)"), { x: 1 })).toThrow("must say what p(x) is");
    expect(() => two.logDensity(density("q(x)"), { x: 1 })).toThrow("must say what q(x) is");
  });

  it("is a function that it has not, or that has no value", () => {
    const model = new CaseModel("it", {
      ...bits,
      functions: {
        "f( z )": z => z + 1,
        "g(z)": () => Number.NaN,
        "h(x,z)": (x, z) => x - z,
        "u(z)": () => undefined as never,
      },
    });
    expect(model.valueOf("f", ["z"], { z: 2 })).toBe(3);
    expect(model.valueOf("h", ["x", "z"], { x: 5, z: 2 })).toBe(3);
    for (const [name, of, got] of [
      ["g", ["z"], "NaN"],
      ["u", ["z"], "undefined"],
      ["f", ["x"], "undefined"],
      ["h", ["z", "x"], "undefined"],
    ] as const)
      expect(() => model.valueOf(name, of, { x: 1, z: 2 })).toThrow(
        `derive: case "it" must say what ${name}(${of.join(",")}) is, but got ${got}; add it to its functions.`,
      );
    expect(() => model.valueOf("f", ["z"], {})).toThrow(
      'derive: case "it" must say where z of f(z) is, but got nothing; add it to its variables.',
    );
  });
});

it("a density is computed once for each place", () => {
  const asked: number[] = [];
  const model = new CaseModel("it", {
    variables: { x: bit, z: { points: [0, 1, 2] } },
    logDensities: {
      "p(x,z)": (x, z) => {
        asked.push(x);
        return Math.log((1 + x + z) / 15);
      },
    },
  });
  for (const x of [0, 1, 0, 1, 0]) model.logDensity(density("p(x)"), { x });
  expect(asked).toEqual([0, 0, 0, 1, 1, 1]);
  expect(Math.exp(model.logDensity(density("p(x)"), { x: 1 }))).toBeCloseTo(9 / 15, 14);
});
