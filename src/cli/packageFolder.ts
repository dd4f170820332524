import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this package, from `dist/cli` and from `src/cli` alike. */
export const packageFolder = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
