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

/** Up to five places for each variable that is not fixed, and fewer where there are many. */
function everyPlace(model: Model, variables: readonly string[]): Places[] {
  const moving = variables.filter(name => model.fixed[name] === undefined);
  const most = moving.length <= 4 ? SHARES.length : 2;
  return moving.reduce<Places[]>(
    (places, name) =>
      places.flatMap(place => somePoints(model, name, most).map(point => ({ ...place, [name]: point }))),
    [{}],
  );
}

/** All the points of a rule, or the middle one and some that are spread around it. */
function somePoints(model: Model, variable: string, most: number): readonly number[] {
  const { points } = model.rule(variable);
  if (points.length <= most) return points;
  return SHARES.slice(0, most).map(share => points[Math.floor(share * points.length)] as number);
}

const SHARES = [0.5, 0.4, 0.6, 0.3, 0.7];
