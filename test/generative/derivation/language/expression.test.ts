import { describe, expect, it } from "vitest";
import { readDefinition } from "../../../../src/generative/derivation/language/definitions.ts";
import { densitiesIn } from "../../../../src/generative/derivation/language/density.ts";
import {
  densityText,
  everyPart,
  freeVariables,
  parts,
} from "../../../../src/generative/derivation/language/expression.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import { names } from "./everyName.ts";

const vocabulary = { densities: densitiesIn("q(z)"), names, definitions: new Map() };
const { name, of, body } = readDefinition("A(z) = p(x,z) * q(z)", vocabulary);
const read = (text: string) => readExpression(text, { ...vocabulary, definitions: new Map([[name, { of, body }]]) });

/** An expression, of which kinds it is made one level down, and the variables on which it depends. */
const kinds: readonly (readonly [text: string, parts: string, free: string])[] = [
  ["2", "", ""],
  ["a", "", "a"],
  ["f(x,z)", "", "xz"],
  ["p(x|z)", "", "xz"],
  ["A(z)", "product", "xz"],
  ["a + f(z)", "variable function", "az"],
  ["a * 2", "variable number", "a"],
  ["a / p(x)", "variable density", "ax"],
  ["f(z)^2", "function", "z"],
  ["sqrt(a)", "variable", "a"],
  ["log(p(x))", "density", "x"],
  ["exp(b)", "variable", "b"],
  ["E_q[f(x,z)]", "density function", "x"],
  ["E_q(z|y)[f(x,z)]", "density function", "xy"],
  ["E_p(x,z)[f(x,z)]", "density function", ""],
  ["integral(p(x,z), z)", "density", "x"],
  ["integral(p(x,z), x, z)", "density", ""],
  ["KL(q(z), p(z|x))", "density density", "x"],
  ["KL(q(z|y), p(z|x))", "density density", "xy"],
  ["KL(q(z|y), p(z))", "density density", "y"],
  ["H(q(z))", "density", ""],
  ["H(q(z|x))", "density", "x"],
];

describe.each(kinds)("%s", (text, within, free) => {
  it(`is made of: ${within || "nothing else"}`, () => {
    expect(
      parts(read(text))
        .map(({ kind }) => kind)
        .join(" "),
    ).toBe(within);
  });

  it(`depends on: ${free || "nothing"}, also when asked again`, () => {
    const expression = read(text);
    for (let time = 0; time < 2; time++) expect([...freeVariables(expression)].sort().join("")).toBe(free);
    expect(freeVariables(expression)).toBe(freeVariables(expression));
  });
});

it("has itself and all that is in it for its parts", () => {
  const kinds = everyPart(read("log(a + E_q[f(z)]) * 2")).map(({ kind }) => kind);
  expect(kinds).toEqual(["product", "logarithm", "sum", "variable", "expectation", "density", "function", "number"]);
});

it.each([
  ["p(x)", "p(x)"],
  ["p(z,x)", "p(x,z)"],
  ["p(z,x|y,w)", "p(x,z|w,y)"],
  ["p_theta(x|z)", "p_theta(x|z)"],
])("%s is %s", (text, written) => expect(densitiesIn(text).map(densityText)).toEqual([written]));
