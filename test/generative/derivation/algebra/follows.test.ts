import { describe, expect, it } from "vitest";
import { objection } from "../../../../src/generative/derivation/algebra/follows.ts";
import { RULES, type Reason, type Rule, reasons, ruleOf } from "../../../../src/generative/derivation/algebra/rules.ts";
import { rulesThatLead } from "../../../../src/generative/derivation/algebra/suggest.ts";
import { readDefinition } from "../../../../src/generative/derivation/language/definitions.ts";
import { freeVariables } from "../../../../src/generative/derivation/language/expression.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import { compareLines } from "../../../../src/generative/derivation/numbers/compare.ts";
import { Evaluator } from "../../../../src/generative/derivation/numbers/evaluate.ts";
import { RandomModel } from "../../../../src/generative/derivation/numbers/randomModel.ts";
import { names } from "../language/everyName.ts";

const densities = [{ kind: "density", letter: "q", of: ["z"], given: [] }] as const;
const { name, of, body } = readDefinition("ELBO = E_q[log(p(x,z) / q(z))]", {
  densities,
  names,
  definitions: new Map(),
});
const vocabulary = { densities, names, definitions: new Map([[name, { of, body }]]) };
const read = (text: string) => readExpression(text, vocabulary);
const relations = ["=", ">=", "<="] as const;
type Relation = (typeof relations)[number];
const against = (left: string, right: string, relation: Relation, ...reasons: Reason[]) =>
  objection(
    read(left),
    read(right),
    relation,
    reasons.map(reason => ruleOf(reason) as Rule),
    freeVariables(read(left)),
  );

/** A step by each rule, and all the single rules that lead there. */
const steps: readonly (readonly [left: string, right: string, relation: Relation, rules: readonly Reason[]])[] = [
  ["log(p(x)) + E_q[f(z)] * 2", "2 * E_q[f(z)] + log(p(x))", "=", ["rearrange"]],
  ["f(z) * (g(z) + 1)", "f(z) * g(z) + f(z)", "=", ["rearrange"]],
  ["-E_q[f(z) - g(z)]", "E_q[g(z) - f(z)]", "=", ["rearrange"]],
  ["log(p(x,z))", "log(q(z) * p(x,z) / q(z))", "=", ["rearrange", "multiply by one"]],
  ["E_q[log(p(x,z))]", "E_q[log(p(x,z)) + log(q(z)) - log(q(z))]", "=", ["rearrange", "add zero"]],
  ["log(p(x)^2 * f(z) / q(z))", "2 * log(p(x)) + log(f(z)) - log(q(z))", "=", ["logarithm"]],
  ["exp(log(f(z)) + 2 * g(z))", "f(z) * exp(2 * g(z))", "=", ["logarithm"]],
  ["E_q[2 * f(z) - g(z) / 3]", "2 * E_q[f(z)] - E_q[g(z)] / 3", "=", ["linearity"]],
  ["integral(f(z) + g(z), z)", "integral(f(z), z) + integral(g(z), z)", "=", ["linearity"]],
  ["E_q[f(x) * g(z)]", "f(x) * E_q[g(z)]", "=", ["linearity"]],
  ["E_q[log(p(x))]", "log(p(x))", "=", ["constant"]],
  ["E_q[log(p(x)) + f(z)]", "log(p(x)) + E_q[f(z)]", "=", ["constant"]],
  ["KL(q(z), p(z|x))", "E_q[log(q(z)) - log(p(z|x))]", "=", ["definition"]],
  ["KL(q(z), p(z|x))", "integral(q(z) * log(q(z) / p(z|x)), z)", "=", ["definition"]],
  ["H(q(z))", "-E_q[log(q(z))]", "=", ["definition"]],
  ["log(p(x)) - ELBO", "log(p(x)) - E_q[log(p(x,z) / q(z))]", "=", ["definition"]],
  ["p(x,z)", "p(z|x) * p(x)", "=", ["product rule"]],
  ["p(x,y|z)", "p(x|y,z) * p(y|z)", "=", ["product rule"]],
  ["p(z|x)", "p(x|z) * p(z) / p(x)", "=", ["product rule", "Bayes"]],
  ["p(z|x)", "p(x,z) / p(x)", "=", ["product rule", "Bayes"]],
  ["integral(p(x,z), z)", "p(x)", "=", ["sum rule"]],
  ["integral(2 * p(x,z|y), z)", "2 * p(x|y)", "=", ["sum rule"]],
  ["integral(q(z) * f(x), z)", "f(x)", "=", ["integrates to one"]],
  ["integral(p(x,z|y), x, z)", "1", "=", ["integrates to one"]],
  ["log(E_q[f(z)])", "E_q[log(f(z))]", ">=", ["Jensen"]],
  ["f(x) - log(E_q[f(z)])", "f(x) - E_q[log(f(z))]", "<=", ["Jensen"]],
  ["KL(q(z), p(z)) + f(x)", "f(x)", ">=", ["KL >= 0"]],
  ["f(x) - 2 * KL(q(z), p(z))", "f(x)", "<=", ["KL >= 0"]],
];

describe("a step", () => {
  it.each(steps)("from %s to %s (%s) follows by %s", (left, right, relation, rules) => {
    for (const reason of rules) {
      expect(against(left, right, relation, reason)).toBeUndefined();
      const turned = relation === "=" ? relation : relation === ">=" ? "<=" : ">=";
      expect(against(right, left, turned, reason)).toBeUndefined();
    }
  });

  it.each(steps)("from %s to %s (%s) follows by no rule but %s", (left, right, relation, mine) => {
    for (const reason of reasons().filter(each => !mine.includes(each)))
      expect([reason, against(left, right, relation, reason)]).not.toEqual([reason, undefined]);
  });

  it("has every rule among them", () => {
    const covered = new Set(steps.flatMap(([, , , rules]) => rules));
    expect(reasons().filter(reason => !covered.has(reason))).toEqual(["average"]);
  });

  it("takes two rules where it takes two, neither of them idle", () => {
    const [left, right] = ["E_q[log(p(x,z) / q(z))]", "E_q[log(p(x,z))] - E_q[log(q(z))]"];
    expect(against(left, right, "=", "logarithm", "linearity")).toBeUndefined();
    expect(against(left, right, "=", "logarithm")?.words).toMatch(/it does not lead from/);
    expect(against(left, right, "=", "logarithm", "linearity", "Bayes")?.words).toBe(
      "Bayes' rule has nothing to do here",
    );
    expect(rulesThatLead(read(left), read(right), "=", new Set())?.map(rule => rule.name)).toEqual([
      "logarithm",
      "linearity",
    ]);
    const marginal = ["definition", "product rule", "sum rule"] as const;
    expect(against("p(x)", "E_p(z)[p(x|z)]", "=", ...marginal)).toBeUndefined();
    expect(against("p(x)", "E_q[p(x|z)]", "=", ...marginal)).toBeDefined();
    expect(rulesThatLead(read("p(x)"), read("p(z)"), "=", new Set())).toBeUndefined();
  });

  it("averages only what earlier lines show to be the same everywhere", () => {
    const rules = [ruleOf("average") as Rule];
    const [left, right] = [read("log(p(x,z) / p(z|x))"), read("E_q[log(p(x,z) / p(z|x))]")];
    expect(objection(left, right, "=", rules, new Set(["x"]))).toBeUndefined();
    expect(objection(left, right, "=", rules, new Set(["x", "z"]))).toBeDefined();
    expect(objection(left, read("E_p(z)[log(p(x,z) / q(z))]"), "=", rules, new Set(["x"]))).toBeDefined();
  });

  it("by Jensen's inequality lowers what counts with a plus only, and under a logarithm only", () => {
    expect(against("-log(E_q[f(z)])", "-E_q[log(f(z))]", ">=", "Jensen")).toBeDefined();
    expect(against("E_q[f(z)]", "E_q[log(f(z))]", ">=", "Jensen")).toBeDefined();
    expect(against("log(E_q[f(z)]) * log(p(x))", "E_q[log(f(z))] * log(p(x))", ">=", "Jensen")).toBeDefined();
    expect(against("log(E_q[f(z)] + E_q[g(z)])", "E_q[log(f(z) + g(z))]", ">=", "Jensen")).toBeDefined();
    expect(against("log(E_q[f(z)])", "E_q[log(f(z))]", "=", "Jensen")?.words).toMatch(/never "="/);
  });
});

describe("a reason", () => {
  it.each([
    ["Bayes' rule", "Bayes"],
    ["bayes’ theorem", "Bayes"],
    ["by the product rule", "product rule"],
    ["Jensen's inequality", "Jensen"],
    ["KL ≥ 0", "KL >= 0"],
    ["split of an expectation", "linearity"],
    ["logarithm of a quotient", "logarithm"],
    ["sums to one", "integrates to one"],
    ["regroup", "rearrange"],
  ])("%s is %s", (typed, name) => expect(ruleOf(typed)?.name).toBe(name));

  it("that is none is none", () => {
    for (const typed of ["Beyes", "", "because", "constructor"]) expect(ruleOf(typed)).toBeUndefined();
  });
});

describe("no rule leads from one expression to another that is not equal to it", () => {
  const pool = [
    "log(p(x))",
    "p(x)",
    "p(x,z)",
    "p(x|z)",
    "p(z|x)",
    "p(z)",
    "q(z)",
    "p(x|z) * p(z)",
    "p(x|z) * p(z) / p(x)",
    "p(x,z) / p(z|x)",
    "log(p(x,z)) - log(q(z))",
    "log(p(x,z) / q(z))",
    "log(p(x,z)) / log(q(z))",
    "E_q[log(p(x,z) / q(z))]",
    "log(E_q[p(x,z) / q(z)])",
    "E_q[log(p(x|z))] - KL(q(z), p(z))",
    "E_q[log(p(x|z))] + KL(q(z), p(z))",
    "E_q[log(p(x|z))] - KL(p(z), q(z))",
    "E_q[log(p(x,z))] + H(q(z))",
    "E_q[log(p(x,z))] - H(q(z))",
    "KL(q(z), p(z|x))",
    "KL(p(z|x), q(z))",
    "log(p(x)) - ELBO",
    "log(p(x)) + ELBO",
    "ELBO",
    "E_q[log(p(x))]",
    "E_p(z)[p(x|z)]",
    "integral(p(x,z), z)",
    "integral(p(x,z), x)",
    "integral(p(x|z), z)",
    "integral(q(z) * p(x|z), z)",
    "integral(p(x,z) / q(z), z)",
    "1",
    "0",
    "E_q[f(z) * g(z)]",
    "E_q[f(z)] * E_q[g(z)]",
    "E_q[f(x) * g(z)]",
    "f(x) * E_q[g(z)]",
    "f(x) * g(z)",
    "E_p(z)[f(x) * g(z)]",
  ] as const;
  const expressions = pool.map(read);
  const models = [1, 2].map(seed => new Evaluator(new RandomModel(seed, expressions)));

  it.each(RULES.map(rule => [rule.name, rule] as const))("by %s", (_, rule) => {
    let followed = 0;
    for (const [i, left] of expressions.entries()) {
      for (const [j, right] of expressions.entries()) {
        for (const relation of relations) {
          if (i === j || objection(left, right, relation, [rule], freeVariables(left)) !== undefined) continue;
          followed++;
          for (const model of models)
            expect([
              pool[i],
              relation,
              pool[j],
              compareLines(model, left, right, relation, 1e-9).margin >= -1e-9,
            ]).toContain(true);
        }
      }
    }
    if (!/rearrange|zero|one|average/.test(rule.name)) expect(followed).toBeGreaterThan(0);
  });
});
