import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { compilerOptions } from "../check/internals.ts";
import { isBuiltin, isNativeOnly, mayBeFound } from "./kinds.ts";
import type { ModuleSource } from "./loaded.ts";
import { metaOf } from "./meta.ts";
import { commonNamespace, exportsInto, namespaceOf } from "./namespaces.ts";
import { type Compiled, nativeImport, withNamedExports } from "./native.ts";
import { requireFor } from "./require.ts";
import { isLocal, isOwn, Resolver } from "./resolve.ts";
import { ModuleSources } from "./sources.ts";
import { Waits } from "./waits.ts";

interface Instance {
  source: ModuleSource;
  namespace: object;
  /** What `require` gives: for CommonJS, `module.exports`. */
  module?: { exports: unknown };
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
  readonly #sources: ModuleSources;
  readonly #instances = new Map<string, Instance>();
  /** Which module under evaluation waits for which: what would close a circle is not waited for. */
  readonly #waits = new Waits();

  /** `replacements`: specifiers that are answered by the kernel itself. */
  constructor(
    readonly replacements: ReadonlyMap<string, object> = new Map(),
    readonly resolver = new Resolver(compilerOptions),
  ) {
    this.#sources = new ModuleSources(resolver);
  }

  /** Imports for a cell that lives in `folder`; looks for edited files first. */
  async importForCell(folder: string, wanted: string | URL, options?: ImportCallOptions): Promise<object> {
    const specifier = specifierOf(wanted);
    const containing = path.join(folder, "cell.ts");
    const file = this.resolver.local(specifier, containing);
    if (file) this.refresh(file);
    return this.#import(specifier, containing, file, options, "own default");
  }

  /** `require` as a file, or a cell of the notebook `containing`, has it. */
  requireFor(containing: string, options: { fresh?: boolean } = {}): NodeJS.Require {
    return requireFor(containing, this, options);
  }

  /** Forgets the local module `file`, and what it imports, where that was edited. */
  refresh(file: string): void {
    this.#sources.refresh(file, stale => {
      for (const each of stale) this.#instances.delete(each);
    });
  }

  /** What `require` gives for a local file. */
  require(file: string): unknown {
    const { module, namespace } = this.#instances.get(file) ?? this.#startNow(file);
    return module ? module.exports : namespace;
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

  async #import(
    specifier: string,
    containing: string,
    file: string | undefined,
    options: ImportCallOptions | undefined,
    compiled: Compiled,
    importer?: string,
  ): Promise<object> {
    const replacement = this.replacements.get(specifier);
    if (replacement) return replacement;
    if (file && !isNativeOnly(file)) return this.#load(file, compiled, importer);
    const folder = path.dirname(containing);
    if (isLocal(specifier) && !file) {
      const message = `import: "${specifier}" must be a file, but nothing is there, seen from ${folder}; check the path.`;
      throw Object.assign(new Error(message), { code: "ERR_MODULE_NOT_FOUND" });
    }
    if (file?.endsWith(".node")) return withNamedExports({ default: createRequire(containing)(file) }, compiled);
    if (isBuiltin(specifier)) return nativeImport(folder, specifier, options);
    const wanted = file ? pathToFileURL(file).href : specifier;
    try {
      return withNamedExports(await nativeImport(folder, wanted, options), compiled);
    } catch (error) {
      const code = file === undefined && mayBeFound(error) ? this.resolver.code(specifier, containing) : undefined;
      if (code === undefined) throw error;
      // What TypeScript finds and node does not: `lodash/chunk`, a package of this workspace in TypeScript.
      if (isOwn(code)) return this.#load(code, compiled, importer);
      return withNamedExports(await nativeImport(folder, pathToFileURL(code).href, options), compiled);
    }
  }

  async #load(file: string, compiled: Compiled, importer?: string): Promise<object> {
    const instance = this.#instances.get(file) ?? this.#start(file);
    const seen = () => (instance.module ? commonNamespace(instance.module, compiled) : instance.namespace);
    if (instance.finished || (importer !== undefined && this.#waits.reach(file, importer))) return seen();
    await this.#waits.during(importer, file, instance.evaluation);
    return seen();
  }

  #start(file: string): Instance {
    const source = this.#sources.get(file);
    if (source.code.format === "commonjs") return this.#startNow(file);
    const instance = this.#open(file, source);
    const load = (specifier: string, options?: ImportCallOptions) => this.#importFor(file, specifier, options, file);
    instance.evaluation = source.code.body(...this.#helpers(file, instance, load)).then(
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

  /** Runs a module to its end, as `require` does. */
  #startNow(file: string): Instance {
    const source = this.#sources.get(file);
    const instance = this.#open(file, source);
    try {
      if (source.code.format === "commonjs") {
        instance.module = { exports: {} };
        const { exports } = instance.module;
        const module = Object.assign(instance.module, { id: file, filename: file, path: path.dirname(file) });
        source.code.body.call(exports, exports, this.requireFor(file), module, file, path.dirname(file));
      } else {
        const require = this.requireFor(file);
        const load = (specifier: string) => namespaceOf(require(specifier));
        waitingForNothing(file, source.code.sync)(...this.#helpers(file, instance, load));
      }
    } catch (error) {
      if (this.#instances.get(file) === instance) this.#instances.delete(file);
      throw error;
    }
    instance.finished = true;
    return instance;
  }

  #open(file: string, source: ModuleSource): Instance {
    const namespace = Object.create(null, { [Symbol.toStringTag]: { value: "Module" } });
    const instance: Instance = { source, namespace, evaluation: Promise.resolve(), finished: false };
    this.#instances.set(file, instance);
    return instance;
  }

  #importFor(
    file: string,
    wanted: string | URL,
    options: ImportCallOptions | undefined,
    importer?: string,
  ): Promise<object> {
    const specifier = specifierOf(wanted);
    const local = this.resolver.local(specifier, file);
    return this.#import(specifier, file, local, options, "module.exports", importer);
  }

  #helpers<Load>(file: string, { namespace }: Instance, load: Load) {
    const { defineExports, exportAll } = exportsInto(namespace);
    const dynamic = (specifier: string, options?: ImportCallOptions) => this.#importFor(file, specifier, options);
    return [defineExports, exportAll, load, dynamic, metaOf(file, this.resolver), this.requireFor(file)] as const;
  }
}

function waitingForNothing<Body>(file: string, body: () => Body): Body {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`require: ${file} must not wait at its top, but it has an await there; use await import(…).`);
  }
}

function specifierOf(wanted: string | URL): string {
  const specifier = String(wanted);
  if (specifier.length <= LONGEST || specifier.startsWith("data:")) return specifier;
  throw new TypeError(
    `import: a specifier must be the name of a package or a path, but got one of ${specifier.length.toLocaleString("en")} characters; write text to a file to import it.`,
  );
}

/** Of a path, on most systems. */
const LONGEST = 4096;
