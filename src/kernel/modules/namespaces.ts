import { type Compiled, withNamedExports } from "./native.ts";

/** A CommonJS module as an ES module sees it. */
export function commonNamespace(module: { exports: unknown }, compiled: Compiled): object {
  return withNamedExports(namespaceOf(module.exports), compiled);
}

/** The namespaces of what modules export, so that each has one. */
const namespaces = new WeakMap<object, object>();

/** The namespace of a module, or that of which a value is the default export. */
export function namespaceOf(exports: unknown): object {
  const isObject = (typeof exports === "object" && exports !== null) || typeof exports === "function";
  if (isObject && Object.prototype.toString.call(exports) === "[object Module]") return exports;
  const known = isObject ? namespaces.get(exports) : undefined;
  const namespace = known ?? Object.create(null, { default: { value: exports, enumerable: true } });
  if (isObject) namespaces.set(exports, namespace);
  return namespace;
}

/** What the body of an ES module fills its namespace with. */
export function exportsInto(namespace: object) {
  const define = (name: string, get: () => unknown) =>
    Object.defineProperty(namespace, name, { get, enumerable: true, configurable: true });
  return {
    defineExports(getters: Record<string, () => unknown>): void {
      for (const [name, get] of Object.entries(getters)) define(name, get);
    },
    exportAll(module: object): void {
      const values = module as Record<string, unknown>;
      for (const name of Object.keys(values)) {
        if (name !== "default" && !Object.hasOwn(namespace, name)) define(name, () => values[name]);
      }
    },
  };
}
