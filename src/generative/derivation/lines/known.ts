import type { Density } from "../language/expression.ts";
import type { Names } from "../language/names.ts";
import type { CaseModel } from "../numbers/caseModel.ts";

/** What is known before a line is read. */
export interface Known {
  /** The densities that the cases have, by which `E_q` is understood. */
  densities: readonly Density[];
  names: Names;
}

/** What lines can be made of: all that some case has. */
export function knownBy(models: readonly CaseModel[]): Known {
  const densities = models.flatMap(model => model.densities);
  const variables = models.flatMap(({ example }) => Object.keys(example.variables));
  const functions = models.flatMap(({ example }) => Object.keys(example.functions ?? {}));
  const names = {
    letters: new Set(densities.map(({ letter }) => letter)),
    variables: new Set([...variables, ...densities.flatMap(({ of, given }) => [...of, ...given])]),
    functions: new Set(functions.map(text => text.replace(/\(.*/s, "").trim())),
  };
  return { densities, names };
}
