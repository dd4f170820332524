import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Checkout } from "./calls.ts";

/** The library that was built in a folder, with its tfjs, once a backend is chosen. */
export async function load(folder: string): Promise<Checkout> {
  const library: Checkout["library"] = await import(pathToFileURL(builtIndex(folder)).href);
  const tf: Checkout["tf"] = createRequire(join(folder, "package.json"))("@tensorflow/tfjs");
  await library.chooseBackend();
  return { library, tf };
}

/**
 * What a checkout exports.
 *
 * @throws RangeError where it is not built
 */
export function builtIndex(folder: string): string {
  const index = join(folder, "dist", "index.js");
  if (existsSync(index)) return index;
  throw new RangeError(`bench: the folder must hold a lectern that is built, but got ${folder}; run npm ci in it.`);
}
