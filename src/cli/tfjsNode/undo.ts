import { existsSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { added, workshop } from "./places.ts";

/** What was put into node_modules, so that it can be taken away: whole packages, and folders of tfjs-node. */
interface Put {
  packages: string[];
}

const recordIn = (modules: string) => join(modules, ".tfjs-node.json");
const aside = (folder: string) => `${folder}.before`;

/** Before anything is put there: folders of an earlier installation step aside, so that `undo` can bring them back. */
export function stepAside(modules: string): void {
  for (const folder of added.map(folder => join(modules, folder))) {
    if (existsSync(recordIn(modules))) rmSync(folder, { recursive: true, force: true });
    else if (existsSync(folder)) renameSync(folder, aside(folder));
  }
  note(modules, []);
}

/** Adds packages to what was put there. */
export function note(modules: string, packages: readonly string[]): void {
  const before = recorded(modules)?.packages ?? [];
  writeFileSync(
    recordIn(modules),
    `${JSON.stringify({ packages: [...new Set([...before, ...packages])] } satisfies Put)}\n`,
  );
}

/** Takes away what was put into node_modules, and brings back what stood there. Returns whether there was anything. */
export function undo(modules: string): boolean {
  rmSync(join(modules, workshop), { recursive: true, force: true });
  const put = recorded(modules);
  if (!put) return false;
  for (const folder of added.map(folder => join(modules, folder))) {
    rmSync(folder, { recursive: true, force: true });
    if (existsSync(aside(folder))) renameSync(aside(folder), folder);
  }
  for (const name of put.packages) rmSync(join(modules, name), { recursive: true, force: true });
  for (const name of put.packages) removeIfEmpty(join(modules, name, ".."));
  removeDeadLinks(join(modules, ".bin"));
  rmSync(recordIn(modules));
  return true;
}

function recorded(modules: string): Put | undefined {
  const file = recordIn(modules);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Put) : undefined;
}

/** A scope, such as @mapbox, of which no package is left. */
function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmSync(folder, { recursive: true });
}

/** The commands of packages that are gone. */
function removeDeadLinks(bin: string): void {
  if (!existsSync(bin)) return;
  for (const link of readdirSync(bin).map(name => join(bin, name))) {
    if (lstatSync(link).isSymbolicLink() && !existsSync(link)) rmSync(link);
  }
}
