import type { Rule } from "./model.ts";

/** A density or a function: its value from those of its variables, in the order in which its name has them. */
export type OfPlaces = (...places: number[]) => number;

/** A model on which the lines of a derivation get their numbers. */
export interface DerivationCase {
  /** By name: where a variable stays, as x = 2; where it may be, as a `trapezoid`; or both. */
  variables: Readonly<Record<string, number | Rule | (Rule & { at: number })>>;
  /** The logarithms of the densities that make the model, and of q, by their names: `"p(x|z)": (x, z) => …`. */
  logDensities: Readonly<Record<string, OfPlaces>>;
  /** Functions, as the `f(z)` of an expectation. */
  functions?: Readonly<Record<string, OfPlaces>>;
  /**
   * Where p(x) and p(z|x) come from, so that Bayes' rule is put to the test. Left out, they are made of the joint
   * density by the very sums of the lines, and the claims say so.
   */
  posterior?: PosteriorSource;
}

export interface PosteriorSource {
  /** In words, as in "closed form". */
  from: string;
  /** Either the densities themselves, */
  logDensities?: Readonly<Record<string, OfPlaces>>;
  /** or another rule for each variable that has to be integrated over to get them. */
  variables?: Readonly<Record<string, Rule>>;
}
