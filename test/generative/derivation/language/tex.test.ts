import { describe, expect, it } from "vitest";
import { texOf } from "../../../../src/generative/derivation/language/tex.ts";

const tex = (text: string) => texOf(text).replace(/\s+/g, " ");
/** Blanks make no difference but where they end a command, and then every command is one that there is. */
function expectTex(text: string, expected: string): void {
  const got = texOf(text);
  expect(got.replace(/\s/g, "")).toBe(expected.replace(/\s/g, ""));
  for (const [, command = ""] of got.matchAll(/\\([a-zA-Z]+)/g)) expect(COMMANDS).toContain(command);
}
const COMMANDS = "log exp sqrt frac mathrm mathbb left right int sum mid Vert".split(" ");
const b = (inner: string) => `\\left(${inner}\\right)`;

describe("names", () => {
  it.each([
    ["z", "z"],
    ["ELBO", "\\mathrm{ELBO}"],
    ["x_1", "x_{1}"],
    ["x_12", "x_{12}"],
    ["x_ab", "x_{\\mathrm{ab}}"],
    ["x_1_2", "x_{12}"],
    ["x_theta", "x_{\\theta}"],
    ["theta_x", "\\theta_{x}"],
    ["bound_z", "\\mathrm{bound}_{z}"],
    ["θ_φ", "θ_{φ}"],
  ])("%s is %s", (text, expected) => expect(tex(text)).toBe(expected));

  it.each(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(
      " ",
    ),
  )("%s is the Greek letter", name => expect(tex(`f(${name})`)).toBe(`f(\\${name})`));

  it("that are no Greek letter are upright", () => {
    for (const name of ["alphabet", "Alpha", "co"]) expect(tex(name)).toBe(`\\mathrm{${name}}`);
  });
});

describe("brackets stand where two readings would be possible, and nowhere else", () => {
  it.each([
    // Behind a logarithm: not around a fraction, nor around what is one thing.
    ["log(a / b)", "\\log \\frac{ a}{ b}"],
    ["log(f(z))", "\\log f(z)"],
    ["log(E_q[z])", "\\log \\mathbb{E}_{q}\\left[ z\\right]"],
    ["log(a + c)", `\\log ${b(" a+ c")}`],
    ["log(a - c)", `\\log ${b(" a- c")}`],
    ["log(a * c)", `\\log ${b(" a \\, c")}`],
    ["log(a^2)", `\\log ${b("a^{2}")}`],
    ["log((a))", "\\log a"],
    ["log(-a)", `\\log ${b("- a")}`],
    // Of a product: around sums, around a logarithm or an integral that something follows.
    ["(a + c) * z", `${b(" a+ c")} \\, z`],
    ["z * (a - c)", `z \\, ${b(" a- c")}`],
    ["z * (-c)", `z \\, ${b("- c")}`],
    ["z * (+c)", `z \\, ${b("+ c")}`],
    ["z * log(a)", "z \\, \\log a"],
    ["log(a) * z", `${b("\\log a")} \\, z`],
    ["f(z) * z", "f(z) \\, z"],
    ["z * integral(f(z), z)", "z \\, \\int f(z) \\, d z"],
    ["integral(f(z), z) * a", `${b("\\int f(z) \\, d z")} \\, a`],
    ["sum(f(z), z) * a", `${b("\\sum_{ z} f(z)")} \\, a`],
    ["checksum(z) * a", "\\mathrm{checksum}(z) \\, a"],
    ["summary(z) * a", "\\mathrm{summary}(z) \\, a"],
    ["exp(z) * a", `\\exp${b(" z")} \\, a`],
    // Of a power: around all but a name and a number.
    ["z^2", "z^{2}"],
    ["2^3", "2^{3}"],
    ["x_1^2", "x_{1}^{2}"],
    ["f(z)^2", `${b("f(z)")}^{2}`],
    ["(a + c)^2", `${b(" a+ c")}^{2}`],
    ["z^(-1)", "z^{-1}"],
    // Of a minus: around sums.
    ["-z", "- z"],
    ["-(a + c)", `-${b(" a+ c")}`],
    ["-(a * c)", "- a \\, c"],
    ["-log(a)", "-\\log a"],
    ["a - (c - z)", `a-${b(" c- z")}`],
    // Of integrals and sums: around sums.
    ["integral(a + f(z), z)", `\\int ${b(" a+f(z)")} \\, d z`],
    ["integral(f(x,z), x, z)", "\\int \\int f( x, z) \\, d x\\, d z"],
    ["sum(a - f(z), z)", `\\sum_{ z} ${b(" a-f(z)")}`],
    ["sum(f(x,z), x, z)", "\\sum_{ x, z} f( x, z)"],
  ])("%s", expectTex);
});

describe("what the course writes in its own way", () => {
  it.each([
    ["E[z]", "\\mathbb{E}\\left[ z\\right]"],
    ["E_p[z]", "\\mathbb{E}_{p}\\left[ z\\right]"],
    ["E_p(z|x)[z]", "\\mathbb{E}_{p( z \\mid x)}\\left[ z\\right]"],
    ["E_p(z,y)[z]", "\\mathbb{E}_{p( z, y)}\\left[ z\\right]"],
    ["H(q(z|x))", `\\mathrm{H}${b("q( z \\mid x)")}`],
    ["KL(q(z|x), p(z))", `\\mathrm{KL}${b("q( z \\mid x) \\,\\Vert\\, p(z)")}`],
    ["p(x, y | z, a)", "p( x, y \\mid z, a)"],
    ["sqrt(z + 1)", "\\sqrt{ z+1}"],
    ["w(x,z) = x * z", "w(x, z) = x \\, z"],
    ["w_1(x_1) = x_1", "w_{1}(x_{1}) = x_{1}"],
    ["1 / f(z)", "\\frac{1}{f(z)}"],
  ])("%s", expectTex);

  it("has nothing around it", () => expect(texOf(" z ")).toBe("z"));
});
