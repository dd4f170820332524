import { describe, expect, it } from "vitest";
import { readDefinition } from "../../../../src/generative/derivation/language/definitions.ts";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import type { Expression } from "../../../../src/generative/derivation/language/expression.ts";
import { LanguageError } from "../../../../src/generative/derivation/language/languageError.ts";
import { readExpression, type Vocabulary } from "../../../../src/generative/derivation/language/read.ts";
import { names } from "./everyName.ts";

const vocabulary: Vocabulary = { densities: densitiesIn("q(z)"), names, definitions: new Map() };
const { name: _, ...share } = readDefinition("v(z) = p(x,z) / q(z)", vocabulary);
const { name: __, ...bound } = readDefinition("B = log(p(x))", vocabulary);
const definitions = new Map([
  ["v", share],
  ["B", bound],
]);
const read = (text: string) => readExpression(text, { ...vocabulary, definitions });
const a: Expression = { kind: "variable", name: "a" };
const b: Expression = { kind: "variable", name: "b" };
const number = (value: number): Expression => ({ kind: "number", value });
const minus = (of: Expression): Expression => ({ kind: "product", factors: [number(-1), of] });

describe("an expression is what its operators make of it", () => {
  it.each<[string, Expression]>([
    ["a + b", { kind: "sum", terms: [a, b] }],
    ["a - b", { kind: "sum", terms: [a, minus(b)] }],
    ["a - 2", { kind: "sum", terms: [a, number(-2)] }],
    ["-a", minus(a)],
    ["-2", number(-2)],
    ["-(-2)", number(2)],
    ["+a", a],
    ["a * b", { kind: "product", factors: [a, b] }],
    ["a b", { kind: "product", factors: [a, b] }],
    ["a / b", { kind: "quotient", above: a, below: b }],
    ["((a))", a],
    ["a^2", { kind: "power", base: a, exponent: 2 }],
    ["a^-2", { kind: "power", base: a, exponent: -2 }],
    ["a^(-0.5)", { kind: "power", base: a, exponent: -0.5 }],
    ["a^(+2)", { kind: "power", base: a, exponent: 2 }],
    ["a^(-(-2))", { kind: "power", base: a, exponent: 2 }],
    ["sqrt(a)", { kind: "power", base: a, exponent: 0.5 }],
    ["log(a)", { kind: "logarithm", of: a }],
    ["exp(a)", { kind: "exponential", of: a }],
    ["f(a,b)", { kind: "function", name: "f", of: ["a", "b"] }],
    ["v(z)", { kind: "defined", name: "v", ...share }],
    ["B", { kind: "defined", name: "B", ...bound }],
  ])("%s", (text, expected) => expect(read(text)).toEqual(expected));
});

const error = (text: string) => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof LanguageError) return { says: error.message, at: error.at };
    throw error;
  }
  throw new Error(`${text} must be refused`);
};

describe("an expression is refused", () => {
  it.each<[string, RegExp, number | string]>([
    // An exponent is a number as it stands, not what a product comes to.
    [
      "a^(2*3)",
      /^an exponent must be a number, but got "a \^ \(2 \* 3\)"; write exp\(b \* log\(a\)\) for a\^b$/,
      "a ^ (2 * 3)",
    ],
    ["a^(b*2)", /^an exponent must be a number/, "a ^ (b * 2)"],
    ["a^(2*b)", /^an exponent must be a number/, "a ^ (2 * b)"],
    ["a^(-b)", /^an exponent must be a number/, "a ^ (-b)"],
    ["a^b", /^an exponent must be a number/, "a ^ b"],
    ["a^(1/2)", /^an exponent must be a number/, "a ^ (1 / 2)"],
    ...["log", "exp", "KL", "H", "integral", "sum"].map((each): [string, RegExp, string] => [
      `2 * ${each}`,
      new RegExp(`^${each} must have brackets, but got "${each}" alone; as in ${each}\\(…\\)$`),
      each,
    ]),
    ["E", /^E must have brackets, but got "E" alone; as in E\[…\]$/, "E"],
    ["E_q", /^E_q must have brackets, but got "E_q" alone; as in E_q\[…\]$/, "E_q"],
    ["p_theta", /^p_theta must say of what it is a density, but got "p_theta" alone; as in p_theta\(z\)$/, "p_theta"],
    ["Ea", /^a variable must be one of the cases/, "Ea"],
    ["logs", /^a variable must be one of the cases/, "logs"],
    ["v", /^a variable must be one of the cases/, "v"],
    ["v(x)", /^v must be called as it is defined, v\(z\), but got v\(x\); a name is a place here$/, "v(x)"],
    ["v(z, x)", /but got v\(z, x\)/, "v(z, x)"],
    ["f(2)", /^a variable must be a name, but got "2"/, "2"],
    ["exp(a, b)", /^exp must be of one thing, but got 2 in "exp\(a, b\)"; as in exp\(log\(p\(x\)\)\)$/, "exp(a, b)"],
    ["sqrt()", /^sqrt must be of one thing, but got 0 in "sqrt\(\)"; as in sqrt\(p\(x\)\)$/, "sqrt()"],
    ["log()", /^log must be of one thing, but got 0 in "log\(\)"; as in log\(p\(x\)\)$/, "log()"],
    [
      "KL(q(z), p(z), p(x))",
      /^KL must be of 2 things, but got 3 in .*; as in KL\(q\(z\), p\(z\|x\)\)$/,
      "KL(q(z), p(z), p(x))",
    ],
    ["H(q(z), p(z))", /^H must be of one thing, but got 2 in .*; as in H\(q\(z\)\)$/, "H(q(z), p(z))"],
    ["H(a)", /^H must be of densities with their variables, but got "a"; as in H\(q\(z\)\)$/, "a"],
    ["KL(q(z), a)", /^KL must be of densities .*, but got "a"; as in KL\(q\(z\), p\(z\|x\)\)$/, "a"],
    ["KL(q(z), p(x,z))", /two densities of the same variables, but got q\(z\) and p\(x,z\)/, "KL(q(z), p(x, z))"],
    [
      "integral(z)",
      /^integral must say over which variable, each once, but got "integral\(z\)"; as in integral\(p\(x,z\), z\)$/,
      "integral(z)",
    ],
    ["sum()", /^sum must say over which variable, each once, but got "sum\(\)"; as in sum\(p\(x,z\), z\)$/, "sum()"],
    ["sum(a, z, z)", /^sum must say over which variable, each once/, "sum(a, z, z)"],
    ["E_q(z)", /^an expectation must have square brackets/, "E_q(z)"],
    ["E(z)", /^an expectation must have square brackets/, "E(z)"],
    ["Eq(z)", /^a function must be/, "Eq"],
    ["E_q[a, b]", /^square brackets must follow an expectation and hold one expression/, "E_q[a, b]"],
    ["a[b]", /^square brackets must follow an expectation/, "a[b]"],
    ["f(z)[b]", /^square brackets must follow an expectation/, "f(z)[b]"],
    ["Ex[b]", /^square brackets must follow an expectation/, "Ex[b]"],
    ["SE_q[b]", /^square brackets must follow an expectation/, "SE_q[b]"],
    [
      "a; b",
      /^a line must be one expression, but got "a; *b" in it; put each side of a relation on a line of its own$/,
      "a;b",
    ],
    ["[a, b]", /^a line must be one expression/, "[a, b]"],
    ["a | b", /^a line must be made of \+ − · \/ \^ and functions, but got "\|" in "a \| b"/, "a | b"],
    ["a!", /but got "!" in "a!"/, "a!"],
    ["true", /^what stands by itself must be a finite number or a name, but got "true"/, "true"],
  ])("%s", (text, says, at) => {
    const told = error(text);
    expect(told.says).toMatch(says);
    expect(String(told.at).replaceAll(" ", "").replaceAll("\n", "")).toBe(String(at).replaceAll(" ", ""));
  });
});

describe("a divergence and an expectation", () => {
  it("may name variables in any order", () => {
    expect(read("KL(q(z,x), p(x,z))")).toMatchObject({
      kind: "divergence",
      of: { of: ["z", "x"] },
      from: { of: ["x", "z"] },
    });
    expect(read("KL((q(z)), p(z|x))")).toMatchObject({ kind: "divergence" });
  });

  it("is under q where no letter is said, and under its own density where one is", () => {
    expect(read("E(z|x)[a]")).toMatchObject({ under: { letter: "q", of: ["z"], given: ["x"] } });
    expect(read("E_r(z)[a]")).toMatchObject({ under: { letter: "r", of: ["z"], given: [] } });
    expect(read("E_q_phi(z)[a]")).toMatchObject({ under: { letter: "q_phi" } });
  });
});
