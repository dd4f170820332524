import type { Density } from "../language/expression.ts";
import { densitiesIn } from "../language/density.ts";
import { LanguageError } from "../language/languageError.ts";
import type { DerivationCase, OfPlaces } from "./case.ts";
import type { Rule } from "./model.ts";

/** A density with its name read. */
export interface Given {
  density: Density;
  log: OfPlaces;
}

/** A density of a case, by its name. */
export function readGiven(name: string, text: string, log: OfPlaces): Given {
  const [density, ...more] = readable(text);
  if (density === undefined || more.length > 0 || typeof log !== "function") {
    throw new RangeError(
      `derive: case "${name}" must have logarithms of densities by their names, but got "${text}": ${typeof log}; as in "p(x|z)": (x, z) => ….`,
    );
  }
  return { density, log };
}

function readable(text: string): Density[] {
  try {
    return densitiesIn(text);
  } catch (error) {
    if (error instanceof LanguageError) return [];
    throw error;
  }
}

/** Throws unless a case says where its variables are and what its densities. */
export function checkCase(name: string, example: DerivationCase): void {
  for (const part of ["variables", "logDensities"] as const) {
    if (typeof example?.[part] === "object" && example[part] !== null) continue;
    throw new RangeError(
      `derive: case "${name}" must have variables and logDensities, but got ${typeof example?.[part]} for ${part}; as in { variables: { x: 2, z: trapezoid(-8, 8, 801) }, logDensities: { "p(z)": z => … } }.`,
    );
  }
  for (const [variable, value] of Object.entries(example.variables)) {
    const place =
      typeof value === "object" && value !== null && Object.hasOwn(value, "at") ? (value as { at: unknown }).at : value;
    if (Number.isFinite(place) || Array.isArray((place as Partial<Rule> | null)?.points)) continue;
    throw new RangeError(
      `derive: case "${name}" must have a finite number or a rule for ${variable}, but got ${String(place)}; as in ${variable}: 2 or ${variable}: trapezoid(-8, 8, 801).`,
    );
  }
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
