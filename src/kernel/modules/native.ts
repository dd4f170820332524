import path from "node:path";
import vm from "node:vm";

type Import = (specifier: string, options?: ImportCallOptions) => Promise<object>;

const importers = new Map<string, Import>();

/**
 * `import(specifier)` as a file of `folder` would write it: node itself resolves and loads, so the
 * instance is the one that everybody else has.
 */
export function nativeImport(folder: string, specifier: string, options?: ImportCallOptions): Promise<object> {
  let importer = importers.get(folder);
  if (!importer) {
    importer = withoutWarning(() => importerFor(folder));
    importers.set(folder, importer);
  }
  const load = importer;
  return withoutWarning(() => load(specifier, options));
}

function importerFor(folder: string): Import {
  const script = new vm.Script("(specifier, options) => import(specifier, options)", {
    filename: path.join(folder, "lectern-import.mjs"),
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return script.runInThisContext() as Import;
}

// Node 20 calls the default loader experimental, on stderr, in the middle of somebody's notebook.
function withoutWarning<T>(work: () => T): T {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** What `default` of a module compiled from ES syntax is; see `withNamedExports`. */
export type Compiled = "own default" | "module.exports";

const merged = new WeakMap<object, object>();

/**
 * The namespace with every property of a CommonJS module as a named export, as its types promise;
 * node finds only those that it recognises in the module's text.
 *
 * `compiled` says what `default` is for a module compiled from ES syntax (`__esModule`): its own
 * default export, as TypeScript types it for cells, or the whole `module.exports`, as in node.
 */
export function withNamedExports(namespace: object, compiled: Compiled): object {
  const exports = (namespace as { default?: unknown }).default;
  if (!isCommonJs(namespace, exports)) return namespace;
  const all = (merged.get(namespace) ?? merge(namespace, exports)) as Record<string, unknown>;
  merged.set(namespace, all);
  const own = compiled === "own default" && exports.__esModule === true && "default" in exports;
  return own ? Object.create(all, { default: { value: exports.default, enumerable: true } }) : all;
}

function isCommonJs(namespace: object, exports: unknown): exports is Record<string, unknown> {
  if (exports === null || (typeof exports !== "object" && typeof exports !== "function")) return false;
  return Object.keys(namespace).every(key => key === "default" || key === "module.exports" || key in exports);
}

function merge(namespace: object, exports: Record<string, unknown>): object {
  if (Object.keys(exports).every(key => key === "__esModule" || key in namespace)) return namespace;
  const all = Object.create(null, { [Symbol.toStringTag]: { value: "Module" } });
  for (const key of [...Object.keys(exports), ...Object.keys(namespace)]) {
    if (key === "__esModule") continue;
    const get = key === "default" ? () => exports : () => exports[key];
    Object.defineProperty(all, key, { get, enumerable: true, configurable: true });
  }
  return all;
}
