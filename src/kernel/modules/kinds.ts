import { builtinModules } from "node:module";
import { isOwn } from "./resolve.ts";

/** What only node itself can load: native addons, and everything inside a package. */
export function isNativeOnly(file: string): boolean {
  return file.endsWith(".node") || !isOwn(file);
}

/** Whether a specifier names a module of node itself. */
export function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

/** Whether TypeScript may know better: it takes folders, files without an extension, and TypeScript. */
export function mayBeFound(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === "string" && findable.has(code);
}

const findable: ReadonlySet<string> = new Set([
  "ERR_MODULE_NOT_FOUND",
  "ERR_UNSUPPORTED_DIR_IMPORT",
  "ERR_UNKNOWN_FILE_EXTENSION",
  "ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING",
]);
