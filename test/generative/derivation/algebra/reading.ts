import { objection, type Relation } from "../../../../src/generative/derivation/algebra/follows.ts";
import { type Reason, type Rule, ruleOf } from "../../../../src/generative/derivation/algebra/rules.ts";
import { readDefinition } from "../../../../src/generative/derivation/language/definitions.ts";
import { type Expression, freeVariables } from "../../../../src/generative/derivation/language/expression.ts";
import { readExpression } from "../../../../src/generative/derivation/language/read.ts";
import { names as everyName } from "../language/everyName.ts";

const densities = [{ kind: "density", letter: "q", of: ["z"], given: [] }] as const;
const names = { ...everyName, variables: new Set([...everyName.variables, "xz"]) };
const { name, of, body } = readDefinition("ELBO = E_q[log(p(x,z) / q(z))]", {
  densities,
  names,
  definitions: new Map(),
});
const definitions = new Map([[name, { of, body }]]);

/** An expression of the densities p, q and r, the functions f and g, and a variable xz besides x and z. */
export function read(text: string): Expression {
  return readExpression(text, { densities, names, definitions });
}

/** What stands against a step; undefined where it follows. */
export function against(left: string, right: string, relation: Relation, ...reasons: readonly Reason[]) {
  const rules = reasons.map(reason => ruleOf(reason) as Rule);
  return objection(read(left), read(right), relation, rules, freeVariables(read(left)));
}
