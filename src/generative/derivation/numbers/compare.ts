import { type Expression, freeVariables } from "../language/expression.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Model, Places } from "./model.ts";

/** Two lines in a model, where they first violate the relation, or are at all. */
export interface Comparison {
  left: number;
  right: number;
  places: Places;
  /** What speaks for the relation wherever that is least: below 0 it is violated. */
  margin: number;
}

/** Compares two lines everywhere: at places for each variable on which one of them depends. */
export function compareLines(
  evaluator: Evaluator,
  left: Expression,
  right: Expression,
  relation: "=" | ">=" | "<=",
  within: number,
): Comparison {
  const free = [...new Set([...freeVariables(left), ...freeVariables(right)])];
  const compared = everyPlace(evaluator.model, free).map((places): Comparison => {
    const [l, r] = [evaluator.value(left, places), evaluator.value(right, places)];
    const difference = l === r ? 0 : l - r; // two equal infinities agree
    const margin = relation === "=" ? 0 - Math.abs(difference) : relation === ">=" ? difference : 0 - difference;
    return { left: l, right: r, places, margin };
  });
  const first = compared.find(({ margin }) => !(margin >= -within)) ?? compared[0];
  return {
    ...(first as Comparison),
    margin: compared.reduce((least, { margin }) => Math.min(least, margin), Infinity),
  };
}

/** Where the number of a line is shown that depends on a place: in the middle of a grid. */
export function shownPlace(model: Model, expression: Expression): Places {
  return everyPlace(model, [...freeVariables(expression)])[0] as Places;
}

/** Up to five places for each variable that is not fixed. */
function everyPlace(model: Model, variables: readonly string[]): Places[] {
  return variables
    .filter(name => model.fixed[name] === undefined)
    .reduce<Places[]>(
      (places, name) => places.flatMap(place => somePoints(model, name).map(point => ({ ...place, [name]: point }))),
      [{}],
    );
}

/** All the points of a rule, or the middle one and some that are spread around it. */
function somePoints(model: Model, variable: string): readonly number[] {
  const { points } = model.rule(variable);
  if (points.length <= SHARES.length) return points;
  return SHARES.map(share => points[Math.floor(share * points.length)] as number);
}

const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7];
