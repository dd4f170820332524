import { describe, expect, it } from "vitest";
import {
  type Atom,
  add,
  commonFactor,
  freeOf,
  multiply,
  number,
  type Polynomial,
  power,
  scale,
  single,
  subtract,
  textOf,
} from "../../../../src/generative/derivation/algebra/polynomial.ts";

const named = (text: string): Polynomial => single({ kind: "name", text, free: new Set([text]) });
const [a, b, c] = ["a", "b", "c"].map(named) as [Polynomial, Polynomial, Polynomial];
const p = single({
  kind: "density",
  density: { kind: "density", letter: "p", of: ["x"], given: [] },
  text: "p(x)",
  free: new Set(["x"]),
});
const e = single({ kind: "exponential", inner: a, text: "exp(a)", free: new Set(["a"]) });
/** a0 + … + a(n − 1) */
const sumOf = (n: number, name = "a") => add(...Array.from({ length: n }, (_, i) => named(`${name}${i}`)));

/** Its number at a point: a sum of products of powers, and nothing that the arithmetic under test has. */
function numberOf(polynomial: Polynomial, at: (name: string) => number): number {
  const numberOfAtom = (atom: Atom) => ("inner" in atom ? within(atom, at) : at(atom.text));
  return polynomial
    .map(({ coefficient, factors }) =>
      factors.map(({ atom, power }) => numberOfAtom(atom) ** power).reduce((x, y) => x * y, coefficient),
    )
    .reduce((x, y) => x + y, 0);
}

function within(atom: Extract<Atom, { inner: Polynomial }>, at: (name: string) => number): number {
  const inside = numberOf(atom.inner, at);
  return atom.kind === "exponential" ? Math.exp(inside) : inside;
}

/** Points above 0, so that every power of them is a number. */
const points = [1, 2, 3].map(seed => (name: string) => {
  const hash = [...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) as number), seed * 7919);
  return 0.5 + ((hash * 0.618) % 1);
});

const pool: readonly (readonly [string, Polynomial])[] = [
  ["0", []],
  ["2", number(2)],
  ["a", a],
  ["-3b", scale(b, -3)],
  ["p", scale(p, 4)],
  ["exp", multiply(e, p)],
  ["a + b", add(a, b)],
  ["a - 2b + 1", add(a, scale(b, -2), number(1))],
  ["1/c + p", add(power(c, -1), p)],
  ["1/(a + b)", power(add(a, b), -1)],
];
const pairs = pool.flatMap(([left, l]) => pool.map(([right, r]) => [left, right, l, r] as const));

describe("at any point the number of", () => {
  it.each(pairs)("%s and %s together is what their numbers come to", (_, __, l, r) => {
    for (const at of points) {
      const [x, y] = [numberOf(l, at), numberOf(r, at)];
      expect(numberOf(add(l, r), at)).toBeCloseTo(x + y, 9);
      expect(numberOf(subtract(l, r), at)).toBeCloseTo(x - y, 9);
      expect(numberOf(multiply(l, r), at)).toBeCloseTo(x * y, 9);
    }
  });

  it.each(pool)("a power of %s is the power of its number", (_, base) => {
    for (const at of points) {
      const x = numberOf(base, at);
      for (const exponent of [-2, -1, -0.5, 0, 0.5, 1, 2, 3, 8, 9]) {
        if ((x <= 0 && !Number.isInteger(exponent)) || (x === 0 && exponent < 0)) continue;
        const [mine, theirs] = [numberOf(power(base, exponent), at), x ** exponent];
        expect(Math.abs(mine - theirs)).toBeLessThan(1e-9 * Math.max(1, Math.abs(theirs)));
      }
    }
  });

  it("a product that is not multiplied out is that of the product", () => {
    const [left, right] = [sumOf(21), sumOf(20, "b")];
    for (const at of points)
      expect(numberOf(multiply(left, right), at)).toBeCloseTo(numberOf(left, at) * numberOf(right, at), 6);
  });
});

describe("a polynomial", () => {
  it("has no term that is 0", () => {
    expect(number(0)).toEqual([]);
    expect(scale(add(a, b), 0)).toEqual([]);
    expect(subtract(add(a, b), add(b, a))).toEqual([]);
    expect(add(number(0.1), number(0.2), number(-0.3))).toEqual([]);
  });

  it("has its terms and factors in one order, whichever came first", () => {
    expect(add(c, a, b)).toEqual(add(b, c, a));
    expect(multiply(c, a, b)).toEqual(multiply(b, c, a));
  });

  it("is multiplied out up to 400 terms, and then keeps each sum in brackets", () => {
    expect(multiply(sumOf(20), sumOf(20, "b"))).toHaveLength(400);
    const product = multiply(sumOf(21), sumOf(20, "b"));
    expect(textOf(product)).toBe(`(${textOf(sumOf(21))}) * (${textOf(sumOf(20, "b"))})`);
    expect(product[0]?.factors.map(({ atom }) => atom.kind)).toEqual(["bracket", "bracket"]);
    expect(freeOf(product)).toEqual(new Set([...freeOf(sumOf(21)), ...freeOf(sumOf(20, "b"))]));
    // What is no sum needs no brackets.
    expect(textOf(multiply(scale(c, 2), sumOf(401)))).toBe(`2 * (${textOf(sumOf(401))}) * c`);
    expect(multiply([], sumOf(401))).toEqual([]);
  });

  it("has a power multiplied out where that is a whole number up to 8", () => {
    expect(textOf(power(add(a, b), 2))).toBe("2 * a * b + a^2 + b^2");
    expect(power(add(a, b), 8)).toHaveLength(9);
    expect(textOf(power(add(a, b), 9))).toBe("(a + b)^9");
    expect(power(add(a, b), 0)).toEqual(number(1));
    expect(textOf(power(add(a, b), -1))).toBe("1 / (a + b)");
    expect(textOf(power(add(a, b), 0.5))).toBe("(a + b)^0.5");
    expect(power([], 2)).toEqual([]);
    expect(textOf(power([], -1))).toBe("1 / (0)");
  });

  it("has a root taken factor by factor only where all of them are positive: the root of a² is not a", () => {
    expect(textOf(power(scale(multiply(p, e), 4), 0.5))).toBe("2 * exp(a)^0.5 * p(x)^0.5");
    expect(power(power(p, 2), 0.5)).toEqual(p);
    expect(power(power(e, 2), 0.5)).toEqual(e);
    expect(textOf(power(power(a, 2), 0.5))).toBe("(a^2)^0.5");
    expect(textOf(power(multiply(power(a, 2), p), 0.5))).toBe("(a^2 * p(x))^0.5");
    expect(textOf(power(scale(p, -4), 0.5))).toBe("(-4 * p(x))^0.5");
    expect(textOf(power(scale(a, 4), 0.5))).toBe("(4 * a)^0.5");
    expect(textOf(power(scale(p, -4), 2))).toBe("16 * p(x)^2");
  });

  it("depends on what its atoms do", () => expect(freeOf(add(multiply(a, b), p))).toEqual(new Set(["a", "b", "x"])));
});

it.each([
  ["4 * a / b", add(scale(multiply(a, a), 2), scale(multiply(a, power(b, -1)), 4))],
  ["1", add(a, b)],
  ["3", add(scale(a, -3), b)],
  ["a^2 * b", multiply(a, a, b)],
  ["a", add(multiply(a, a, b), multiply(a, c))],
  ["1", []],
])("%s is common to all terms", (text, polynomial) => expect(textOf([commonFactor(polynomial)])).toBe(text));

it("leaves out of what is common what is not", () => expect(commonFactor(add(a, b)).factors).toEqual([]));

it.each([
  ["0", []],
  ["-a - b", scale(add(a, b), -1)],
  ["b + c - a", add(b, c, scale(a, -1))],
  ["c - a - 2 * b", add(c, scale(a, -1), scale(b, -2))],
  ["1", number(1)],
  ["-0.5", number(-0.5)],
  ["1 / a", power(a, -1)],
  ["3 * a^2 / b^2", scale(multiply(power(a, 2), power(b, -2)), 3)],
  ["1 / (a * b)", power(multiply(a, b), -1)],
  ["a * b", multiply(a, b)],
  ["0.3 * a", scale(a, 0.1 + 0.2)],
])("reads %s", (text, polynomial) => expect(textOf(polynomial)).toBe(text));
