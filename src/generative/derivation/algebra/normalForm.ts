import { type Density, densityText, type Expression, freeVariables } from "../language/expression.ts";
import {
  add,
  commonFactor,
  freeOf,
  multiply,
  number,
  type Polynomial,
  power,
  scale,
  single,
  textOf,
} from "./polynomial.ts";

/** What a normal form may do besides arithmetic. */
export type Rewrite =
  /** What a name, a divergence and an entropy stand for: an expectation. */
  | "definition"
  /** What an expectation stands for: an integral. */
  | "integral"
  /** p(x, z) for p(x|z) p(z): every conditional density becomes a quotient of two joint ones. */
  | "product"
  /** The logarithm of a product becomes a sum. */
  | "logarithm"
  /** Expectations and integrals are taken term by term; what is constant in them comes out. */
  | "linearity"
  /** The average of what is constant is itself. */
  | "constant"
  /** A density loses a variable that is integrated over. */
  | "marginal"
  /** A density integrates to one. */
  | "total"
  /** The other way: what is divided by does not cancel, so that a one that was put in can be seen. */
  | "keep quotients"
  /** Nor does what is taken away. */
  | "keep differences";

/**
 * The one form that all lines have in common which arithmetic and some rewrites lead to from each other.
 *
 * Order, brackets and what cancels make no difference; inside a logarithm neither. Densities and functions are taken
 * for positive, as their logarithms are.
 */
export function normalForm(expression: Expression, rewrites: ReadonlySet<Rewrite>): Polynomial {
  const inner = (part: Expression) => normalForm(part, rewrites);
  switch (expression.kind) {
    case "number":
      return expression.value < 0 && rewrites.has("keep differences")
        ? multiply(kept("-1"), number(-expression.value))
        : number(expression.value);
    case "density":
      return density(expression, rewrites);
    case "variable":
    case "function":
      return named(expression);
    case "defined":
      return rewrites.has("definition") ? inner(expression.body) : named(expression);
    case "sum":
      return add(...expression.terms.map(inner));
    case "product":
      return multiply(...expression.factors.map(inner));
    case "quotient":
      return multiply(inner(expression.above), raised(inner(expression.below), -1, rewrites));
    case "power":
      return raised(inner(expression.base), expression.exponent, rewrites);
    case "logarithm":
      return logarithm(inner(expression.of), rewrites);
    case "exponential":
      return exponential(inner(expression.of), rewrites);
    case "expectation":
      return average(expression.under, inner(expression.body), rewrites);
    case "integral":
      return integral([...expression.over].sort(), inner(expression.body), rewrites);
    case "divergence":
      return divergence(expression.of, expression.from, rewrites);
    case "entropy":
      return entropy(expression.of, rewrites);
  }
}

function raised(base: Polynomial, exponent: number, rewrites: ReadonlySet<Rewrite>): Polynomial {
  return exponent < 0 && rewrites.has("keep quotients")
    ? kept(`1/(${textOf(power(base, -exponent))})`)
    : power(base, exponent);
}

/** What does not cancel is a name of its own. */
function kept(text: string): Polynomial {
  return single({ kind: "name", text, free: new Set() });
}

function named(expression: Extract<Expression, { name: string }>): Polynomial {
  const of = "of" in expression ? expression.of : [];
  const text = of.length === 0 ? expression.name : `${expression.name}(${of.join(",")})`;
  return single({ kind: "name", text, free: freeVariables(expression) });
}

function density(of: Density, rewrites: ReadonlySet<Rewrite>): Polynomial {
  if (!rewrites.has("product") || of.given.length === 0) return atomOf(of);
  const joint = { ...of, of: [...of.of, ...of.given], given: [] };
  return multiply(atomOf(joint), power(atomOf({ ...of, of: of.given, given: [] }), -1));
}

function atomOf(density: Density): Polynomial {
  return single({ kind: "density", density, text: densityText(density), free: freeVariables(density) });
}

function divergence(of: Density, from: Density, rewrites: ReadonlySet<Rewrite>): Polynomial {
  if (!rewrites.has("definition"))
    return single({
      kind: "divergence",
      text: `KL(${densityText(of)}, ${densityText(from)})`,
      free: freeVariables({ kind: "divergence", of, from }),
    });
  const ratio = multiply(density(of, rewrites), power(density(from, rewrites), -1));
  return average(of, logarithm(ratio, rewrites), rewrites);
}

function entropy(of: Density, rewrites: ReadonlySet<Rewrite>): Polynomial {
  if (!rewrites.has("definition"))
    return single({ kind: "entropy", text: `H(${densityText(of)})`, free: new Set(of.given) });
  return scale(average(of, logarithm(density(of, rewrites), rewrites), rewrites), -1);
}

/** log of a polynomial: what all its terms have in common comes out. The logarithm of 1 is 0 in any case. */
export function logarithm(inner: Polynomial, rewrites: ReadonlySet<Rewrite>): Polynomial {
  const [only, ...more] = inner;
  const whole = logarithmAtom(inner);
  if (only === undefined || (more.length === 0 && only.coefficient < 0)) return whole;
  if (more.length === 0 && only.factors.length === 0) return number(Math.log(only.coefficient));
  if (!rewrites.has("logarithm")) return whole;
  const common = commonFactor(inner);
  const terms = common.factors.map(({ atom, power }) => {
    if (atom.kind === "exponential") return scale(atom.inner, power);
    return scale(atom.kind === "bracket" ? logarithm(atom.inner, rewrites) : logarithmAtom(single(atom)), power);
  });
  const rest = more.length === 0 ? [] : logarithmAtom(multiply(inner, power([common], -1)));
  return add(number(Math.log(common.coefficient)), ...terms, rest);
}

function logarithmAtom(inner: Polynomial): Polynomial {
  return single({ kind: "logarithm", inner, text: `log(${textOf(inner)})`, free: freeOf(inner) });
}

function exponential(inner: Polynomial, rewrites: ReadonlySet<Rewrite>): Polynomial {
  if (inner.length === 0) return number(1);
  if (!rewrites.has("logarithm")) return exponentialAtom(inner);
  const factors = inner.map(term => {
    const [factor] = term.factors;
    if (term.factors.length === 1 && factor?.power === 1 && factor.atom.kind === "logarithm")
      return power(factor.atom.inner, term.coefficient);
    return power(exponentialAtom([{ ...term, coefficient: 1 }]), term.coefficient);
  });
  return multiply(...factors);
}

function exponentialAtom(inner: Polynomial): Polynomial {
  return single({ kind: "exponential", inner, text: `exp(${textOf(inner)})`, free: freeOf(inner) });
}

/** E_q[…] of a polynomial, as far as the rewrites take it apart. */
export function average(under: Density, inner: Polynomial, rewrites: ReadonlySet<Rewrite>): Polynomial {
  if (rewrites.has("integral"))
    return integral([...under.of].sort(), multiply(density(under, rewrites), inner), rewrites);
  const whole = (body: Polynomial): Polynomial => {
    if (rewrites.has("constant") && !under.of.some(name => freeOf(body).has(name))) return body;
    const free = new Set([...under.given, ...[...freeOf(body)].filter(name => !under.of.includes(name))]);
    return single({ kind: "expectation", under, inner: body, text: `E_${densityText(under)}[${textOf(body)}]`, free });
  };
  return termByTerm(under.of, inner, whole, rewrites);
}

function integral(over: readonly string[], inner: Polynomial, rewrites: ReadonlySet<Rewrite>): Polynomial {
  const whole = (body: Polynomial): Polynomial => {
    const left = rewrites.has("marginal") || rewrites.has("total") ? integrated(over, body, rewrites) : undefined;
    if (left !== undefined) return left;
    const free = new Set([...freeOf(body)].filter(name => !over.includes(name)));
    return single({ kind: "integral", over, inner: body, text: `integral(${textOf(body)}, ${over.join(", ")})`, free });
  };
  return termByTerm(over, inner, whole, rewrites);
}

/** Sums and constants out of an integral; in any case a sign comes out, so that −E[a − b] is E[b − a]. */
function termByTerm(
  over: readonly string[],
  inner: Polynomial,
  whole: (body: Polynomial) => Polynomial,
  rewrites: ReadonlySet<Rewrite>,
): Polynomial {
  if (!rewrites.has("linearity")) {
    const sign = (inner[0]?.coefficient ?? 1) < 0 ? -1 : 1;
    return scale(whole(scale(inner, sign)), sign);
  }
  const terms = inner.map(term => {
    const inside = term.factors.filter(({ atom }) => over.some(name => atom.free.has(name)));
    const outside = term.factors.filter(factor => !inside.includes(factor));
    return multiply([{ ...term, factors: outside }], whole([{ coefficient: 1, factors: inside }]));
  });
  return add(...terms);
}

/** ∫ of one density over variables that it is a density of. */
function integrated(over: readonly string[], body: Polynomial, rewrites: ReadonlySet<Rewrite>): Polynomial | undefined {
  const [term] = body;
  const [factor, ...others] = term?.factors ?? [];
  if (term === undefined || body.length > 1 || others.length > 0) return undefined;
  if (factor?.power !== 1 || factor.atom.kind !== "density") return undefined;
  const { density } = factor.atom;
  if (!over.every(name => density.of.includes(name))) return undefined;
  const of = density.of.filter(name => !over.includes(name));
  if (of.length === 0) return rewrites.has("total") ? number(term.coefficient) : undefined;
  return rewrites.has("marginal") ? scale(atomOf({ ...density, of }), term.coefficient) : undefined;
}
