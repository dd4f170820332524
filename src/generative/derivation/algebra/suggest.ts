import type { Expression } from "../language/expression.ts";
import { objection, type Relation } from "./follows.ts";
import { RULES, type Rule } from "./rules.ts";

/** The rule, or else the two, that would lead from one line to the next; undefined where none does. */
export function rulesThatLead(
  left: Expression,
  right: Expression,
  relation: Relation,
  dependsOn: ReadonlySet<string>,
): readonly Rule[] | undefined {
  const singles = RULES.map(rule => [rule]);
  const pairs = RULES.flatMap((first, i) => RULES.slice(i + 1).map(second => [first, second]));
  return [...singles, ...pairs].find(rules => objection(left, right, relation, rules, dependsOn) === undefined);
}
