import { describe, expect, it } from "vitest";
import { normalForm, type Rewrite } from "../../../../src/generative/derivation/algebra/normalForm.ts";
import { freeOf, textOf } from "../../../../src/generative/derivation/algebra/polynomial.ts";
import { read } from "./reading.ts";

const form = (text: string, ...rewrites: readonly Rewrite[]) => normalForm(read(text), new Set(rewrites));

/** What is written, its normal form in the lecture's language, and what it may use besides arithmetic. */
const forms: readonly [string, string, ...Rewrite[]][] = [
  ["(f(z) + a) * 2 - a", "a + 2 * f(z)"],
  ["a / (b * c)^2", "a / (b^2 * c^2)"],
  ["integral(f(x,z), z, x)", "integral(f(x,z), x, z)"],
  ["E_q[a - f(z)]", "E_q(z)[a - f(z)]"],
  ["E_q[-f(z) - a]", "-E_q(z)[a + f(z)]"],
  ["E_q[0]", "E_q(z)[0]"],
  // What is put in to be seen.
  ["f(z) - f(z)", "-1 * f(z) + f(z)", "keep differences"],
  ["2 * a - 3", "3 * -1 + 2 * a", "keep differences"],
  ["a + 0", "a", "keep differences"],
  ["f(z) / f(z)^2", "1/(f(z)^2) * f(z)", "keep quotients"],
  ["f(z)^2 * a^0", "f(z)^2", "keep quotients"],
  // Densities.
  ["p(x)", "p(x)", "product"],
  ["p(z|x)", "p(x,z) / p(x)", "product"],
  ["p(x|z) * p(z)", "p(x,z)", "product"],
  ["p(x|z) * p(z)", "p(x|z) * p(z)"],
  ["KL(q(z), p(z|x))", "KL(q(z), p(z|x))", "product"],
  ["KL(q(z), p(z|x))", "E_q(z)[log(q(z) / p(z|x))]", "definition"],
  ["H(p(x|z))", "H(p(x|z))"],
  ["H(p(x|z))", "-E_p(x|z)[log(p(x|z))]", "definition"],
  ["ELBO", "ELBO"],
  ["ELBO", "E_q(z)[log(p(x,z) / q(z))]", "definition"],
  // Logarithms and exponentials.
  ["log(1)", "0"],
  ["log(a / a)", "0"],
  ["log(0)", "log(0)", "logarithm"],
  ["log(-1)", "log(-1)", "logarithm"],
  ["log(-2 * a)", "log(-2 * a)", "logarithm"],
  ["log(a + b)", "log(a + b)", "logarithm"],
  ["log(1 + a)", "log(1 + a)", "logarithm"],
  ["log(a * b)", "log(a * b)"],
  ["log(a^2 / b)", "2 * log(a) - log(b)", "logarithm"],
  ["log(exp(a))", "log(exp(a))"],
  ["log(b * exp(a)^2)", "2 * a + log(b)", "logarithm"],
  ["log(a / (a + b))", "log(a) - log(a + b)", "logarithm"],
  ["log(a * (a + b))", "log(a + b) + log(a)", "logarithm"],
  ["log(exp(a) * b - exp(a) * c)", "a + log(b - c)", "logarithm"],
  ["log((a + b)^9)", "9 * log(a + b)", "logarithm"],
  ["log(a / c + b / c)", "log(a + b) - log(c)", "logarithm"],
  ["exp(a - a)", "1"],
  ["exp(a - b)", "exp(a - b)"],
  ["exp(a - 2 * b)", "exp(a) / exp(b)^2", "logarithm"],
  ["exp(2 * log(a) + b)", "a^2 * exp(b)", "logarithm"],
  ["exp(log(a) * log(b))", "exp(log(a) * log(b))", "logarithm"],
  ["exp(log(a)^2)", "exp(log(a)^2)", "logarithm"],
  ["exp(log(f(z)) * p(x))", "exp(log(f(z)) * p(x))", "logarithm"],
  ["exp(3)", "exp(1)^3", "logarithm"],
  // Expectations and integrals.
  ["E_p(x,z)[f(x) * g(z) * a]", "E_p(x,z)[f(x) * g(z)] * a", "linearity"],
  ["integral(f(x) * g(z), x, z)", "integral(f(x) * g(z), x, z)", "linearity"],
  ["E_p(x,z)[f(x)]", "E_p(x,z)[f(x)]", "constant"],
  ["E_p(z|x)[f(x)]", "f(x)", "constant"],
  ["E_p(z,x)[f(x)]", "integral(f(x) * p(x,z), x, z)", "integral"],
  ["E_r(y,x|z)[f(x)]", "integral(f(x) * r(x,y|z), x, y)", "integral"],
  // Integrals of densities.
  ["integral(p(x,z), z)", "integral(p(x,z), z)"],
  ["integral(p(x,z), z)", "integral(p(x,z), z)", "total"],
  ["integral(p(x,z), z)", "p(x)", "marginal"],
  ["integral(p(x,z), x, z)", "integral(p(x,z), x, z)", "marginal"],
  ["integral(3 * p(x,z), x, z)", "3", "total"],
  ["integral(p(x,z)^2, z)", "integral(p(x,z)^2, z)", "marginal", "total"],
  ["integral(p(x|z), z)", "integral(p(x|z), z)", "marginal", "total"],
  ["integral(p(x), x, z)", "integral(p(x), x, z)", "marginal", "total"],
  ["integral(p(x,z) + q(z), z)", "integral(p(x,z) + q(z), z)", "marginal", "total"],
  ["integral(p(x,z) * q(z), z)", "integral(p(x,z) * q(z), z)", "marginal", "total"],
  ["integral(2, z)", "integral(2, z)", "marginal", "total"],
  ["integral(0, z)", "integral(0, z)", "marginal", "total"],
];

it.each(forms)("%s is %s", (text, expected, ...rewrites) => {
  expect(textOf(form(text, ...rewrites))).toBe(expected);
});

it.each([
  ["a", "name"],
  ["f(z)", "name"],
  ["p(x|z)", "density"],
  ["KL(q(z), p(z))", "divergence"],
  ["H(q(z))", "entropy"],
  ["log(a)", "logarithm"],
  ["exp(a)", "exponential"],
  ["(a + b)^9", "bracket"],
  ["E_q[f(z)]", "expectation"],
  ["integral(f(z), z)", "integral"],
])("%s is a %s", (text, kind) => {
  expect(form(text).flatMap(({ factors }) => factors.map(({ atom }) => atom.kind))).toEqual([kind]);
});

it("takes what is kept for a name", () => {
  const kept = [form("-a", "keep differences"), form("1 / a", "keep quotients")];
  expect(kept.map(([term]) => term?.factors[0]?.atom.kind)).toEqual(["name", "name"]);
});

it.each([
  ["a * f(x,z)", "a x z"],
  ["p(x|z)", "x z"],
  ["KL(q(z), p(z|x))", "x"],
  ["KL(p(z|x), q(z))", "x"],
  ["H(q(z))", ""],
  ["H(p(x|z))", "z"],
  ["E_q[f(x,z)]", "x"],
  ["E_p(z|y)[f(x)]", "x y"],
  ["integral(f(x,z), z)", "x"],
  ["log(f(x)) + exp(f(z)) + (a + b)^9", "a b x z"],
  ["ELBO", "x"],
])("%s depends on %s", (text, names) => expect([...freeOf(form(text))].sort().join(" ")).toBe(names));

describe("two expressions that differ have forms that differ, whatever the rewrites", () => {
  const every = [
    [],
    ["logarithm", "linearity", "constant"],
    ["definition", "product", "logarithm"],
    ["definition", "integral", "product", "logarithm", "linearity", "marginal", "total"],
  ] as const satisfies readonly (readonly Rewrite[])[];

  it.each([
    ["f(x,z)", "f(xz)"],
    ["f(x,z)", "f(z,x)"],
    ["integral(f(x,z,xz), x, z)", "integral(f(x,z,xz), xz)"],
    ["H(q(z))", "H(p(z))"],
    ["H(q(z))", "H(p(z|x))"],
    ["KL(q(z), p(z))", "KL(p(z), q(z))"],
    ["E_q[f(z)]", "E_p(z)[f(z)]"],
    ["exp(f(z))", "exp(f(x))"],
    ["exp(f(z) * log(g(z)))", "g(z)"],
    ["log(a + b)", "log(a) + log(b)"],
    ["log(a)^2", "log(a^2)"],
    ["log(a) * log(b)", "log(a + b)"],
    ["sqrt(log(a)^2)", "log(a)"],
    ["1 / (a + b)", "1 / a + 1 / b"],
    ["1 / f(x)", "1 / f(z)"],
    ["E_q[f(z)^2]", "E_q[f(z)]^2"],
    ["E_q[1 / f(z)]", "1 / E_q[f(z)]"],
    ["integral(p(x|z), z)", "1"],
    ["integral(p(x,z), z)", "p(z)"],
  ])("%s and %s", (left, right) => {
    for (const rewrites of every) expect(textOf(form(left, ...rewrites))).not.toBe(textOf(form(right, ...rewrites)));
  });
});
