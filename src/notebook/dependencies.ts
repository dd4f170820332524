import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";
import { findPackage, type Home } from "./package.ts";
import type { Notebook } from "./types.ts";

export interface Dependencies {
  /** Local files reached through relative imports, with their content. */
  files: Map<string, string>;
  /** Names of the npm packages imported by the sources or by those files. */
  packages: Set<string>;
}

/** What a notebook is made of beside its outputs. */
export interface NotebookDependencies extends Dependencies {
  home: Home;
  /** Of its code cells. */
  sources: string[];
  /** A path as it is within the package, the same on every machine. */
  inside: (path: string) => string;
}

/** What the code cells of a notebook import, and what that imports. */
export async function dependenciesOf(path: string, { cells }: Notebook): Promise<NotebookDependencies> {
  const folder = dirname(resolve(path));
  const home = await findPackage(folder);
  const sources = cells.filter(cell => cell.cell_type === "code").map(cell => cell.source);
  const inside = (file: string) => relative(home.root, file).split(sep).join("/");
  return { ...(await readDependencies(sources, folder, home)), home, sources, inside };
}

/** What pieces of source code in a folder import, directly and through the local files they import. */
export async function readDependencies(sources: string[], folder: string, home: Home): Promise<Dependencies> {
  const dependencies: Dependencies = { files: new Map(), packages: new Set() };
  for (const source of sources) await follow(source, folder, home, dependencies);
  return dependencies;
}

async function follow(source: string, folder: string, home: Home, { files, packages }: Dependencies): Promise<void> {
  for (const specifier of await importsOf(source)) {
    const local = specifier.startsWith(".") ? resolve(folder, specifier) : home.ownSource(specifier);
    if (local === undefined) {
      if (!isBuiltin(specifier)) packages.add(packageName(specifier));
      continue;
    }
    const [path, text] = await readModule(local);
    if (files.has(path)) continue;
    files.set(path, text);
    await follow(text, dirname(path), home, { files, packages });
  }
}

async function importsOf(source: string): Promise<string[]> {
  if (!source.includes("import") && !source.includes("export") && !source.includes("require")) return [];
  const { default: ts } = await import("typescript");
  return ts.preProcessFile(source, true, true).importedFiles.map(file => file.fileName);
}

/** A relative import may leave the extension out, name the `.js` that will be built, or name a folder. */
async function readModule(path: string): Promise<[path: string, text: string]> {
  const stem = path.replace(/\.js$/, "");
  for (const candidate of [path, `${stem}.ts`, `${stem}.tsx`, `${path}/index.ts`]) {
    const text = await readFile(candidate, "utf8").catch(() => undefined);
    if (text !== undefined) return [candidate, text];
  }
  return [path, "missing"];
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
