import ts = require("typescript");
import { type CheckerHost, ownFile, stampOf } from "./host.ts";
import type { Resolution } from "./internals.ts";

/** A local file as it was last read. */
export interface LocalFile {
  stamp: string;
  text: string;
  /** What each of its specifiers means. */
  resolutions: Map<string, Resolution>;
  /** Local files among them. */
  imports: string[];
}

/** What has to be parsed again, and which package files those need. */
export interface LocalChanges {
  /** Changed files and all that import them. */
  files: Set<string>;
  /** All that the roots reach, the nearest first. */
  reached: string[];
  /** Those that were read before and edited since. */
  edited: string[];
  packages: string[];
}

/** The local files that cells import, directly or not, with what they import. */
export class LocalFiles {
  readonly #files = new Map<string, LocalFile>();

  constructor(readonly host: CheckerHost) {}

  get(file: string): LocalFile | undefined {
    return this.#files.get(file);
  }

  names(): string[] {
    return [...this.#files.keys()];
  }

  /** Looks at everything that `roots` reach. */
  refresh(roots: Iterable<string>): LocalChanges {
    const seen = new Set<string>();
    const changed = new Set<string>();
    const before = new Set(this.#files.keys());
    for (const root of roots) this.#visit(root, seen, changed);
    const edited = [...changed].filter(file => before.has(file));
    this.#addImporters(changed);
    const resolutions = [...changed].flatMap(file => [...(this.#files.get(file)?.resolutions.values() ?? [])]);
    const packages = resolutions.filter(isPackage).map(each => each.resolvedModule.resolvedFileName);
    return { files: changed, reached: this.#reachedFrom(roots), edited, packages };
  }

  #reachedFrom(roots: Iterable<string>): string[] {
    const reached = new Set(roots);
    for (const file of reached) for (const each of this.#files.get(file)?.imports ?? []) reached.add(each);
    return [...reached];
  }

  #visit(file: string, seen: Set<string>, changed: Set<string>): void {
    if (seen.has(file)) return;
    seen.add(file);
    const stamp = stampOf(file);
    let local = this.#files.get(file);
    if (local?.stamp !== stamp || this.#findsMore(file, local)) {
      local = this.#read(file, stamp);
      this.#files.set(file, local);
      changed.add(file);
    }
    for (const imported of local.imports) this.#visit(imported, seen, changed);
  }

  #read(file: string, stamp: string): LocalFile {
    const text = ts.sys.readFile(file) ?? "";
    const specifiers = /\.(json|wasm|node)$/.test(file) ? [] : ts.preProcessFile(text, true, true).importedFiles;
    const resolutions = new Map(
      specifiers.map(({ fileName }) => [fileName, this.host.resolve(fileName, file)] as const),
    );
    const imports = [...resolutions.values()].map(ownFile).filter(each => each !== undefined);
    return { stamp, text, resolutions, imports };
  }

  /**
   * Whether a module that was missing is there now. As long as none is, the file must not be read again: what it
   * declares would be another thing to the cells that have it already.
   */
  #findsMore(file: string, { resolutions }: LocalFile): boolean {
    return [...resolutions].some(
      ([specifier, { resolvedModule }]) =>
        !resolvedModule && this.host.resolve(specifier, file).resolvedModule !== undefined,
    );
  }

  #addImporters(changed: Set<string>): void {
    let grew = changed.size > 0;
    while (grew) {
      grew = false;
      for (const [file, { imports }] of this.#files) {
        if (changed.has(file) || !imports.some(each => changed.has(each))) continue;
        changed.add(file);
        grew = true;
      }
    }
  }
}

function isPackage(resolution: Resolution): resolution is Resolution & { resolvedModule: ts.ResolvedModuleFull } {
  return resolution.resolvedModule !== undefined && ownFile(resolution) === undefined;
}
