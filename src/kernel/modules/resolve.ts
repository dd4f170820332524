import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The file that a relative, absolute or `file:` specifier means in `folder`; undefined for a package
 * or a builtin module, and for a file that is not there.
 *
 * As TypeScript resolves: the extension may be left out, `.js` may stand for `.ts`, and a folder for
 * its index.
 */
export function resolveLocal(specifier: string, folder: string): string | undefined {
  if (!isLocal(specifier)) return undefined;
  const base = specifier.startsWith("file:") ? fileURLToPath(specifier) : path.resolve(folder, specifier);
  return candidates(base).find(isFile);
}

export function isLocal(specifier: string): boolean {
  return /^(\.{1,2}(\/|$)|file:)/.test(specifier) || path.isAbsolute(specifier);
}

function candidates(base: string): string[] {
  const found = [base];
  const script = /\.([mc]?)js$/.exec(base);
  if (script) found.push(`${base.slice(0, -script[0].length)}.${script[1]}ts`);
  for (const extension of extensions) found.push(base + extension);
  for (const extension of extensions) found.push(path.join(base, `index${extension}`));
  return found;
}

const extensions = [".ts", ".mts", ".js", ".mjs", ".json"];

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}
