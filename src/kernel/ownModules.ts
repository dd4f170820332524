import * as notebook from "./controls/index.ts";
import * as tslab from "./tslab.ts";

/** Modules that the kernel itself answers for, by their specifiers; the checker knows them too. */
export const ownModules: ReadonlyMap<string, object> = new Map<string, object>([
  ["tslab", tslab],
  ["lectern/notebook", notebook],
]);
