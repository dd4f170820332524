import { readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What lies in a folder of submissions. */
export interface HandedIn {
  /** The paths of notebooks within the folder, in order. */
  notebooks: string[];
  /** Other files, which cannot be graded: somebody may have handed in one of them. */
  others: string[];
}

/**
 * The notebooks in a folder and in the folders of it, as grade books and course systems unpack them: `ada.ipynb`, or
 * `ada/05-latent-variables.ipynb`. Links are not followed; what programs leave there is passed over.
 */
export async function handedIn(folder: string, except: readonly string[]): Promise<HandedIn> {
  const notebooks: string[] = [];
  const others: string[] = [];
  const visit = async (at: string) => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.name.startsWith(".") || PASSED_OVER.has(entry.name) || except.includes(path)) continue;
      if (entry.isDirectory()) await visit(path);
      else (entry.isFile() && entry.name.endsWith(".ipynb") ? notebooks : others).push(path);
    }
  };
  await visit(folder);
  const named = (paths: string[]) => paths.map(path => relative(folder, path).split(sep).join("/")).sort();
  return { notebooks: named(notebooks), others: named(others) };
}

const PASSED_OVER = new Set(["node_modules", "__MACOSX", "Thumbs.db", "desktop.ini"]);
