import { describe, expect, it } from "vitest";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import { compareLines, shownPlace } from "../../../../src/generative/derivation/numbers/compare.ts";
import { Evaluator } from "../../../../src/generative/derivation/numbers/evaluate.ts";
import type { Model, Places } from "../../../../src/generative/derivation/numbers/model.ts";
import { names } from "../language/everyName.ts";

const read = (text: string) => readExpression(text, { densities: [], names, definitions: new Map() });
const points = (count: number) => Array.from({ length: count }, (_, i) => i);

/** Variables with so many places from 0 on, a fixed at 10, and functions of which it notes where they are asked for. */
class Grid implements Model {
  readonly fixed = { a: 10 };
  readonly asked: Places[] = [];

  constructor(
    private readonly counts: Readonly<Record<string, number>>,
    private readonly f = (..._: number[]) => 0,
  ) {}

  rule(variable: string) {
    return { points: points(this.counts[variable] as number) };
  }

  logDensity() {
    return 0;
  }

  valueOf(name: string, of: readonly string[], places: Places) {
    const at = of.map(each => places[each] as number);
    if (name === "f") this.asked.push(Object.fromEntries(of.map((each, i) => [each, at[i] as number])));
    return name === "f" ? this.f(...at) : 0;
  }
}
/** Numbers are kept as logarithms, and so right to some fifteen digits: here they are rounded to twelve. */
const rounded = (value: number) => (value === 0 ? value : Number(value.toPrecision(12)));
function compare(model: Model, first: string, relation: "=" | ">=" | "<=", second: string, within = 1e-9) {
  const { left, right, places, margin } = compareLines(
    new Evaluator(model),
    read(first),
    read(second),
    relation,
    within,
  );
  return { left: rounded(left), right: rounded(right), places, margin: rounded(margin) };
}

describe("two lines are compared", () => {
  it("at every place where there are up to five, and else at the middle and four around it", () => {
    for (const [count, places] of [
      [1, [0]],
      [5, [0, 1, 2, 3, 4]],
      [6, [3, 2, 3, 1, 4]],
      [101, [50, 40, 60, 30, 70]],
    ] as const) {
      const model = new Grid({ z: count });
      compare(model, "f(z)", "=", "0");
      expect(model.asked.map(({ z }) => z)).toEqual(places);
    }
  });

  it("at each place of one variable with each of the others, but for what is fixed", () => {
    const model = new Grid({ x: 3, z: 2 });
    compare(model, "f(x,z,a)", "=", "0");
    expect(model.asked).toEqual([0, 1, 2].flatMap(x => [0, 1].map(z => ({ x, z, a: 10 }))));
    // Also of those that only the other line has.
    const other = new Grid({ x: 3, z: 2 });
    expect(compare(other, "g(x)", "=", "f(z)").places).toEqual({ x: 0, z: 0 });
    expect(other.asked).toHaveLength(6);
  });

  it("at five places of each of four variables, and at two of each of more", () => {
    const four = new Grid({ w: 9, x: 9, y: 9, z: 9 });
    compare(four, "f(w,x,y,z)", "=", "0");
    expect(four.asked).toHaveLength(5 ** 4);
    const five = new Grid({ w: 9, x: 9, y: 9, z: 9, b: 9 });
    compare(five, "f(w,x,y,z,b)", "=", "0");
    expect(five.asked).toHaveLength(2 ** 5);
    expect(new Set(five.asked.map(({ w }) => w))).toEqual(new Set([4, 3]));
  });
});

describe("what is said of two lines", () => {
  const model = new Grid({ z: 3 }, z => [1, 4, 2][z] as number);

  it("is where they first violate the relation, with what speaks for it at its worst", () => {
    expect(compare(model, "f(z)", "=", "1")).toEqual({ left: 4, right: 1, places: { z: 1 }, margin: -3 });
    expect(compare(model, "1", "=", "f(z)")).toEqual({ left: 1, right: 4, places: { z: 1 }, margin: -3 });
    expect(compare(model, "f(z)", ">=", "3")).toEqual({ left: 1, right: 3, places: { z: 0 }, margin: -2 });
    expect(compare(model, "f(z)", "<=", "3")).toEqual({ left: 4, right: 3, places: { z: 1 }, margin: -1 });
    expect(compare(model, "f(z)", ">=", "2")).toMatchObject({ places: { z: 0 }, margin: -1 });
    expect(compare(model, "f(z)", ">=", "5")).toMatchObject({ places: { z: 0 }, margin: -4 });
  });

  it("is the first place where they do not, with the margin of an inequality", () => {
    expect(compare(model, "f(z)", "=", "f(z)")).toEqual({ left: 1, right: 1, places: { z: 0 }, margin: 0 });
    expect(compare(model, "f(z)", ">=", "0.5")).toEqual({ left: 1, right: 0.5, places: { z: 0 }, margin: 0.5 });
    expect(compare(model, "f(z)", "<=", "6")).toEqual({ left: 1, right: 6, places: { z: 0 }, margin: 2 });
  });

  it("lets them differ by what is allowed, and by no more", () => {
    expect(compare(model, "f(z)", "=", "2", 1.999)).toMatchObject({ places: { z: 1 }, margin: -2 });
    expect(compare(model, "f(z)", "=", "2", 2.001)).toMatchObject({ places: { z: 0 }, margin: -2 });
    expect(compare(model, "f(z)", ">=", "3", 2.001)).toMatchObject({ places: { z: 0 }, margin: -2 });
  });

  it("takes equal infinities for equal, and NaN for a violation", () => {
    expect(compare(model, "1 / 0", "=", "2 / 0").margin).toBe(0);
    expect(compare(model, "1 / 0", ">=", "f(z)").margin).toBe(Infinity);
    expect(compare(model, "1 / 0", "=", "-1 / 0").margin).toBe(-Infinity);
    const holed = new Grid({ z: 3 }, z => [1, Number.NaN, 2][z] as number);
    for (const relation of ["=", ">=", "<="] as const)
      expect(compare(holed, "f(z)", relation, "f(z)")).toMatchObject({ places: { z: 1 }, margin: Number.NaN });
  });

  it("has no minus in front of a zero", () => {
    expect(Object.is(compare(model, "f(z)", "=", "f(z)").margin, 0)).toBe(true);
    expect(Object.is(compare(model, "f(z)", "<=", "f(z)").margin, 0)).toBe(true);
  });
});

it("a line is shown at the middle of a grid, and at the first of a few places", () => {
  expect(shownPlace(new Grid({ x: 101, z: 3 }), read("f(x,z) * a"))).toEqual({ x: 50, z: 0 });
  expect(shownPlace(new Grid({}), read("a + 1"))).toEqual({});
});
