import { describe, expect, it } from "vitest";
import { readDefinition } from "../../../../src/generative/derivation/language/definitions.ts";
import { LanguageError } from "../../../../src/generative/derivation/language/languageError.ts";
import { readExpression, type Vocabulary } from "../../../../src/generative/derivation/language/read.ts";

const vocabulary: Vocabulary = {
  densities: [{ kind: "density", letter: "q", of: ["z"], given: [] }],
  names: {
    letters: new Set(["p", "q", "p_theta"]),
    variables: new Set(["x", "z", "x_1", "beta"]),
    functions: new Set(["weight"]),
  },
  definitions: new Map(),
};

describe("a name that no case has", () => {
  it.each([
    ["ln(p(x))", 'but got "ln"; write log'],
    ["Log(p(x))", 'but got "Log"; write log'],
    ["lgo(p(x))", 'but got "lgo"; write log'],
    ["D_KL(q(z), p(z))", 'but got "D_KL"; write KL'],
    ["kl(q(z), p(z))", 'but got "kl"; write KL'],
    ["int(p(x, z), z)", 'but got "int"; write integral'],
    ["intergral(p(x, z), z)", 'but got "intergral"; write integral'],
    ["entropy(q(z))", 'but got "entropy"; write H'],
    ["wieght(z)", 'but got "wieght"; write weight'],
    ["P(x)", 'but got "P"; write p'],
    ["ρ(x)", 'but got "ρ"; write p'],
    ["foo(x)", 'but got "foo"; add foo to the functions of the cases'],
    ["foo(p(x))", 'but got "foo"'],
    ["constructor(x)", 'but got "constructor"'],
    ["p(y)", 'a variable must be one of the cases, which have x, z, x_1, beta, but got "y"; add y to the variables'],
    ["p(x1)", 'but got "x1"; write x_1'],
    ["p(X)", 'but got "X"; write x'],
    ["p(χ)", 'but got "χ"; write x'],
    ["bta * p(x)", 'but got "bta"; write beta'],
    ["E_q[pi]", 'but got "pi"; add pi to the variables'],
    ["integral(p(x, z), y)", 'but got "y"'],
    ["weight(y)", 'but got "y"'],
    ["weight", 'weight must say of what, but got "weight" alone; as in weight(z)'],
    ["r(z)", 'a density must be of the cases, which have p, q, p_theta, but got "r"; add r(z) to the logDensities'],
    ["p_teta(x)", 'but got "p_teta"; write p_theta'],
    ["KL(r(z), p(z))", 'but got "r"'],
    ["E_r(z)[log(p(x))]", 'but got "r"'],
    ["__proto__", 'but got "__proto__"'],
  ])("%s: says the nearest", (text, says) => {
    expect(() => readExpression(text, vocabulary)).toThrow(LanguageError);
    expect(() => readExpression(text, vocabulary)).toThrow(says);
  });

  it.each(["true", "false", "null", "undefined", "NaN", "Infinity", "1e400", '"a"', "'a'", "E_q['a']", "E_q.z"])(
    "%s is no number",
    text => expect(() => readExpression(text, vocabulary)).toThrow(/must be a finite number or a name, but got/),
  );
});

describe("a definition", () => {
  const define = (...texts: string[]) => {
    const definitions = new Map();
    for (const [i, text] of texts.entries()) {
      const { name, ...rest } = readDefinition(text, { ...vocabulary, definitions }, texts.slice(i + 1));
      definitions.set(name, rest);
    }
    return [...definitions.keys()];
  };

  it("may use those before it", () => expect(define("A = log(p(x))", "B(z) = A + weight(z)")).toEqual(["A", "B"]));

  it("may have a name that begins or ends like an expectation's", () => {
    expect(define("SIZE = 1", "ME_1 = 2", "Ent = 3", "pq = 4")).toEqual(["SIZE", "ME_1", "Ent", "pq"]);
  });

  it.each([
    [["A = A + 1"], "a definition must not lead back to itself, but got A → A"],
    [["A = B", "B = A"], "but got A → B → A"],
    [["A = 1 + C", "B = log(A)", "C(z) = B * p(z)"], "but got A → C → B → A"],
    [["A = B + C", "B = 1", "C = A"], "but got A → C → A"],
    // A circle further on is none of this one's.
    [["A = B", "B = C", "C = B"], "must use names that are defined before it, but got B; put B first"],
    [["A = B", "B = p(x)"], "must use names that are defined before it, but got B; put B first"],
    [["A = 1", "A = 2"], "must have a name of its own, but got A, which another definition has; choose another"],
    [["log(x) = x"], "but got log, which the language has"],
    [["p = 1"], "but got p, which the language has"],
    [["E = 1"], "but got E, which the language has"],
    // What stands behind the name must not be lost: this is no definition of A.
    [["A[1] = 2"], 'a definition must be "name = expression", but got "A[1] = 2"'],
    [["A.b = 2"], 'a definition must be "name = expression", but got "A.b = 2"'],
    [["A[1][2] = 3"], 'a definition must be "name = expression", but got "A[1][2] = 3"'],
    [["E_q = 1"], "but got E_q, which the language has"],
    [["x = 1"], "but got x, which the cases have"],
    [["weight(z) = 1"], "but got weight, which the cases have"],
    [["A = "], "something is due"],
    [["A = true"], "finite number"],
    [["A(z, z) = 1"], "a line must be an expression such as"],
    [["p(x)"], 'a definition must be "name = expression"'],
    [["A = foo(x)"], 'but got "foo"'],
    [["A = B", "B = )"], 'but got "B"'],
  ])("%j is refused", (texts, says) => expect(() => define(...texts)).toThrow(says));
});
