import { densityText } from "../language/expression.ts";
import { type Atom, type Monomial, type Polynomial, textOf } from "./polynomial.ts";

/** The smallest parts in which two expressions differ, each in the lecture's language. */
export interface Parting {
  left: string;
  right: string;
}

/** The first place where two polynomials part: what they have in common is left out, and then again inside. */
export function partingOf(left: Polynomial, right: Polynomial): Parting | undefined {
  const [onlyLeft, onlyRight] = [without(left, right), without(right, left)];
  const [l, r] = [onlyLeft[0], onlyRight[0]];
  if (l === undefined && r === undefined) return undefined;
  const inside = l && r && onlyLeft.length === 1 && onlyRight.length === 1 ? withinTerm(l, r) : undefined;
  return inside ?? { left: textOf(onlyLeft), right: textOf(onlyRight) };
}

function without(polynomial: Polynomial, other: Polynomial): Polynomial {
  const common = new Set(other.map(term => textOf([term])));
  return polynomial.filter(term => !common.has(textOf([term])));
}

function withinTerm(left: Monomial, right: Monomial): Parting | undefined {
  if (left.coefficient !== right.coefficient) return undefined;
  const key = ({ atom, power }: Monomial["factors"][number]) => `${atom.text}^${power}`;
  const [leftKeys, rightKeys] = [left, right].map(term => new Set(term.factors.map(key)));
  const onlyLeft = left.factors.filter(factor => !rightKeys?.has(key(factor)));
  const onlyRight = right.factors.filter(factor => !leftKeys?.has(key(factor)));
  const [l, r] = [onlyLeft[0], onlyRight[0]];
  if (l && r && onlyLeft.length === 1 && onlyRight.length === 1 && l.power === r.power)
    return withinAtom(l.atom, r.atom);
  const [leftText, rightText] = [onlyLeft, onlyRight].map(factors => textOf([{ coefficient: 1, factors }]));
  return { left: leftText ?? "1", right: rightText ?? "1" };
}

function withinAtom(left: Atom, right: Atom): Parting {
  const inside =
    "inner" in left && "inner" in right && left.kind === right.kind && frame(left) === frame(right)
      ? partingOf(left.inner, right.inner)
      : undefined;
  return inside ?? { left: left.text, right: right.text };
}

/** An atom but for its kind and what is in it: over which density or variables it goes. */
function frame(atom: Atom): string {
  if (atom.kind === "expectation") return densityText(atom.under);
  return atom.kind === "integral" ? atom.over.join() : "";
}
