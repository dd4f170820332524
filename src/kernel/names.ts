import type { Declaration } from "./transform/parse.ts";

/**
 * The values of a notebook's names: cells read and write them as properties of `values`.
 *
 * A plain object, because code runs several times slower on one without a prototype.
 */
export class NotebookNames {
  readonly values: Record<string, unknown> = {};
  /** Those that exist when the next cell runs. */
  readonly known = new Set<string>();
  /** The cell that declared each of them last. */
  readonly cells = new Map<string, number>();

  /** For names that no cell had declared when the code was rewritten: looked up when used. */
  readonly later: object = new Proxy(this.values, {
    get: (values, name) => {
      if (Object.hasOwn(values, name)) return values[name as string];
      // The cell itself may have made it a global.
      if (name in globalThis) return (globalThis as Record<PropertyKey, unknown>)[name];
      throw new ReferenceError(`${String(name)} is not defined`);
    },
    set: (values, name, value) => {
      const home = Object.hasOwn(values, name) ? values : (globalThis as Record<PropertyKey, unknown>);
      if (!(name in home)) throw new ReferenceError(`${String(name)} is not defined`);
      home[name as string] = value;
      return true;
    },
  });

  /** From now on cells know the names whose statements of this cell are `done`; a type hides a value of its name. */
  declare(
    declarations: readonly Declaration[],
    done: ReadonlySet<number>,
    types: readonly string[],
    cell: number,
  ): void {
    for (const name of types) this.known.delete(name);
    for (const { name, kind, statement, typeOnly } of declarations) {
      const isValue = kind !== "ambient" && kind !== "type" && !typeOnly && !types.includes(name);
      if (!isValue || !done.has(statement)) continue;
      this.known.add(name);
      this.cells.set(name, cell);
    }
  }

  /**
   * Brings imported names in: pairs of local and imported name, `*` for the whole namespace.
   *
   * The value is copied, which keeps reading it fast; a name that its module may assign to later is
   * read from the module each time.
   */
  bring(specifier: string, namespace: object, names: [string, string][], changing: ReadonlySet<string>): void {
    const exports = namespace as Record<string, unknown>;
    for (const [local, imported] of names) {
      if (imported !== "*" && !(imported in exports)) {
        throw new SyntaxError(
          `import: "${specifier}" must export what is imported from it, but has no "${imported}"; it has ${Object.keys(exports).slice(0, 12).join(", ") || "no exports"}.`,
        );
      }
      if (changing.has(imported)) this.#link(local, () => exports[imported]);
      else this.#set(local, imported === "*" ? namespace : exports[imported]);
    }
  }

  #set(name: string, value: unknown): void {
    Object.defineProperty(this.values, name, { value, writable: true, enumerable: true, configurable: true });
  }

  #link(name: string, get: () => unknown): void {
    const set = (value: unknown) => this.#set(name, value);
    Object.defineProperty(this.values, name, { get, set, enumerable: true, configurable: true });
  }
}
