import type { Density } from "../language/expression.ts";

/**
 * What a product is made of: whatever arithmetic alone does not take apart. Its text is its identity; on the `free`
 * variables its value depends.
 */
export type Atom = { text: string; free: ReadonlySet<string> } & (
  | { kind: "density"; density: Density }
  | { kind: "name" }
  | { kind: "divergence" | "entropy" }
  | { kind: "logarithm" | "exponential" | "bracket"; inner: Polynomial }
  | { kind: "expectation"; under: Density; inner: Polynomial }
  | { kind: "integral"; over: readonly string[]; inner: Polynomial }
);

/** A number times powers of atoms. */
export interface Monomial {
  coefficient: number;
  factors: readonly { atom: Atom; power: number }[];
}

/** A sum of monomials that differ in their factors, in the order of their texts. Two that are equal have one text. */
export type Polynomial = readonly Monomial[];

export function number(value: number): Polynomial {
  return value === 0 ? [] : [{ coefficient: value, factors: [] }];
}

export function single(atom: Atom, power = 1): Polynomial {
  return [{ coefficient: 1, factors: [{ atom, power }] }];
}

export function add(...polynomials: readonly Polynomial[]): Polynomial {
  const sums = new Map<string, Monomial>();
  for (const monomial of polynomials.flat()) {
    const key = factorsText(monomial);
    sums.set(key, { ...monomial, coefficient: (sums.get(key)?.coefficient ?? 0) + monomial.coefficient });
  }
  return [...sums]
    .filter(([, { coefficient }]) => Math.abs(coefficient) > ROUNDING)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, monomial]) => monomial);
}

export function scale(polynomial: Polynomial, factor: number): Polynomial {
  return factor === 0 ? [] : polynomial.map(each => ({ ...each, coefficient: each.coefficient * factor }));
}

export function subtract(left: Polynomial, right: Polynomial): Polynomial {
  return add(left, scale(right, -1));
}

/** The product, multiplied out; equal factors above and below cancel. */
export function multiply(...polynomials: readonly Polynomial[]): Polynomial {
  return polynomials.reduce((left, right) => {
    const [l, r] = left.length * right.length > MOST_TERMS ? [bracket(left), bracket(right)] : [left, right];
    return add(l.flatMap(a => r.map(b => multiplyMonomials(a, b))));
  }, number(1));
}

/** What has too many terms to be multiplied out stays a factor of its own. */
function bracket(inner: Polynomial): Polynomial {
  return inner.length <= 1 ? inner : single(bracketAtom(inner));
}

function bracketAtom(inner: Polynomial): Atom {
  return { kind: "bracket", inner, text: `(${textOf(inner)})`, free: freeOf(inner) };
}

function multiplyMonomials(a: Monomial, b: Monomial): Monomial {
  const powers = new Map<string, { atom: Atom; power: number }>();
  for (const { atom, power } of [...a.factors, ...b.factors])
    powers.set(atom.text, { atom, power: (powers.get(atom.text)?.power ?? 0) + power });
  const factors = [...powers.values()].filter(({ power }) => power !== 0);
  factors.sort((left, right) => (left.atom.text < right.atom.text ? -1 : 1));
  return { coefficient: a.coefficient * b.coefficient, factors };
}

/** A power; a sum is multiplied out where the power is a small whole number and stays in brackets elsewhere. */
export function power(base: Polynomial, exponent: number): Polynomial {
  const [only] = base;
  const positive = only?.factors.every(({ atom }) => atom.kind === "density" || atom.kind === "exponential");
  if (only !== undefined && base.length === 1 && (Number.isInteger(exponent) || (positive && only.coefficient > 0))) {
    const factors = only.factors.map(({ atom, power }) => ({ atom, power: power * exponent }));
    return multiply([{ coefficient: only.coefficient ** exponent, factors }]);
  }
  if (Number.isInteger(exponent) && exponent >= 0 && exponent <= 8)
    return multiply(...Array.from({ length: exponent }, () => base));
  return single(bracketAtom(base), exponent);
}

/** What all terms have in common, so that no quotient is left: 4 a / b of 4 a / b + 2 a². Its number is the first term's. */
export function commonFactor(polynomial: Polynomial): Monomial {
  const atoms = new Map(polynomial.flatMap(({ factors }) => factors.map(({ atom }) => [atom.text, atom] as const)));
  const leastPower = ({ text }: Atom) =>
    Math.min(...polynomial.map(({ factors }) => factors.find(({ atom }) => atom.text === text)?.power ?? 0));
  const factors = [...atoms.values()].map(atom => ({ atom, power: leastPower(atom) }));
  const coefficient = Math.abs(polynomial[0]?.coefficient ?? 1);
  return { coefficient, factors: factors.filter(({ power }) => power !== 0) };
}

/** The variables on whose values a polynomial depends. */
export function freeOf(polynomial: Polynomial): ReadonlySet<string> {
  return new Set(polynomial.flatMap(({ factors }) => factors.flatMap(({ atom }) => [...atom.free])));
}

/** In the lecture's language: the terms with a plus first. */
export function textOf(polynomial: Polynomial): string {
  const ordered = [
    ...polynomial.filter(each => each.coefficient > 0),
    ...polynomial.filter(each => each.coefficient < 0),
  ];
  const words = ordered.map((monomial, i) => {
    const sign = monomial.coefficient < 0 ? (i === 0 ? "-" : " - ") : i === 0 ? "" : " + ";
    return sign + monomialText({ ...monomial, coefficient: Math.abs(monomial.coefficient) });
  });
  return words.join("") || "0";
}

function monomialText({ coefficient, factors }: Monomial): string {
  const raised = (sign: 1 | -1) =>
    factors
      .filter(({ power }) => Math.sign(power) === sign)
      .map(({ atom, power }) => (Math.abs(power) === 1 ? atom.text : `${atom.text}^${Math.abs(power)}`));
  const [above, below] = [raised(1), raised(-1)];
  const number = Number(coefficient.toPrecision(12));
  if (number !== 1 || above.length === 0) above.unshift(String(number));
  if (below.length === 0) return above.join(" * ");
  return `${above.join(" * ")} / ${below.length > 1 ? `(${below.join(" * ")})` : below[0]}`;
}

function factorsText({ factors }: Monomial): string {
  return factors.map(({ atom, power }) => `${atom.text}^${power}`).join("*");
}

/** Numbers in front of terms are small fractions: what is left of 0.1 + 0.2 − 0.3 is 0. */
const ROUNDING = 1e-12;

/** No line that a person writes comes near. */
const MOST_TERMS = 400;
