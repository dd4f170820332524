import { describe, expect, it } from "vitest";
import { LanguageError } from "../../../../src/generative/derivation/language/languageError.ts";
import type { Names } from "../../../../src/generative/derivation/language/names.ts";
import { readExpression, type Vocabulary } from "../../../../src/generative/derivation/language/read.ts";
import { names as everyName } from "./everyName.ts";

const few: Names = { letters: new Set(["p", "q"]), variables: new Set(["x", "z"]), functions: new Set() };
const error = (text: string, names: Names, definitions: Vocabulary["definitions"] = new Map()) => {
  try {
    readExpression(text, { densities: [], names, definitions });
  } catch (error) {
    if (error instanceof LanguageError) return { says: error.message, at: error.at };
    throw error;
  }
  throw new Error(`${text} must be refused`);
};
const long = "a".repeat(60);
const cut = `${"a".repeat(39)}…`;

describe("what is said of an unknown name", () => {
  it.each<[string, Names, string, string]>([
    [
      "foo(x)",
      few,
      'a function must be one of log, exp, sqrt, KL, H, integral, sum, or a density, but got "foo"; add foo to the functions of the cases',
      "foo",
    ],
    [
      "foo(x)",
      { ...few, functions: new Set(["weight", "height"]) },
      'a function must be weight, height, or one of log, exp, sqrt, KL, H, integral, sum, or a density, but got "foo"; add foo to the functions of the cases',
      "foo",
    ],
    [
      "y * p(x)",
      few,
      'a variable must be one of the cases, which have x, z, but got "y"; add y to the variables of the cases',
      "y",
    ],
    [
      "y",
      { ...few, variables: new Set() },
      'a variable must be one of the cases, which have none, but got "y"; add y to the variables of the cases',
      "y",
    ],
    [
      "r(x)",
      few,
      'a density must be of the cases, which have p, q, but got "r"; add r(x) to the logDensities of the cases',
      "r",
    ],
    [
      "p(x|z)",
      { ...few, letters: new Set() },
      'a density must be of the cases, which have none, but got "p"; add p(x|z) to the logDensities of the cases',
      "p",
    ],
    [
      "weight",
      { ...few, functions: new Set(["weight"]) },
      'weight must say of what, but got "weight" alone; as in weight(z)',
      "weight",
    ],
    // Of a long name no more than its beginning.
    [
      `${long}(x)`,
      few,
      `a function must be one of log, exp, sqrt, KL, H, integral, sum, or a density, but got "${cut}"; add ${cut} to the functions of the cases`,
      long,
    ],
    [
      long,
      few,
      `a variable must be one of the cases, which have x, z, but got "${cut}"; add ${cut} to the variables of the cases`,
      long,
    ],
    [
      `p_${long}(x)`,
      few,
      `a density must be of the cases, which have p, q, but got "p_${cut.slice(2)}"; add p_${cut.slice(2)} to the logDensities of the cases`,
      `p_${long}`,
    ],
  ])("%s: what there is, what came, what to do", (text, names, says, at) => {
    expect(error(text, names)).toEqual({ says, at });
  });

  it("names those that are defined as well, also for the nearest", () => {
    const body = { kind: "number", value: 1 } as const;
    const definitions = new Map([["share", { of: ["z"], body }]]);
    expect(error("foo(z)", few, definitions).says).toContain("a function must be share, or one of log,");
    expect(error("shaer(z)", few, definitions).says).toMatch(/but got "shaer"; write share$/);
  });
});

describe("every place of an expression is looked at", () => {
  it.each([
    ["p(y)", '"y"'],
    ["p(x|y)", '"y"'],
    ["f(y)", '"y"'],
    ["integral(p(x), x, y)", '"y"'],
    ["log(y) + 1", '"y"'],
    ["E_p(x|y)[x]", '"y"'],
    ["KL(p(x), q(x|y))", '"y"'],
    ["H(q(x|y))", '"y"'],
    ["E_p(x)[g(x)]", '"g"'],
  ])("%s", (text, got) => {
    const names: Names = { ...few, functions: new Set(["f"]) };
    expect(error(text, names).says).toContain(`but got ${got}`);
    expect(() => readExpression(text, { densities: [], definitions: new Map(), names: everyName })).not.toThrow();
  });
});

/** What is typed, the names that there are of its kind, and the one that is meant: undefined where that may be any. */
const nearest: readonly (readonly [typed: string, known: readonly string[], meant: string | undefined])[] = [
  // What others call it.
  ["ln", [], "log"],
  ["LN", [], "log"],
  ["loge", [], "log"],
  ["log_e", [], "log"],
  ["lg", [], "log"],
  ["D_KL", [], "KL"],
  ["DKL", [], "KL"],
  ["kl_div", [], "KL"],
  ["KLD", [], "KL"],
  ["divergence", [], "KL"],
  ["entropy", [], "H"],
  ["ent", [], "H"],
  ["int", [], "integral"],
  ["integrate", [], "integral"],
  ["root", [], "sqrt"],
  // Case makes no difference, nor do two letters in the wrong order; one or two others do little in a long name.
  ["Exp", [], "exp"],
  ["SUM", [], "sum"],
  ["h", [], "H"],
  ["WEIGHT", ["weight"], "weight"],
  ["ewight", ["weight"], "weight"],
  ["wght", ["weight"], "weight"],
  ["weights", ["weight"], "weight"],
  ["weightier", ["weight"], undefined],
  ["wgh", ["weight"], undefined],
  ["ab", ["ba"], "ba"],
  ["ab", ["ac"], "ac"],
  ["abc", ["abxy"], "abxy"],
  ["abc", ["axy"], undefined],
  ["ab", ["abcd"], "abcd"],
  ["abcdefgh", ["abcdexyz"], undefined],
  // One letter is not near to another, nor to two.
  ["u", ["v"], undefined],
  ["u", ["uv"], undefined],
  ["uv", ["u"], undefined],
  // The nearest of several, wherever it stands.
  ["weigh", ["weight", "weigth_b"], "weight"],
  ["weigth", ["weights", "weight"], "weight"],
  ["weigth", ["weight", "weights"], "weight"],
  // What others call it goes before a name that is written more like it.
  ["log_e", ["log_2"], "log"],
  ["D_KL", ["d_k"], "KL"],
  ["integrate", ["integrated"], "integral"],
];

describe("the name that was meant", () => {
  it.each(nearest)("for %s, where there are %j, is %s", (typed, known, meant) => {
    const says = error(`${typed}(x)`, { ...few, functions: new Set(known) }).says;
    if (meant === undefined) expect(says).toContain(`; add ${typed} to the functions of the cases`);
    else expect(says).toMatch(new RegExp(`; write ${meant}$`));
  });

  it("is a variable for a variable, and a letter for a letter", () => {
    const names = { ...few, letters: new Set(["p_theta"]), variables: new Set(["beta", "x_1"]) };
    expect(error("Beta", names).says).toMatch(/; write beta$/);
    expect(error("x1", names).says).toMatch(/; write x_1$/);
    expect(error("xlog", names).says).toMatch(/; add xlog to the variables/);
    expect(error("ln", { ...names, variables: new Set(["log"]) }).says).toMatch(/; write log$/);
    expect(error("ln", names).says).toMatch(/; add ln to the variables/);
    expect(error("p_teta(beta)", names).says).toMatch(/; write p_theta$/);
    expect(error("P(x)", few).says).toMatch(/; write p$/);
  });
});
