/** A density as it is written: `p(x, z)`, `q(z|x)`, `p_theta(x|z)`. */
export interface Density {
  kind: "density";
  letter: string;
  /** What it is a density of. */
  of: readonly string[];
  given: readonly string[];
}

/** What one line of a derivation says: the lecture's own language, read. */
export type Expression =
  | Density
  | { kind: "number"; value: number }
  /** A variable by itself: a place, as the z of `E_q[z]`, or a constant, as β. */
  | { kind: "variable"; name: string }
  /** A function of some variables, as `f(z)`. */
  | { kind: "function"; name: string; of: readonly string[] }
  /** A name with a definition, as ELBO or `w(z)`. */
  | { kind: "defined"; name: string; of: readonly string[]; body: Expression }
  | { kind: "sum"; terms: readonly Expression[] }
  | { kind: "product"; factors: readonly Expression[] }
  | { kind: "quotient"; above: Expression; below: Expression }
  | { kind: "power"; base: Expression; exponent: number }
  | { kind: "logarithm"; of: Expression }
  | { kind: "exponential"; of: Expression }
  | { kind: "expectation"; under: Density; body: Expression }
  /** An integral, or a sum where the variable is discrete. */
  | { kind: "integral"; over: readonly string[]; body: Expression }
  /** KL(of ‖ from) */
  | { kind: "divergence"; of: Density; from: Density }
  | { kind: "entropy"; of: Density };

/** The variables on whose values an expression depends: those that no integral or expectation takes away. */
export function freeVariables(expression: Expression): ReadonlySet<string> {
  const known = cache.get(expression);
  if (known) return known;
  const free = findFree(expression);
  cache.set(expression, free);
  return free;
}

/** An expression never changes. */
const cache = new WeakMap<Expression, ReadonlySet<string>>();

function findFree(expression: Expression): ReadonlySet<string> {
  switch (expression.kind) {
    case "density":
      return new Set([...expression.of, ...expression.given]);
    case "function":
      return new Set(expression.of);
    case "variable":
      return new Set([expression.name]);
    case "expectation":
      return without([...freeVariables(expression.body), ...expression.under.given], expression.under.of);
    case "integral":
      return without(freeVariables(expression.body), expression.over);
    case "divergence":
      return without([...expression.of.given, ...freeVariables(expression.from)], expression.of.of);
    case "entropy":
      return new Set(expression.of.given);
    default:
      return new Set(parts(expression).flatMap(part => [...freeVariables(part)]));
  }
}

function without(names: Iterable<string>, taken: readonly string[]): ReadonlySet<string> {
  return new Set([...names].filter(name => !taken.includes(name)));
}

/** The expressions that an expression is made of, one level down. */
export function parts(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "sum":
      return expression.terms;
    case "product":
      return expression.factors;
    case "quotient":
      return [expression.above, expression.below];
    case "power":
      return [expression.base];
    case "logarithm":
    case "exponential":
    case "entropy":
      return [expression.of];
    case "expectation":
      return [expression.under, expression.body];
    case "integral":
    case "defined":
      return [expression.body];
    case "divergence":
      return [expression.of, expression.from];
    default:
      return [];
  }
}

/** An expression and everything in it. */
export function everyPart(expression: Expression): Expression[] {
  return [expression, ...parts(expression).flatMap(everyPart)];
}

/** A density as it is written, its variables in the order of the alphabet: `p(x, z)` and `p(z, x)` are one. */
export function densityText({ letter, of, given }: Density): string {
  const bar = given.length > 0 ? `|${[...given].sort().join(",")}` : "";
  return `${letter}(${[...of].sort().join(",")}${bar})`;
}
