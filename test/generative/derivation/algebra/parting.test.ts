import { expect, it } from "vitest";
import { normalForm } from "../../../../src/generative/derivation/algebra/normalForm.ts";
import { partingOf } from "../../../../src/generative/derivation/algebra/parting.ts";
import { read } from "./reading.ts";

/** Two expressions, and the smallest parts in which they differ. */
const partings: readonly (readonly [left: string, right: string, onlyLeft: string, onlyRight: string])[] = [
  ["f(x) + a", "f(x) + b", "a", "b"],
  ["f(x)", "f(x) + a", "0", "a"],
  ["f(x) + a", "f(x)", "a", "0"],
  ["f(x) * a", "f(x) * b", "a", "b"],
  ["f(x) * a", "f(x)", "a", "1"],
  ["f(x)", "f(x) * a", "1", "a"],
  ["2 * a", "3 * a", "2 * a", "3 * a"],
  ["-a", "a", "-a", "a"],
  // One level down, and two.
  ["log(f(x)) + a", "log(g(x)) + a", "f(x)", "g(x)"],
  ["3 * exp(log(f(x))) * a", "3 * exp(log(g(x))) * a", "f(x)", "g(x)"],
  ["(a + f(x))^9", "(a + g(x))^9", "f(x)", "g(x)"],
  // No further down where more than one term or factor differs, or its power.
  ["log(f(x)) + p(x)", "log(g(x))", "log(f(x)) + p(x)", "log(g(x))"],
  ["log(f(x))", "log(g(x)) + p(x)", "log(f(x))", "log(g(x)) + p(x)"],
  ["log(f(x)) * p(x)", "log(g(x))", "log(f(x)) * p(x)", "log(g(x))"],
  ["log(f(x))", "log(g(x)) * p(x)", "log(f(x))", "log(g(x)) * p(x)"],
  ["log(f(x))^2", "log(g(x))", "log(f(x))^2", "log(g(x))"],
  ["a * b", "f(x) * g(x)", "a * b", "f(x) * g(x)"],
  // Nor where what is around it differs.
  ["log(f(x))", "exp(g(x))", "log(f(x))", "exp(g(x))"],
  ["log(f(x))", "a", "log(f(x))", "a"],
  ["a", "log(f(x))", "a", "log(f(x))"],
  ["E_q[f(z)]", "E_q[g(z)]", "f(z)", "g(z)"],
  ["E_q[f(z)]", "E_p(z)[g(z)]", "E_q(z)[f(z)]", "E_p(z)[g(z)]"],
  ["integral(f(x,z), z)", "integral(g(x,z), z)", "f(x,z)", "g(x,z)"],
  ["integral(f(x,z), z)", "integral(g(x,z), x)", "integral(f(x,z), z)", "integral(g(x,z), x)"],
  ["integral(f(x,z,xz), x, z)", "integral(g(x,z,xz), xz)", "integral(f(x,z,xz), x, z)", "integral(g(x,z,xz), xz)"],
  // What is inside may stand in the name of what is around it as well.
  ["E_q[z]", "E_q[f(z)]", "z", "f(z)"],
  ["integral(a, z)", "integral(b, z)", "a", "b"],
];

it.each(partings)("%s and %s part at %s and %s", (left, right, onlyLeft, onlyRight) => {
  const [l, r] = [normalForm(read(left), new Set()), normalForm(read(right), new Set())];
  expect(partingOf(l, r)).toEqual({ left: onlyLeft, right: onlyRight });
  expect(partingOf(l, l)).toBeUndefined();
});
