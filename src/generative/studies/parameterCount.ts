import type { Parameters } from "../networks/index.ts";

/** The number of entries of all parameters together. */
export function parameterCount(parameters: Parameters): number {
  return Object.values(parameters).reduce((sum, { size }) => sum + size, 0);
}
