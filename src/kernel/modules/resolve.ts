import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts = require("typescript");

/**
 * Which file a specifier means: the one resolver of the checker and of what runs.
 *
 * It is TypeScript's own, asked for the types of a module by the checker and for its code by the
 * runner; where there are no types, both take the file itself.
 */
export class Resolver {
  readonly #code: ts.CompilerOptions;

  constructor(readonly options: ts.CompilerOptions) {
    // TypeScript has the switch for "go to source definition" and hides it from its public types.
    this.#code = { ...options, allowJs: true, noDtsResolution: true, noResolve: false };
  }

  /** The user's own file that a specifier means in a file, to be run; undefined for packages and what is not there. */
  local(specifier: string, containing: string): string | undefined {
    if (!isLocal(specifier) && !this.mayBeAlias(specifier)) return undefined;
    const found = this.code(specifier, containing);
    return found !== undefined && (isLocal(specifier) || isOwn(found)) ? found : undefined;
  }

  /** The file with the code of a module, be it a package's. */
  code(specifier: string, containing: string): string | undefined {
    const wanted = asPath(specifier);
    const exact = isLocal(specifier) ? exactFile(wanted, containing) : undefined;
    if (exact !== undefined && !/\.[mc]?jsx?$/.test(exact) && !isDeclaration(exact)) return exact;
    const found = ts.resolveModuleName(wanted, containing, this.#code, ts.sys).resolvedModule;
    return found && !isDeclaration(found.resolvedFileName) ? found.resolvedFileName : withoutTypes(wanted, containing);
  }

  /** The file with the types of a module. */
  types(specifier: string, containing: string): ts.ResolvedModuleWithFailedLookupLocations {
    const wanted = asPath(specifier);
    const found = ts.resolveModuleName(wanted, containing, this.options, ts.sys);
    if (found.resolvedModule) return found;
    const file = isLocal(specifier) ? withoutTypes(wanted, containing) : undefined;
    return file === undefined ? found : ({ ...found, resolvedModule: untyped(file) } as typeof found);
  }

  /** Whether a specifier that looks like a package's may mean a file of the user: `paths`, `baseUrl`, `#name`. */
  mayBeAlias(specifier: string): boolean {
    if (specifier.startsWith("#")) return true;
    const { paths, baseUrl } = this.options;
    return baseUrl !== undefined || Object.keys(paths ?? {}).some(pattern => matches(pattern, specifier));
  }
}

export function isLocal(specifier: string): boolean {
  return /^(\.{1,2}(\/|$)|file:)/.test(specifier) || path.isAbsolute(specifier);
}

/** Whether a file is the user's, and not a package's. */
export function isOwn(file: string): boolean {
  return !file.includes(`${path.sep}node_modules${path.sep}`);
}

function matches(pattern: string, specifier: string): boolean {
  const [before = "", after] = pattern.split("*");
  return after === undefined ? pattern === specifier : specifier.startsWith(before) && specifier.endsWith(after);
}

function asPath(specifier: string): string {
  return specifier.startsWith("file:") ? fileURLToPath(specifier) : specifier;
}

function isDeclaration(file: string): boolean {
  return /\.d\.([^.]+\.)?[mc]?ts$/.test(file);
}

/** What TypeScript knows nothing of and a kernel can load: WebAssembly, native addons, `./x.ts?again`. */
function withoutTypes(specifier: string, containing: string): string | undefined {
  const file = exactFile(specifier, containing);
  if (file !== undefined) return loadable.test(file) && !isDeclaration(file) ? file : undefined;
  const plain = specifier.replace(/[?#].*$/, "");
  return plain === specifier ? undefined : withoutTypes(plain, containing);
}

const loadable = /\.(wasm|node|json|[mc]?[jt]s|[jt]sx)$/;

function exactFile(specifier: string, containing: string): string | undefined {
  if (!isLocal(specifier)) return undefined;
  const file = path.resolve(path.dirname(containing), specifier);
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/** A module of which the checker knows that it is there, and nothing else. */
function untyped(file: string): ts.ResolvedModuleFull {
  return { resolvedFileName: file, extension: ts.Extension.Js, isExternalLibraryImport: false };
}
