import { inspect } from "node:util";
import { counted } from "../output/counted.ts";

/**
 * From now on promises are printed without what node's tracking of asynchronous code hangs on them: ids that differ
 * from run to run, and the insides of the kernel. Returns a function that undoes it; nested uses are counted.
 */
export const installPromiseInspection: () => () => void = counted(() => {
  Object.defineProperty(Promise.prototype, inspect.custom, { value: own, configurable: true, writable: true });
  return () => void Reflect.deleteProperty(Promise.prototype, inspect.custom);
});

/** Hides the marks and says nothing else: node then prints the promise as it would have. */
function own(this: unknown): unknown {
  if (typeof this !== "object" || this === null) return this;
  for (const key of Object.getOwnPropertySymbols(this)) {
    if (marks.has(key.description)) Object.defineProperty(this, key, { enumerable: false });
  }
  return this;
}

const marks = new Set<string | undefined>(["kResourceStore", "async_id_symbol", "trigger_async_id_symbol"]);
