import path from "node:path";
import { fileURLToPath } from "node:url";
import { strictnessOf } from "../check/tsconfig.ts";
import { installExtensions } from "./extensions.ts";
import { Resolver } from "./resolve.ts";
import { ModuleRunner } from "./runner.ts";
import { workerModules } from "./workers.ts";

/** Runs a local module as the program of this worker thread. */
export async function runInWorker(url: string): Promise<void> {
  const file = fileURLToPath(url);
  const folder = path.dirname(file);
  const runner = new ModuleRunner(workerModules, new Resolver(strictnessOf(folder).options));
  installExtensions(runner);
  await runner.importForCell(folder, url);
}
