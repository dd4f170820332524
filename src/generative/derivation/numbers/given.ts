import type { Density } from "../language/expression.ts";
import { densitiesIn } from "../language/density.ts";
import type { OfPlaces } from "./case.ts";
import type { Rule } from "./model.ts";

/** A density with its name read. */
export interface Given {
  density: Density;
  log: OfPlaces;
}

/** A density of a case, by its name. */
export function readGiven(name: string, text: string, log: OfPlaces): Given {
  const [density, ...more] = densitiesIn(text);
  if (density === undefined || more.length > 0 || typeof log !== "function") {
    throw new RangeError(
      `derive: case "${name}" must have logarithms of densities by their names, but got "${text}": ${typeof log}; as in "p(x|z)": (x, z) => ….`,
    );
  }
  return { density, log };
}

/** Throws unless the rule of a variable has a weight for each point, or none. */
export function checkRule(name: string, variable: string, { points, logWeights }: Rule): void {
  const weights = logWeights?.length ?? points?.length;
  if (points?.length > 0 && weights === points.length) return;
  throw new RangeError(
    `derive: case "${name}" must have as many weights as points for ${variable}, and at least one, but got ${weights} and ${points?.length}; leave the weights out where it is discrete.`,
  );
}

/** The logarithm of a density, unless it is none. */
export function checked(name: string, text: string, log: number): number {
  if (typeof log === "number" && log < Infinity) return log;
  throw new RangeError(
    `derive: case "${name}" must give log ${text} as a number or −∞, but got ${log}; mend it there.`,
  );
}
