import { expect, it } from "vitest";
import type { Rewrite } from "../../../../src/generative/derivation/algebra/normalForm.ts";
import { RULES, ruleOf } from "../../../../src/generative/derivation/algebra/rules.ts";

it.each([
  ["Bayes", "Bayes"],
  ["  Bayes ", "Bayes"],
  ["BAYES' RULE", "Bayes"],
  ["Bayes'", "Bayes"],
  ["by Bayes' theorem", "Bayes"],
  ["by the product rule", "product rule"],
  ["the chain rule", "product rule"],
  ["by linearity", "linearity"],
  ["Jensen's", "Jensen"],
  ["by Jensen’s inequality", "Jensen"],
  ["Gibbs' inequality", "KL >= 0"],
  ["KL≥0", "KL >= 0"],
])("%s is %s", (typed, name) => expect(ruleOf(typed)?.name).toBe(name));

it.each(["by", "the", "KL's >= 0", "Bayes by the", "linearity linearity", "not Bayes", "average man"])(
  "%s is no reason",
  typed => expect(ruleOf(typed)).toBeUndefined(),
);

it.each(RULES)("$name has words of its own, and rewrites that there are", ({ name, words, rewrites, besides }) => {
  expect(RULES.filter(rule => rule.words === words || rule.name === name)).toHaveLength(1);
  expect(words).toMatch(/\w/);
  const known: readonly Rewrite[] = [
    "definition",
    "product",
    "logarithm",
    "linearity",
    "constant",
    "marginal",
    "total",
  ];
  for (const rewrite of [...rewrites, ...besides]) expect(known).toContain(rewrite);
});
