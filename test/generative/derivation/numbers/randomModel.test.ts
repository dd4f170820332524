import { describe, expect, it } from "vitest";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import { Evaluator } from "../../../../src/generative/derivation/numbers/evaluate.ts";
import { RandomModel } from "../../../../src/generative/derivation/numbers/randomModel.ts";
import { names } from "../language/everyName.ts";

const read = (text: string) => readExpression(text, { densities: densitiesIn("q(z)"), names, definitions: new Map() });
const modelOf = (seed: number, ...lines: string[]) => new RandomModel(seed, lines.map(read));
const density = (text: string) => densitiesIn(text)[0] as ReturnType<typeof densitiesIn>[number];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe("where its variables may be", () => {
  it("is three places of each variable of a density, a function or an integral, in their order and apart", () => {
    for (const seed of seeds) {
      const model = modelOf(seed, "E_p(z|x)[f(w)] + integral(beta, y)");
      for (const variable of ["x", "z", "w", "y"]) {
        const { points, logWeights = [] } = model.rule(variable);
        expect(points).toHaveLength(3);
        for (const [place, point] of points.entries()) expect(Math.abs(point - place - 0.5)).toBeLessThanOrEqual(0.25);
        expect(logWeights).toHaveLength(3);
        for (const weight of logWeights) expect(Math.abs(weight)).toBeLessThanOrEqual(0.5);
        expect(new Set(logWeights).size).toBe(3);
      }
      expect(model.rule("x").points).not.toEqual(model.rule("z").points);
    }
    const all = seeds.flatMap(seed => modelOf(seed, "p(x)").rule("x"));
    expect(Math.max(...all.flatMap(({ logWeights = [] }) => logWeights))).toBeGreaterThan(0.2);
    expect(Math.min(...all.flatMap(({ logWeights = [] }) => logWeights))).toBeLessThan(-0.2);
    expect(Math.max(...all.map(({ points }) => (points[0] as number) - 0.5))).toBeGreaterThan(0.1);
    expect(Math.min(...all.map(({ points }) => (points[0] as number) - 0.5))).toBeLessThan(-0.1);
  });

  it("is a number for what is of no density, from 0.5 to 1.5", () => {
    const model = modelOf(1, "beta * E_q[z] + a");
    expect(Object.keys(model.fixed)).toEqual(["a", "beta"]);
    const numbers = seeds.map(seed => modelOf(seed, "beta").fixed.beta as number);
    expect(new Set(numbers).size).toBe(seeds.length);
    for (const number of numbers) expect(Math.abs(number - 1)).toBeLessThanOrEqual(0.5);
    expect(Math.max(...numbers)).toBeGreaterThan(1.1);
    expect(Math.min(...numbers)).toBeLessThan(0.9);
    expect(() => model.rule("beta")).toThrow("derive: beta must be a variable of a density, but got none of it");
  });

  it("does not depend on the order of what is written", () => {
    const [one, other] = [modelOf(3, "p(x,z)", "beta * a"), modelOf(3, "a * beta", "p(z,x)")];
    expect(one.fixed).toEqual(other.fixed);
    for (const variable of ["x", "z"]) expect(one.rule(variable)).toEqual(other.rule(variable));
    const at = { x: one.rule("x").points[0] as number, z: one.rule("z").points[1] as number };
    expect(one.logDensity(density("p(x,z)"), at)).toBe(other.logDensity(density("p(z,x)"), at));
  });
});

describe("its densities", () => {
  const lines = ["p(x,y|z)", "q(z|x)", "p(w)"];
  // Its numbers are drawn as they are asked for, so that two models of a seed are the same only if asked alike.
  const model = modelOf(1, ...lines);
  const value = (text: string, places = {}) => new Evaluator(model).value(read(text), places);
  const [x, y, z, w] = ["x", "y", "z", "w"].map(name => model.rule(name).points[2]) as [number, number, number, number];

  it("are those of one table for each letter, whichever of its variables they are of", () => {
    expect(value("integral(p(x,y,z,w), x, y, z, w)")).toBeCloseTo(1, 12);
    expect(value("integral(p(x,y,z,w), y, w)", { x, z })).toBeCloseTo(value("p(x,z)", { x, z }), 12);
    expect(value("p(x|y,z) * p(y|z) * p(z)", { x, y, z })).toBeCloseTo(value("p(x,y,z)", { x, y, z }), 12);
    expect(value("integral(p(x,y|z), x, y)", { z })).toBeCloseTo(1, 12);
    expect(value("integral(q(z|x), z)", { x })).toBeCloseTo(1, 12);
    expect(value("integral(p(w), w)")).toBeCloseTo(1, 12);
  });

  it("are neither uniform nor independent, and differ from letter to letter", () => {
    const apart = (one: string, other: string) =>
      Math.abs(Math.log(value(one, { x, y, z, w }) / value(other, { x, y, z, w })));
    expect(apart("p(x,z)", "p(x) * p(z)")).toBeGreaterThan(1e-3);
    expect(apart("p(z|x)", "q(z|x)")).toBeGreaterThan(1e-3);
    const { points } = model.rule("w");
    const densities = points.map(each => value("p(w)", { w: each }));
    expect(Math.max(...densities) - Math.min(...densities)).toBeGreaterThan(1e-3);
  });

  it("have logarithms that are at most 4 apart in the table: from −2 to 2", () => {
    for (const seed of seeds) {
      const model = modelOf(seed, "p(x)");
      const logs = model.rule("x").points.map(each => model.logDensity(density("p(x)"), { x: each }));
      expect(Math.max(...logs) - Math.min(...logs)).toBeLessThanOrEqual(4);
    }
    const spread = seeds.map(seed => {
      const model = modelOf(seed, "p(x)");
      const logs = model.rule("x").points.map(each => model.logDensity(density("p(x)"), { x: each }));
      return Math.max(...logs) - Math.min(...logs);
    });
    expect(Math.max(...spread)).toBeGreaterThan(2);
  });

  it("may have eight variables together and no more", () => {
    const of = (count: number) =>
      ({ kind: "density", letter: "p", of: [..."abcdefghi"].slice(0, count), given: [] }) as const;
    expect(() => new RandomModel(1, [of(8)])).not.toThrow();
    expect(() => new RandomModel(1, [of(9)])).toThrow(
      "derive: the densities p of all lines must have at most 8 variables together, but got 9; derive it for fewer.",
    );
    expect(() => new RandomModel(1, [of(5), { ...of(9), of: [..."efgh"], given: ["i"] }])).toThrow(/but got 9/);
  });
});

describe("its functions", () => {
  it("are positive numbers of their own at each place, from 1/e to e, the same when asked again", () => {
    const model = modelOf(1, "f(x,z) * g(x,z)");
    const places = model.rule("x").points.flatMap(x => model.rule("z").points.map(z => ({ x, z })));
    const all = ["f", "g"].flatMap(name => places.map(place => model.valueOf(name, ["x", "z"], place)));
    expect(new Set(all).size).toBe(18);
    for (const value of all) expect(Math.abs(Math.log(value))).toBeLessThanOrEqual(1);
    expect(Math.max(...all)).toBeGreaterThan(1.5);
    expect(Math.min(...all)).toBeLessThan(0.7);
    expect(places.map(place => model.valueOf("f", ["x", "z"], place))).toEqual(all.slice(0, 9));
    expect(model.valueOf("f", ["x"], { x: 1, z: 2 })).toBe(model.valueOf("f", ["x"], { x: 1, z: 3 }));
    expect(model.valueOf("f", ["x"], { x: 1 })).not.toBe(model.valueOf("f", ["z"], { z: 1 }));
  });
});
