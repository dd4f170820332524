import { describe, expect, it } from "vitest";
import { objection, type Relation } from "../../../../src/generative/derivation/algebra/follows.ts";
import { RULES, type Reason, type Rule, ruleOf } from "../../../../src/generative/derivation/algebra/rules.ts";
import { against, read } from "./reading.ts";

type Step = [left: string, relation: Relation, right: string, ...reasons: Reason[]];

const right: readonly Step[] = [
  ["log(f(z) / (f(z) + g(z)))", "=", "log(f(z)) - log(f(z) + g(z))", "logarithm"],
  ["log(f(z) * (f(z) + g(z)))", "=", "log(f(z)) + log(f(z) + g(z))", "logarithm"],
  ["log((f(z) + g(z)) / 2)", "=", "log(f(z) + g(z)) - log(2)", "logarithm"],
  ["log((g(z) - 2 * f(z)) / 3)", "=", "log(g(z) - 2 * f(z)) - log(3)", "logarithm"],
  ["exp(f(z) - g(z))", "=", "exp(f(z)) / exp(g(z))", "logarithm"],
  ["integral(f(x,z), x, z)", "=", "integral(f(x,z), z, x)", "rearrange"],
  ["E_p(z,x)[f(x)]", "=", "integral(p(x,z) * f(x), x, z)", "definition"],
  ["2 * E_q[f(z) / 2]", "=", "E_q[f(z)]", "linearity"],
  ["log(p(x,z))", "=", "log(p(x|z)) + log(p(z))", "product rule"],
  ["log(p(z|x))", "=", "log(p(x|z)) + log(p(z)) - log(p(x))", "Bayes"],
  ["integral(p(x,z) * f(x) + p(x,z), z)", "=", "f(x) * p(x) + p(x)", "sum rule"],
  ["integral(p(x|z) * p(z), z)", "=", "p(x)", "product rule", "sum rule"],
  ["E_q[KL(q(z), p(z))]", "=", "KL(q(z), p(z))", "constant"],
  ["E_q[E_q[f(z)]]", "=", "E_q[f(z)]", "constant"],
  ["E_q[integral(f(z), z)]", "=", "integral(f(z), z)", "constant"],
  ["E_q[f(x)]", "=", "f(x)", "definition", "integrates to one"],
  ["E_q[log(p(x))] - ELBO", "=", "log(p(x)) - E_q[log(p(x,z) / q(z))]", "definition", "constant"],
  ["p(x,z) / p(x) * p(y|z)", "=", "p(z|x) * p(z|y) * p(y) / p(z)", "Bayes"],
  ["p(x,z) / p(x) - p(x)", "=", "p(z|x) - p(x)", "Bayes"],
  ["log(p(x,z)) - log(p(x))", "=", "log(p(z|x))", "Bayes"],
  ["f(x)", "=", "E_q[f(x)]", "average"],
  ["f(x) - g(x)", "=", "E_q[f(x)] - E_q[g(x)]", "average", "linearity"],
  ["2 * log(E_q[f(z)])", ">=", "2 * E_q[log(f(z))]", "Jensen"],
  ["a + log(E_q[f(z)])", ">=", "E_q[log(f(z))] + a", "Jensen"],
  ["log(E_q[f(z) / q(z)])", ">=", "E_q[log(f(z))] - E_q[log(q(z))]", "Jensen", "logarithm", "linearity"],
  ["f(x) + 2 * KL(q(z), p(z)) + KL(p(z), q(z))", ">=", "f(x)", "KL >= 0"],
];

/** Each is false, or true for another reason; the words are those of the objection, where it has some of its own. */
const wrong: readonly Step[] = [
  // log E[f] and nothing else becomes less when the logarithm goes inside.
  ["log(E_q[f(z)]^2)", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(E_q[f(z)])^2", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(E_q[f(z)]) * log(p(x))", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(E_q[f(z)] / 2)", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(E_q[f(z)] - g(x))", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(E_q[f(z)] * f(x))", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(E_q[f(z)] * f(x) - g(x))", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(f(x) - f(x))", ">=", "E_q[log(f(z))]", "Jensen"],
  ["log(-2)", ">=", "E_q[log(f(z))]", "Jensen"],
  ["2 + log(E_q[f(z)])", ">=", "3 + E_q[log(f(z))]", "Jensen"],
  ["2 * log(E_q[f(z)])", ">=", "E_q[log(f(z))] / 2", "Jensen"],
  ["E_q[log(f(z))]", ">=", "log(E_q[f(z)])", "Jensen"],
  ["log(E_q[f(z)])", "<=", "E_q[log(f(z))]", "Jensen"],
  ["log(E_q[f(z)])", ">=", "E_p(z)[log(f(z))]", "Jensen"],
  // A divergence by itself is at least 0, with a plus.
  ["KL(q(z), p(z)) * log(p(x)) + f(x)", ">=", "f(x)", "KL >= 0"],
  ["f(x) - KL(q(z), p(z))", ">=", "f(x)", "KL >= 0"],
  ["1 / KL(q(z), p(z)) + f(x)", ">=", "f(x)", "KL >= 0"],
  ["f(x) + H(q(z))", ">=", "f(x)", "KL >= 0"],
  ["f(x)", ">=", "f(x) + KL(q(z), p(z))", "KL >= 0"],
  // What is averaged has to be the same everywhere.
  ["f(z)", "=", "E_q[f(z)]", "average"],
  ["f(x)", "=", "E_p(x,z)[f(x)]", "average"],
  ["f(x)", "=", "E_q[f(x)] + 1", "average"],
  ["f(x)", "=", "2 * E_q[f(x)]", "average"],
  ["0", "=", "f(x) - f(x)", "average"],
  ["E_p(x,z)[f(x)]", "=", "f(x)", "constant"],
  ["E_p(x)[KL(q(z), p(z|x))]", "=", "KL(q(z), p(z|x))", "constant"],
  ["E_p(x)[H(p(z|x))]", "=", "H(p(z|x))", "constant"],
  ["E_p(x)[E_q(z|x)[f(z)]]", "=", "E_q(z|x)[f(z)]", "constant"],
  ["E_p(x)[E_q[f(x,z)]]", "=", "E_q[f(x,z)]", "constant"],
  ["E_p(x)[integral(f(x,z), z)]", "=", "integral(f(x,z), z)", "constant"],
  ["integral(f(x), z)", "=", "f(x)", "constant"],
  ["integral(f(x) * g(z), x, z)", "=", "f(x) * g(z) * integral(1, x, z)", "linearity"],
  ["E_q[f(z) * g(z)]", "=", "E_q[f(z)] * E_q[g(z)]", "linearity"],
  ["E_q[log(f(z) + g(z))]", "=", "E_q[log(f(z))] + E_q[log(g(z))]", "linearity"],
  // An integral of a density alone, over what it is a density of.
  ["integral(p(x,z)^2, z)", "=", "p(x)^2", "sum rule"],
  ["integral(p(x,z)^2, z)", "=", "p(x)", "sum rule"],
  ["integral(p(x,z) * f(z), z)", "=", "p(x)", "sum rule"],
  ["integral(p(x|z), z)", "=", "1", "integrates to one"],
  ["integral(p(x), x, z)", "=", "1", "integrates to one"],
  ["integral(p(x|z), z)", "=", "p(x)", "sum rule"],
  // Logarithms.
  ["log(f(z) + g(z))", "=", "log(f(z)) + log(g(z))", "logarithm"],
  ["log(f(z) + g(z))", "=", "log(f(z)) + log(1 + g(z))", "logarithm"],
  ["log(1 + f(z))", "=", "0", "rearrange"],
  ["log(2 * f(z) + 2 * g(z))", "=", "2 * log(f(z) + g(z))", "logarithm"],
  ["log(f(z))^2", "=", "2 * log(f(z))", "logarithm"],
  ["exp(2 * f(z))", "=", "2 * exp(f(z))", "logarithm"],
  ["exp(f(z) + g(z))", "=", "exp(f(z)) + exp(g(z))", "logarithm"],
  // Densities.
  ["p(z|x)", "=", "p(x|z)", "Bayes"],
  ["p(z|x)", "=", "p(x|z) * p(z)", "Bayes"],
  ["p(x,z)", "=", "p(x|z) * q(z)", "product rule"],
  ["p(x,z)", "=", "p(x) * p(z)", "product rule"],
  ["H(q(z))", "=", "E_q[log(q(z))]", "definition"],
  ["KL(q(z), p(z))", "=", "E_p(z)[log(q(z) / p(z))]", "definition"],
  ["H(q(z))", "=", "H(p(z))", "rearrange"],
  ["f(x,z)", "=", "f(xz)", "rearrange"],
  // Nothing is put in.
  ["2 * f(z) + f(z)", "=", "3 * f(z)", "add zero"],
  ["f(z)^2", "=", "f(z) * f(z)", "multiply by one"],
  ["f(z)^0", "=", "1", "multiply by one"],
  ["log(f(z) / g(z))", "=", "log(f(z)) - log(g(z))", "rearrange"],
];

describe("a right step is taken", () => {
  it.each(right)("%s %s %s by %s", (left, relation, next, ...reasons) => {
    expect(against(left, next, relation, ...reasons)).toBeUndefined();
  });
});

describe("a wrong step is not", () => {
  it.each(wrong)("%s %s %s by %s", (left, relation, next, ...reasons) => {
    expect(against(left, next, relation, ...reasons)?.words).toMatch(/^it does not lead|^without it/);
  });

  it("whatever else is said besides", () => {
    for (const [left, relation, next, ...reasons] of wrong) {
      if (/zero|one$|^rearrange/.test(reasons[0] as string)) continue;
      for (const other of ["rearrange", "logarithm", "linearity"] as const)
        expect([left, next, against(left, next, relation, ...reasons, other)]).not.toEqual([left, next, undefined]);
    }
  });
});

it("an average is over all that its density is of, and the line must depend on none of it", () => {
  const rules = [ruleOf("average") as Rule];
  const step = (on: string) => objection(read("f(x)"), read("E_p(x,z)[f(x)]"), "=", rules, new Set(on));
  expect(step("y")).toBeUndefined();
  for (const on of ["x", "z"]) expect(step(on)).toBeDefined();
});

it("a product is not turned round, also where another reason is given besides", () => {
  const words = "nothing is turned round: a joint density and a product are the same";
  expect(against("p(x,z)", "p(z|x) * p(x)", "=", "Bayes")?.words).toBe(words);
  expect(against("p(z|x) * p(x)", "p(x,z)", "=", "Bayes")?.words).toBe(words);
  expect(against("log(p(x,z))", "log(p(z|x)) + log(p(x))", "=", "Bayes", "logarithm")?.words).toBe(words);
});

it.each([
  ["integral(p(x,z) * f(x), z)", "f(x) * p(z)", "sum rule", "p(x)", "p(z)"],
  ["log(f(x) / q(z))", "log(f(x)) + log(q(z))", "logarithm", "-log(q(z))", "log(q(z))"],
  // The shortest of what is left: with all that the reason allows, with what goes without saying, and with neither.
  [
    "H(q(z)) + log(f(x) * g(x))",
    "E_q[log(q(z))] + log(f(x)) + log(g(x))",
    "definition",
    "H(q(z))",
    "E_q(z)[log(q(z))]",
  ],
  ["p(z|x)", "p(x,z) / p(z)", "product rule", "p(z|x)", "p(x,z) / p(z)"],
] as const)("%s and %s part by %s at %s and %s", (left, next, reason, onlyLeft, onlyRight) => {
  expect(against(left, next, "=", reason)?.parting).toEqual({ left: onlyLeft, right: onlyRight });
});

it.each(RULES.filter(({ special }) => special === undefined))(
  "$name, where it is idle, is said to be so",
  ({ name }) => {
    const objected = against("a * b", "b * a", "=", "rearrange", name)?.words;
    expect(objected).toBe(`${IDLE[name]} has nothing to do here`);
  },
);

/** How a rule reads in a sentence. */
const IDLE: Partial<Record<Reason, string>> = {
  "multiply by one": "multiplying by one",
  "add zero": "adding zero",
  logarithm: "the logarithm of a product or quotient",
  linearity: "linearity",
  constant: "taking the average of a constant",
  definition: "definition",
  "product rule": "the product rule",
  "sum rule": "the sum rule",
  "integrates to one": "a density integrating to one",
};
