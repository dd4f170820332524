import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The files that a compiled file reaches by relative imports, itself included. */
export function modulesFrom(entry: string): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    const text = fs.readFileSync(file, "utf8");
    found.set(file, text);
    for (const [, specifier] of text.matchAll(importing)) visit(path.resolve(path.dirname(file), specifier as string));
  };
  visit(entry);
  return found;
}

/** The compiled program that a snapshot is made of. */
export function snapshotEntry(): string {
  const own = import.meta.url;
  const entry = own.endsWith(".ts") ? "../../../../dist/kernel/check/snapshot/entry.js" : "./entry.js";
  return fileURLToPath(new URL(entry, own));
}

const importing = /^(?:import|export)\s[\w\s{},*$]*["'](\.\.?\/[^"']+)["'];/gm;
