import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Reference values that a script in test/fixtures made with another implementation, whose versions it notes. */
// biome-ignore lint/suspicious/noExplicitAny: its shape is that of the script
export function fixture(name: string): any {
  return JSON.parse(readFileSync(join(resolve(import.meta.dirname, "../fixtures"), `${name}.json`), "utf8"));
}
