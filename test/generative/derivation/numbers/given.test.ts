import { describe, expect, it } from "vitest";
import type { DerivationCase } from "../../../../src/generative/derivation/numbers/case.ts";
import { CaseModel } from "../../../../src/generative/derivation/numbers/caseModel.ts";
import { checked, checkRule } from "../../../../src/generative/derivation/numbers/given.ts";
import { bits, lawn, own } from "../lines/examples.ts";

const make = (change: Record<string, unknown>) => () =>
  new CaseModel("it", { ...lawn, posterior: undefined, ...change } as never);
const log = () => 0;

describe("a case is refused", () => {
  it.each<[string, () => unknown, string]>([
    [
      "whose name of a density is a product of two",
      make({ logDensities: { "p(x) * p(z)": log } }),
      'derive: case "it" must have logarithms of densities by their names, but got "p(x) * p(z)": function; as in "p(x|z)": (x, z) => ….',
    ],
    ["whose name of a density has none", make({ logDensities: { z: log } }), 'but got "z": function'],
    ["whose name of a density cannot be read", make({ logDensities: { "p(z": log } }), 'but got "p(z": function'],
    ["whose density is text", make({ logDensities: { "p(z)": "0" } }), 'but got "p(z)": string'],
    [
      "whose posterior has a name that is none",
      make({ posterior: { from: "x", logDensities: { "f(z)": log } } }),
      'but got "f(z)": function',
    ],
    ["that is nothing", () => new CaseModel("it", null as never), "but got undefined for variables"],
    ["whose variables are null", make({ variables: null }), "but got object for variables"],
    ["whose variables are text", make({ variables: "x" }), "but got string for variables"],
    ["whose densities are null", make({ logDensities: null }), "but got object for logDensities"],
    [
      "with a variable of nothing",
      make({ variables: { x: null } }),
      'derive: case "it" must have a finite number or a rule for x, but got null; as in x: 2 or x: trapezoid(-8, 8, 801).',
    ],
    ["with a variable that is undefined", make({ variables: { x: undefined } }), "rule for x, but got undefined"],
    ["with a variable that is infinite", make({ variables: { x: Infinity } }), "rule for x, but got Infinity"],
    ["with a variable at no number", make({ variables: { x: { at: "1", points: [0] } } }), "rule for x, but got 1;"],
    ["with a variable at nothing", make({ variables: { x: { at: null, points: [0] } } }), "rule for x, but got null"],
    ["with a rule of no list", make({ variables: { x: { points: 3 } } }), "rule for x, but got [object Object]"],
    ["with the second variable amiss", make({ variables: { x: 1, z: "2" } }), "rule for z, but got 2"],
    [
      "with a place and no points",
      make({ variables: { x: { at: 2 } } }),
      'derive: case "it" must have as many weights as points for x, and at least one, but got undefined and undefined; leave the weights out where it is discrete.',
    ],
    ["with a place and an empty list", make({ variables: { x: { at: 2, points: [] } } }), "but got 0 and 0"],
    [
      "with too many weights",
      make({ variables: { z: { points: [1], logWeights: [0, 0] } } }),
      "as many weights as points for z, and at least one, but got 2 and 1",
    ],
    [
      "whose other rule has no points",
      make({ posterior: { from: "x", variables: { z: { points: [] } } } }),
      "as many weights as points for z, and at least one, but got 0 and 0",
    ],
    [
      "whose other rule is the same",
      make({ posterior: { from: "x", variables: { z: { points: [0, 1, 2] } } } }),
      'derive: case "it" must take its posterior from another rule than that of the lines, but got the same 3 points of z; take a finer one, or leave the posterior out.',
    ],
  ])("%s", (_, action, says) => {
    expect(action).toThrow(RangeError);
    expect(action).toThrow(says);
  });
});

describe("a case is taken", () => {
  it.each<[string, () => unknown]>([
    ["with weights, one for each point", make({ variables: { z: { points: [1, 2], logWeights: [0, 0] } } })],
    ["with a place and points", make({ variables: { x: { at: 2, points: [0] } } })],
    [
      "with another rule of the same length",
      make({ posterior: { from: "x", variables: { z: { points: [0, 1, 3] } } } }),
    ],
    [
      "with another rule that begins alike",
      make({ posterior: { from: "x", variables: { z: { points: [0, 1, 2, 3] } } } }),
    ],
    ["with a rule for what has none", make({ posterior: { from: "x", variables: { x: { points: [0, 1] } } } })],
    ["with a posterior of neither", make({ posterior: { from: "x" } })],
    ["whose density names its variables in another order", make({ logDensities: { "p(z,x)": log } })],
  ])("%s", (_, action) => expect(action).not.toThrow());

  it("has the densities that it names, those of the posterior last", () => {
    const letters = (example: DerivationCase) =>
      new CaseModel("it", example).densities.map(({ letter }) => letter).join("");
    expect(letters(own)).toBe("ppq");
    expect(letters(lawn)).toBe("ppqpp");
  });

  it("has a place for what is fixed, and a rule for what ranges", () => {
    const model = new CaseModel("it", { ...bits, variables: { ...bits.variables, beta: 3 } });
    expect(model.fixed).toEqual({ x: 1, beta: 3 });
    expect(["x", "z", "beta", "y"].map(name => model.ranges(name))).toEqual([true, true, false, false]);
    expect(model.rule("z").points).toEqual([0, 1, 2]);
    expect(() => model.rule("beta")).toThrow('case "it" must say where beta may be, but got 3; give it a rule');
    expect(() => model.rule("y")).toThrow('case "it" must say where y may be, but got nothing; give it a rule');
  });
});

it("a logarithm of a density is a number or −∞", () => {
  for (const value of [0, -3, 5, -Infinity]) expect(checked("it", "p(z)", value)).toBe(value);
  for (const value of [Infinity, Number.NaN, undefined, "0", null])
    expect(() => checked("it", "p(z)", value as never)).toThrow(
      `derive: case "it" must give log p(z) as a number or −∞, but got ${value}; mend it there.`,
    );
});

it("a rule has points, and as many weights where it has any", () => {
  expect(() => checkRule("it", "z", { points: [1] })).not.toThrow();
  expect(() => checkRule("it", "z", { points: [1, 2], logWeights: [0, 0] })).not.toThrow();
  expect(() => checkRule("it", "z", { points: [1, 2], logWeights: [] })).toThrow(/but got 0 and 2/);
});
