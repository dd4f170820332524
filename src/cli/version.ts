import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "./packageFolder.ts";

/** `lectern 0.1.0 (node v20.20.2)` */
export function version(): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as { version: string };
  return `lectern ${version} (node ${process.version})`;
}
