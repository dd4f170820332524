import { dialectOf } from "../check/dialect.ts";
import { strictnessOf } from "../check/tsconfig.ts";
import { ownModules } from "../ownModules.ts";
import { metaOf } from "./meta.ts";
import { Resolver } from "./resolve.ts";
import { ModuleRunner } from "./runner.ts";
import { workerModules } from "./workers.ts";

/** What the cells of a notebook load modules with, and the names of node that depend on where it lies. */
export function notebookModules(
  notebook: string,
  directory: string,
): { runner: ModuleRunner; meta: object; node: object } {
  const own = new Map<string, object>([...ownModules, ...workerModules]);
  const runner = new ModuleRunner(own, new Resolver(strictnessOf(directory, dialectOf(notebook)).options));
  const module = { exports: {}, id: ".", filename: notebook };
  const require = Object.assign(runner.requireFor(notebook, { fresh: true }), { main: module });
  const node = { require, module, exports: module.exports, __dirname: directory, __filename: notebook };
  return { runner, meta: metaOf(notebook, runner.resolver), node };
}
