import type { Names } from "../../../../src/generative/derivation/language/names.ts";

/** What the expressions of these tests are made of. */
export const names: Names = {
  letters: new Set(["p", "p_theta", "p_θ", "q", "q_phi", "r"]),
  variables: new Set(["x", "y", "z", "w", "x_1", "beta", "a", "b", "c"]),
  functions: new Set(["f", "g"]),
};
