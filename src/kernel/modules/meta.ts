import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isBuiltin } from "./kinds.ts";
import { isLocal, type Resolver } from "./resolve.ts";

/** `import.meta` of a file. */
export function metaOf(file: string, resolver: Resolver): object {
  const url = pathToFileURL(file).href;
  const resolve = (specifier: string) => {
    if (isBuiltin(specifier)) return specifier.startsWith("node:") ? specifier : `node:${specifier}`;
    const found = resolver.code(specifier, file);
    if (found !== undefined) return pathToFileURL(found).href;
    return isLocal(specifier)
      ? new URL(specifier, url).href
      : pathToFileURL(createRequire(file).resolve(specifier)).href;
  };
  return { url, filename: file, dirname: path.dirname(fileURLToPath(url)), resolve };
}
