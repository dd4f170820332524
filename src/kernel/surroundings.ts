import { installAsyncInspection } from "./display/asyncResources.ts";
import { installStackTraces } from "./errors/frames.ts";
import { installExtensions } from "./modules/extensions.ts";
import type { ModuleRunner } from "./modules/runner.ts";
import { captureOutput } from "./output/capture.ts";
import { captureChildren } from "./output/children.ts";
import { captureDescriptors } from "./output/descriptors.ts";
import { installHooks } from "./output/hooks.ts";

/**
 * Makes this process a place where cells run: their output is heard, their errors placed, and
 * `require` loads what `runner` runs. Returns what undoes it.
 */
export function installSurroundings(directory: string, runner: ModuleRunner): () => void {
  const undo = [
    captureOutput(),
    captureDescriptors(),
    captureChildren(),
    installHooks(),
    installAsyncInspection(),
    installStackTraces(directory),
    installExtensions(runner),
  ];
  return () => {
    for (const each of undo) each();
  };
}
