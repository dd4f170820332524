import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { dirname, resolve } from "node:path";
import type { Home } from "./package.ts";

export interface Dependencies {
  /** Local files reached through relative imports, with their content. */
  files: Map<string, string>;
  /** Names of the npm packages imported by the sources or by those files. */
  packages: Set<string>;
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
