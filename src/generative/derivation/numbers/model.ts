import type { Density } from "../language/expression.ts";

/** The variables by name, with a value each. */
export type Places = Readonly<Record<string, number>>;

/** Points and the logarithms of their weights, which are left out where the variable is discrete. */
export interface Rule {
  points: readonly number[];
  logWeights?: readonly number[];
}

/** What numbers are computed from: every density and function of a derivation, and where its variables may be. */
export interface Model {
  /** What an expression depends on from outside, as the x of a datum. */
  readonly fixed: Places;
  /** The rule that integrates over a variable. */
  rule(variable: string): Rule;
  /** The logarithm of a density at a place, in nats. */
  logDensity(density: Density, places: Places): number;
  /** The value of a function at a place. */
  valueOf(name: string, of: readonly string[], places: Places): number;
}

/** The values of some variables in a text that names the place. */
export function placeKey(variables: Iterable<string>, places: Places): string {
  return [...variables].map(name => places[name]).join(";");
}
