import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts = require("typescript");
import { isLocal, isOwn, Resolver } from "../modules/resolve.ts";
import { compilerOptions, type Resolution } from "./internals.ts";
import { withoutDocumentation } from "./lazyDocumentation.ts";
import { releaseText } from "./lazyText.ts";

const here = path.dirname(fileURLToPath(import.meta.url));

const ending = import.meta.url.endsWith(".ts") ? ".ts" : ".d.ts";

/** Modules whose types the kernel itself brings: specifier to file. */
export const ownModules: ReadonlyMap<string, string> = new Map([
  ["tslab", path.join(here, `../tslab${ending}`)],
  ["lectern/notebook", path.join(here, `../controls/index${ending}`)],
]);

/**
 * How the checker sees the disk: parsed library files are kept, and questions are remembered.
 *
 * Only answers about packages are remembered: files of the user may change at any time.
 */
export class CheckerHost {
  readonly #files = new Map<string, ts.SourceFile>();
  readonly #stamps = new Map<string, string>();
  readonly #libraries = path.dirname(ts.getDefaultLibFilePath(compilerOptions));
  readonly #lookups: Lookups = rememberedLookups();
  readonly #cache: ts.ModuleResolutionCache;
  /** Files with types of which the code is there. */
  readonly #withCode = new Set<string>();
  readonly resolver: Resolver;

  constructor(
    readonly directory: string,
    readonly options: ts.CompilerOptions,
  ) {
    this.resolver = new Resolver(options);
    this.#cache = ts.createModuleResolutionCache(directory, name => name, options);
  }

  /** A host for another folder or other options that keeps the files parsed by this one. */
  moved(directory: string, options: ts.CompilerOptions): CheckerHost {
    const host = new CheckerHost(directory, options);
    for (const [file, parsed] of this.#files) host.#files.set(file, parsed);
    for (const [file, stamp] of this.#stamps) host.#stamps.set(file, stamp);
    return host;
  }

  /** Lets go the texts of the files parsed so far; of one that was edited since, nothing is shown any more. */
  releaseTexts(): void {
    for (const [name, file] of this.#files) {
      const stamp = this.#stamps.get(name);
      releaseText(file, () => (stampOf(name) === stamp && ts.sys.readFile(name)) || "");
    }
  }

  /** Whether a file was changed since it was parsed. */
  isStale(): boolean {
    return [...this.#stamps].some(([file, stamp]) => stampOf(file) !== stamp);
  }

  /** A package as `containing` means it; asked again from the disk as long as it is missing. */
  resolvePackage(specifier: string, containing: string): Resolution {
    const own = ownModules.get(specifier);
    if (own) return { resolvedModule: resolvedFile(own), failedLookupLocations: [] } as unknown as Resolution;
    const known = ts.resolveModuleName(specifier, containing, this.options, this.#lookups, this.#cache);
    return known.resolvedModule ? known : ts.resolveModuleName(specifier, containing, this.options, ts.sys);
  }

  /** A module as `containing` means it, be it a package or a file of the user; a file is never remembered. */
  resolve(specifier: string, containing: string): Resolution {
    if (!isLocal(specifier) && !this.resolver.mayBeAlias(specifier)) return this.resolvePackage(specifier, containing);
    const found = this.resolver.types(specifier, containing);
    return found.resolvedModule || isLocal(specifier) ? found : this.resolvePackage(specifier, containing);
  }

  /** Whether the runner will find nothing to run where there are types. */
  hasTypesOnly(specifier: string, containing: string): boolean {
    const file = this.resolve(specifier, containing).resolvedModule?.resolvedFileName;
    if (file === undefined || !/\.d\.[mc]?ts$/.test(file) || this.#withCode.has(file)) return false;
    if (!ownModules.has(specifier) && this.resolver.code(specifier, containing) === undefined) {
      try {
        createRequire(containing).resolve(specifier);
      } catch {
        return true;
      }
    }
    this.#withCode.add(file);
    return false;
  }

  compilerHost(): ts.CompilerHost {
    return {
      ...this.#lookups,
      getSourceFile: (file, options) => this.#sourceFile(file, options),
      writeFile: () => {},
      getDefaultLibFileName: options => path.join(this.#libraries, ts.getDefaultLibFileName(options)),
      getDefaultLibLocation: () => this.#libraries,
      getCurrentDirectory: () => this.directory,
      getCanonicalFileName: name => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => "\n",
      jsDocParsingMode: withoutDocumentation,
      resolveModuleNameLiterals: (literals, containing) =>
        literals.map(literal =>
          ts.resolveModuleName(literal.text, containing, this.options, this.#lookups, this.#cache),
        ),
      resolveTypeReferenceDirectiveReferences: (references, containing) =>
        references.map(each => this.#typeReference(typeof each === "string" ? each : each.fileName, containing)),
    };
  }

  /** What completions of paths ask. */
  serviceHost(): ts.LanguageServiceHost {
    return {
      ...ts.sys,
      getCompilationSettings: () => this.options,
      getScriptFileNames: () => [],
      getScriptVersion: () => "",
      getScriptSnapshot: () => undefined,
      getCurrentDirectory: () => this.directory,
      getDefaultLibFileName: options => path.join(this.#libraries, ts.getDefaultLibFileName(options)),
      useCaseSensitiveFileNames: () => true,
    };
  }

  // A notebook may lie in a folder without node_modules; node's own types are then ours.
  #typeReference(name: string, containing: string): ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
    const found = ts.resolveTypeReferenceDirective(name, containing, this.options, this.#lookups);
    if (found.resolvedTypeReferenceDirective) return found;
    return ts.resolveTypeReferenceDirective(name, path.join(here, "types.ts"), this.options, this.#lookups);
  }

  #sourceFile(file: string, options: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
    const kept = this.#files.get(file);
    if (kept) return kept;
    const text = ts.sys.readFile(file);
    if (text === undefined) return undefined;
    const parsed = ts.createSourceFile(file, text, options, false);
    this.#files.set(file, parsed);
    this.#stamps.set(file, stampOf(file));
    return parsed;
  }
}

type Lookups = Required<Pick<ts.CompilerHost, "fileExists" | "readFile" | "directoryExists" | "realpath">>;

function rememberedLookups(): Lookups {
  return {
    fileExists: remembered(file => ts.sys.fileExists(file)),
    readFile: file => ts.sys.readFile(file),
    directoryExists: remembered(folder => ts.sys.directoryExists(folder)),
    realpath: remembered(file => ts.sys.realpath?.(file) ?? file),
  };
}

/** The user's own file that a module is; undefined for a package's and for the kernel's. */
export function ownFile({ resolvedModule }: Resolution): string | undefined {
  const file = resolvedModule?.resolvedFileName;
  return file !== undefined && isOwn(file) && !kernelFiles.has(file) ? file : undefined;
}

const kernelFiles: ReadonlySet<string> = new Set(ownModules.values());

/** What changes when a file is written. */
export function stampOf(file: string): string {
  return `${ts.sys.getModifiedTime?.(file)?.getTime()}:${ts.sys.getFileSize?.(file)}`;
}

/** The resolution of a module whose file is known. */
export function resolvedFile(file: string): ts.ResolvedModuleFull {
  const extension = file.endsWith(".d.ts") ? ts.Extension.Dts : ts.Extension.Ts;
  return {
    resolvedFileName: file,
    extension,
    isExternalLibraryImport: false,
    resolvedUsingTsExtension: true,
  } as ts.ResolvedModuleFull;
}

// A positive answer stays true while packages stay installed; a negative one is repeated cheaply elsewhere.
function remembered<Answer>(ask: (question: string) => Answer): (question: string) => Answer {
  const answers = new Map<string, Answer>();
  return question => {
    if (!answers.has(question)) answers.set(question, ask(question));
    return answers.get(question) as Answer;
  };
}
