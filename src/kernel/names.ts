/**
 * The values of a notebook's names: cells read and write them as properties of `values`.
 *
 * A plain object, because code runs several times slower on one without a prototype.
 */
export class NotebookNames {
  readonly values: Record<string, unknown> = {};

  /** For names that no cell had declared when the code was rewritten: looked up when used. */
  readonly later: object = new Proxy(this.values, {
    get: (values, name) => {
      if (!Object.hasOwn(values, name)) throw new ReferenceError(`${String(name)} is not defined`);
      return values[name as string];
    },
    set: (values, name, value) => {
      if (!Object.hasOwn(values, name)) throw new ReferenceError(`${String(name)} is not defined`);
      values[name as string] = value;
      return true;
    },
  });

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
