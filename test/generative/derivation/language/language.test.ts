import { describe, expect, it } from "vitest";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import { type Expression, freeVariables } from "../../../../src/generative/derivation/language/expression.ts";
import { readDefinition } from "../../../../src/generative/derivation/language/definitions.ts";
import { LanguageError } from "../../../../src/generative/derivation/language/languageError.ts";
import { readExpression, type Vocabulary } from "../../../../src/generative/derivation/language/read.ts";
import { texOf } from "../../../../src/generative/derivation/language/tex.ts";
import { names } from "./everyName.ts";

const q = { kind: "density", letter: "q", of: ["z"], given: [] } as const;
const vocabulary: Vocabulary = { densities: [q], definitions: new Map(), names };
const read = (text: string, given = vocabulary) => readExpression(text, given);
const density = (letter: string, of: string[], given: string[] = []): Expression => ({
  kind: "density",
  letter,
  of,
  given,
});

describe("a line", () => {
  it("has densities, whose bar may stand after several variables and before several", () => {
    expect(read("p(x, y | z, w)")).toEqual(density("p", ["x", "y"], ["z", "w"]));
    expect(read("p_theta(x_1|z)")).toEqual(density("p_theta", ["x_1"], ["z"]));
    expect(read("p_θ(x)")).toEqual(density("p_θ", ["x"]));
    expect(densitiesIn("E_q[log(p(x))]")).toEqual([density("p", ["x"])]);
    expect(densitiesIn("E_q(z|x)[log(p(x|z) / r(y))]")).toEqual([
      density("q", ["z"], ["x"]),
      density("p", ["x"], ["z"]),
      density("r", ["y"]),
    ]);
  });

  it("has expectations under the one density of the letter, or under the one that is written", () => {
    const body = { kind: "function", name: "f", of: ["z"] };
    expect(read("E_q[f(z)]")).toEqual({ kind: "expectation", under: q, body });
    expect(read("E[f(z)]")).toEqual({ kind: "expectation", under: q, body });
    expect(read("E_p(z|x)[f(z)]")).toEqual({ kind: "expectation", under: density("p", ["z"], ["x"]), body });
  });

  it.each(["p_θ", "p_θ2", "p_2θ", "p_θ_1", "p_theta_ψ", "q_φ", "r_é", "p__"])(
    "has the letter %s, in a density, an expectation and its TeX",
    letter => {
      const [under] = densitiesIn(`${letter}(z)`);
      expect(under).toEqual(density(letter, ["z"]));
      const known: Vocabulary = {
        ...vocabulary,
        densities: densitiesIn(`${letter}(z)`),
        names: { ...names, letters: new Set([letter]) },
      };
      const body = { kind: "function", name: "f", of: ["z"] };
      expect(read(`E_${letter}[f(z)]`, known)).toEqual({ kind: "expectation", under, body });
      expect(read(`E_${letter}(z)[f(z)]`, known)).toEqual({ kind: "expectation", under, body });
      expect(texOf(`E_${letter}[f(z)]`)).toMatch(/^\\mathbb\{E\}_\{[pqr]_.*\}\\left\[/);
    },
  );

  it("has integrals, divergences, entropies, logarithms, powers and numbers", () => {
    expect(read("integral(p(x,z), z)")).toEqual({ kind: "integral", over: ["z"], body: density("p", ["x", "z"]) });
    expect(read("sum(p(x,z), x, z)")).toMatchObject({ kind: "integral", over: ["x", "z"] });
    expect(read("KL(q(z), p(z|x))")).toEqual({ kind: "divergence", of: q, from: density("p", ["z"], ["x"]) });
    expect(read("H(q(z))")).toEqual({ kind: "entropy", of: q });
    expect(read("exp(z)^2")).toMatchObject({ kind: "power", exponent: 2, base: { kind: "exponential" } });
    expect(read("z^(-1)")).toMatchObject({ kind: "power", exponent: -1 });
    expect(read("sqrt(beta)")).toMatchObject({
      kind: "power",
      exponent: 0.5,
      base: { kind: "variable", name: "beta" },
    });
    expect(read("-2")).toEqual({ kind: "number", value: -2 });
  });

  it("has names that are defined", () => {
    const { name, of, body } = readDefinition("v(z) = p(x,z) / q(z)", vocabulary);
    expect({ name, of }).toEqual({ name: "v", of: ["z"] });
    const defined = { ...vocabulary, definitions: new Map([[name, { of, body }]]) };
    expect(read("v(z)", defined)).toMatchObject({ kind: "defined", name: "v" });
    expect([...freeVariables(read("log(v(z))", defined))].sort()).toEqual(["x", "z"]);
    expect(() => read("v(x)", defined)).toThrow(/v must be called as it is defined, v\(z\), but got v\(x\)/);
  });

  it.each([
    ["log(p(x|z)", /must be an expression such as E_q.*, but got its end where a \) is due; close what was opened/],
    ["log p(x)", /log must have brackets/],
    ["E_q + 1", /E_q must have brackets, but got "E_q" alone; as in E_q\[…\]/],
    ["E_q(f(z))", /an expectation must have square brackets, but got "E_q\(f\(z\)\)"/],
    ["E_q(z)", /an expectation must have square brackets, but got "E_q\(z\)"/],
    ["E_q[f(z), g(z)]", /hold one expression/],
    ["E_p[f(z)]", /E_p must say over which density it averages, but got no p; write E_p\(z\)\[…\]/],
    ["f[z]", /square brackets must follow an expectation/],
    ["log(p)", /p must say of what it is a density, but got "p" alone; as in p\(z\)/],
    ["KL(q(z), p(x))", /KL must be between two densities of the same variables, but got q\(z\) and p\(x\)/],
    ["KL(q, p(z))", /KL must be of densities with their variables, but got "q"/],
    ["KL(q(z))", /KL must be of 2 things, but got 1/],
    ["H(f(z))", /H must be of densities/],
    ["integral(p(z))", /integral must say over which variable/],
    ["integral(p(z), 2)", /a variable must be a name, but got "2"/],
    ["p(x, x)", /must name each of its variables once/],
    ["p()", /p\(…\) must name each of its variables once, but got "p\(\)"; as in p\(x\|z\)/],
    ["p(x + z)", /a variable must be a name, but got "x \+ z"/],
    ["p(x|z, y|w)", /a variable must be a name, but got "y \| w"/],
    ["p(x|z|w)", /a variable must be a name, but got "x \| z"/],
    ["p(x|z + 1)", /a variable must be a name, but got "z \+ 1"/],
    ["x | z", /got "\|" in "x \| z"; "\|" stands in a density only/],
    ["log(p(x)) >= 0", /got ">=" in/],
    ["1 <= z <= 2", /put each side of a relation on a line of its own/],
    ["2^z", /an exponent must be a number/],
    ["log(p(x), 2)", /log must be of one thing, but got 2/],
  ])("%s says what is wrong with it", (text, message) => {
    expect(() => read(text)).toThrow(LanguageError);
    expect(() => read(text)).toThrow(message);
  });

  it("asks which density, where a letter has two", () => {
    const two = { ...vocabulary, densities: [q, ...densitiesIn("q(z|x)")] };
    expect(() => read("E_q[f(z)]", two)).toThrow(/but got q\(z\) and q\(z\|x\); write E_q\(z\)\[…\]/);
    expect(() => readDefinition("E_q[f(z)]", vocabulary)).toThrow(/a definition must be "name = expression"/);
  });
});

describe("the variables on which an expression depends", () => {
  it.each([
    ["log(p(x|z)) + beta", ["beta", "x", "z"]],
    ["E_q[log(p(x|z)) * z]", ["x"]],
    ["E_q(z|y)[f(z)]", ["y"]],
    ["integral(p(x,z), z)", ["x"]],
    ["KL(q(z), p(z|x)) - H(q(z))", ["x"]],
  ])("%s: %j", (text, names) => expect([...freeVariables(read(text))].sort()).toEqual(names));
});

describe("the TeX", () => {
  it.each([
    ["log(p(x))", "\\log p(x)"],
    ["log(p(x|z) * p(z))", "\\log \\left(p(x \\mid z) \\, p(z)\\right)"],
    ["log(p(x,z) / q(z))", "\\log \\frac{p(x, z)}{q(z)}"],
    ["log(E_q[f(z)])", "\\log \\mathbb{E}_{q}\\left[f(z)\\right]"],
    ["E[f(z)]", "\\mathbb{E}\\left[f(z)\\right]"],
    ["E_q_phi(z|x)[f(z)]", "\\mathbb{E}_{q_{\\phi}(z \\mid x)}\\left[f(z)\\right]"],
    ["KL(q(z), p(z|x))", "\\mathrm{KL}\\left(q(z) \\,\\Vert\\, p(z \\mid x)\\right)"],
    ["-H(q(z))", "-\\mathrm{H}\\left(q(z)\\right)"],
    ["integral(q(z) * (f(z) + 1), z)", "\\int q(z) \\, \\left(f(z)+1\\right) \\, dz"],
    ["integral(f(z) + 1, z)", "\\int \\left(f(z)+1\\right) \\, dz"],
    ["sum(f(z), z)", "\\sum_{z} f(z)"],
    ["log(p(x)) * f(z)", "\\left(\\log p(x)\\right) \\, f(z)"],
    ["integral(f(z), z) * beta", "\\left(\\int f(z) \\, dz\\right) \\, \\beta"],
    ["log(p(x))^2", "\\left(\\log p(x)\\right)^{2}"],
    ["exp(-z) * sqrt(x_1)", "\\exp\\left(-z\\right) \\, \\sqrt{x_{1}}"],
    ["log(log(p(x)))", "\\log \\left(\\log p(x)\\right)"],
    ["a - (b + ELBO)", "a-\\left(b+\\mathrm{ELBO}\\right)"],
    ["w(z) = p(x,z) / q(z)", "w(z) = \\frac{p(x, z)}{q(z)}"],
    ["ELBO = E_q[f(z)]", "\\mathrm{ELBO}=\\mathbb{E}_{q}\\left[f(z)\\right]"],
  ])("of %s", (text, tex) => expect(texOf(text).replace(/\s+/g, " ")).toBe(tex));

  it("has no bar that would end the cell of a table", () => {
    expect(texOf("E_q(z|x)[KL(q(z|x), p(z|x)) * p(x|z)]")).not.toContain("|");
  });
});
