import type { Rewrite } from "./normalForm.ts";

/** The reasons that a line of a derivation can have. */
export type Reason =
  | "definition"
  | "Bayes"
  | "product rule"
  | "sum rule"
  | "multiply by one"
  | "add zero"
  | "logarithm"
  | "logarithm of a product"
  | "logarithm of a quotient"
  | "linearity"
  | "split of an expectation"
  | "constant"
  | "constant out of an expectation"
  | "integrates to one"
  | "sums to one"
  | "average"
  | "Jensen"
  | "KL >= 0"
  | "rearrange"
  | "regroup";

/** What a reason allows. */
export interface Rule {
  name: Reason;
  /** How it reads in a sentence: "follows by …". */
  words: string;
  /** What it does to a line. */
  rewrites: readonly Rewrite[];
  /** What goes without saying where it is the reason. */
  besides: readonly Rewrite[];
  /** What it needs beyond equal normal forms. */
  special?: "Bayes" | "average" | "Jensen" | "KL" | "nothing";
}

/**
 * The rule of a reason, or undefined where there is none of that name.
 *
 * Case and a possessive make no difference: "Bayes' rule" is "Bayes".
 */
export function ruleOf(reason: string): Rule | undefined {
  const plain = reason
    .trim()
    .toLowerCase()
    .replaceAll("≥", ">=")
    .replace(/^(by )?(the )?/, "")
    .replace(/['’]s?( (rule|theorem|inequality))?$/, "");
  const name = ALIASES.get(plain) ?? plain;
  return RULES.find(rule => rule.name.toLowerCase() === name.toLowerCase());
}

/** Every reason, once. */
export function reasons(): Reason[] {
  return RULES.map(({ name }) => name);
}

const ALIASES: ReadonlyMap<string, Reason> = new Map(
  Object.entries({
    "bayes rule": "Bayes",
    "bayes theorem": "Bayes",
    "chain rule": "product rule",
    marginalisation: "sum rule",
    "multiply and divide": "multiply by one",
    "add and subtract": "add zero",
    logarithms: "logarithm",
    "logarithm of a product": "logarithm",
    "logarithm of a quotient": "logarithm",
    "split of an expectation": "linearity",
    "constant out of an expectation": "constant",
    "sums to one": "integrates to one",
    "jensen inequality": "Jensen",
    "kl>=0": "KL >= 0",
    gibbs: "KL >= 0",
    regroup: "rearrange",
  } as const),
);

export const RULES: readonly Rule[] = [
  { name: "rearrange", words: "rearranging", rewrites: [], besides: [], special: "nothing" },
  { name: "multiply by one", words: "multiplying by one", rewrites: [], besides: [] },
  { name: "add zero", words: "adding zero", rewrites: [], besides: [] },
  { name: "logarithm", words: "the logarithm of a product or quotient", rewrites: ["logarithm"], besides: [] },
  { name: "linearity", words: "linearity", rewrites: ["linearity"], besides: [] },
  { name: "constant", words: "taking the average of a constant", rewrites: ["constant"], besides: ["linearity"] },
  { name: "definition", words: "definition", rewrites: ["definition"], besides: ["logarithm"] },
  { name: "product rule", words: "the product rule", rewrites: ["product"], besides: ["logarithm"] },
  { name: "Bayes", words: "Bayes' rule", rewrites: ["product"], besides: ["logarithm"], special: "Bayes" },
  { name: "sum rule", words: "the sum rule", rewrites: ["marginal"], besides: ["linearity"] },
  { name: "integrates to one", words: "a density integrating to one", rewrites: ["total"], besides: ["linearity"] },
  { name: "average", words: "averaging what is the same everywhere", rewrites: [], besides: [], special: "average" },
  { name: "Jensen", words: "Jensen's inequality", rewrites: [], besides: [], special: "Jensen" },
  { name: "KL >= 0", words: "KL ≥ 0", rewrites: [], besides: [], special: "KL" },
];
