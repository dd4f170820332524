import { createRequire } from "node:module";

/**
 * `util.isNullOrUndefined` and `util.isArray`, which tfjs-node calls and which Node removes: the first is gone since
 * version 23, and the second warns since 22.
 */
export function supplyRemovedFunctions(util = createRequire(import.meta.url)("node:util") as Record<string, unknown>) {
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray = Array.isArray;
}
