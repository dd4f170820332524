import { builtinModules, createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type ModuleSource, readModule, stampOf } from "./loaded.ts";
import { nativeImport, withNamedExports } from "./native.ts";
import { isLocal, resolveLocal } from "./resolve.ts";

interface Instance {
  source: ModuleSource;
  namespace: object;
  /** Settles when the body has run. */
  evaluation: Promise<void>;
  finished: boolean;
}

/**
 * Runs local modules from source and runs them again when they, or what they import, were edited.
 *
 * A module that did not change keeps its state. Packages are node's own: one instance for all.
 */
export class ModuleRunner {
  readonly #sources = new Map<string, ModuleSource>();
  readonly #instances = new Map<string, Instance>();
  /** Which module under evaluation waits for which: what would close a circle is not waited for. */
  readonly #waits = new Map<string, Set<string>>();

  /** `replacements`: specifiers that are answered by the kernel itself. */
  constructor(readonly replacements: ReadonlyMap<string, object> = new Map()) {}

  /** Imports for a cell that lives in `folder`; looks for edited files first. */
  async importForCell(folder: string, wanted: string | URL, options?: ImportCallOptions): Promise<object> {
    const specifier = String(wanted);
    const file = resolveLocal(specifier, folder);
    if (file) this.#refresh(file);
    return this.#import(specifier, folder, file, options, "own default");
  }

  /** Drops the modules whose body has not finished: the next import starts them anew. */
  forgetUnfinished(): void {
    for (const [file, instance] of this.#instances) if (!instance.finished) this.#instances.delete(file);
    this.#waits.clear();
  }

  /** Names of a local module's namespace that the module may assign to later. */
  changingNames(namespace: object): readonly string[] {
    for (const instance of this.#instances.values()) {
      if (instance.namespace === namespace) return instance.source.changing;
    }
    return [];
  }

  #import(
    specifier: string,
    folder: string,
    file: string | undefined,
    options: ImportCallOptions | undefined,
    compiled: "own default" | "module.exports",
    importer?: string,
  ): Promise<object> {
    const replacement = this.replacements.get(specifier);
    if (replacement) return Promise.resolve(replacement);
    if (file && !isNativeOnly(file)) return this.#load(file, importer);
    if (isLocal(specifier) && !file) {
      const message = `import: "${specifier}" must be a file, but nothing is there, seen from ${folder}; check the path.`;
      return Promise.reject(Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND" }));
    }
    const loaded = nativeImport(folder, file ? pathToFileURL(file).href : specifier, options);
    return isBuiltin(specifier) ? loaded : loaded.then(namespace => withNamedExports(namespace, compiled));
  }

  /** Reads again what was edited under `root` and forgets the instances that depend on it. */
  #refresh(root: string): void {
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
        source = readModule(file, stamp);
        this.#sources.set(file, source);
      }
      for (const imported of source.imports) visit(imported);
    };
    try {
      visit(root);
    } finally {
      this.#forget(stale);
    }
  }

  /** Forgets the instances of stale modules and of all that import them, whatever root they came by. */
  #forget(stale: Set<string>): void {
    let grew = stale.size > 0;
    while (grew) {
      grew = false;
      for (const file of this.#sources.keys()) {
        const imports = this.#sources.get(file)?.imports ?? [];
        if (!stale.has(file) && imports.some(each => stale.has(each))) {
          stale.add(file);
          grew = true;
        }
      }
    }
    for (const file of stale) this.#instances.delete(file);
  }

  async #load(file: string, importer?: string): Promise<object> {
    const instance = this.#instances.get(file) ?? this.#start(file);
    if (instance.finished || (importer !== undefined && this.#waitsFor(file, importer))) return instance.namespace;
    const waits = importer === undefined ? undefined : this.#waitsOf(importer);
    waits?.add(file);
    try {
      await instance.evaluation;
    } finally {
      waits?.delete(file);
    }
    return instance.namespace;
  }

  #start(file: string): Instance {
    const source = this.#sources.get(file) ?? this.#read(file);
    const namespace = Object.create(null, { [Symbol.toStringTag]: { value: "Module" } });
    const instance: Instance = { source, namespace, evaluation: Promise.resolve(), finished: false };
    this.#instances.set(file, instance);
    instance.evaluation = this.#evaluate(file, instance).then(
      () => {
        instance.finished = true;
      },
      error => {
        // Try again on the next import: the error may have come from outside.
        if (this.#instances.get(file) === instance) this.#instances.delete(file);
        throw error;
      },
    );
    instance.evaluation.catch(() => {});
    return instance;
  }

  #read(file: string): ModuleSource {
    const source = readModule(file, stampOf(file) ?? "");
    this.#sources.set(file, source);
    return source;
  }

  #evaluate(file: string, { source, namespace }: Instance): Promise<void> {
    const folder = path.dirname(file);
    const define = (name: string, get: () => unknown) =>
      Object.defineProperty(namespace, name, { get, enumerable: true, configurable: true });
    const defineExports = (getters: Record<string, () => unknown>) => {
      for (const [name, get] of Object.entries(getters)) define(name, get);
    };
    const exportAll = (module: object) => {
      const values = module as Record<string, unknown>;
      for (const name of Object.keys(values)) {
        if (name !== "default" && !Object.hasOwn(namespace, name)) define(name, () => values[name]);
      }
    };
    const load = (importer?: string) => (wanted: string | URL, options?: ImportCallOptions) => {
      const specifier = String(wanted);
      return this.#import(specifier, folder, resolveLocal(specifier, folder), options, "module.exports", importer);
    };
    return source.body(defineExports, exportAll, load(file), load(), metaOf(file));
  }

  #waitsOf(file: string): Set<string> {
    const waits = this.#waits.get(file) ?? new Set();
    this.#waits.set(file, waits);
    return waits;
  }

  #waitsFor(file: string, target: string, seen = new Set<string>()): boolean {
    if (file === target) return true;
    if (seen.has(file)) return false;
    seen.add(file);
    return [...(this.#waits.get(file) ?? [])].some(next => this.#waitsFor(next, target, seen));
  }
}

/** `import.meta` of a file. */
export function metaOf(file: string): object {
  const url = pathToFileURL(file).href;
  const resolve = (specifier: string) => {
    const local = resolveLocal(specifier, path.dirname(file));
    return pathToFileURL(local ?? createRequire(file).resolve(specifier)).href;
  };
  return { url, filename: file, dirname: path.dirname(fileURLToPath(url)), resolve };
}

/** What only node itself can load: CommonJS, native addons, and everything inside a package. */
function isNativeOnly(file: string): boolean {
  return /\.(cjs|cts|node|wasm)$/.test(file) || file.includes(`${path.sep}node_modules${path.sep}`);
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}
