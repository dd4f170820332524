import { isNativeOnly } from "./kinds.ts";
import { type ModuleSource, readModule, stampOf } from "./loaded.ts";
import type { Resolver } from "./resolve.ts";

/** The local modules as they were last read. */
export class ModuleSources {
  readonly #sources = new Map<string, ModuleSource>();

  constructor(readonly resolver: Resolver) {}

  /** The module, read now if it was not before. */
  get(file: string): ModuleSource {
    const known = this.#sources.get(file);
    if (known) return known;
    const source = readModule(file, stampOf(file) ?? "", this.resolver);
    this.#sources.set(file, source);
    return source;
  }

  /** Reads again what was edited under `root`, and tells of all that depends on it, whatever root it came by. */
  refresh(root: string, forget: (stale: ReadonlySet<string>) => void): void {
    const seen = new Set<string>();
    const stale = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file) || isNativeOnly(file)) return;
      seen.add(file);
      const stamp = stampOf(file);
      if (stamp === undefined) return void stale.add(file);
      let source = this.#sources.get(file);
      if (source?.stamp !== stamp) {
        stale.add(file);
        this.#sources.delete(file);
        source = readModule(file, stamp, this.resolver);
        this.#sources.set(file, source);
      }
      for (const imported of source.imports) visit(imported);
    };
    try {
      visit(root);
    } finally {
      this.#addImporters(stale);
      forget(stale);
    }
  }

  #addImporters(stale: Set<string>): void {
    let grew = stale.size > 0;
    while (grew) {
      grew = false;
      for (const [file, { imports }] of this.#sources) {
        if (stale.has(file) || !imports.some(each => stale.has(each))) continue;
        stale.add(file);
        grew = true;
      }
    }
  }
}
