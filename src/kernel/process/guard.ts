/** What a check said, and what is not as it was. */
export interface Said {
  verdict: unknown;
  changed: string[];
}

/**
 * Guards a process in which somebody's answers run beside the checks that judge them, as far as one process allows it.
 *
 * While the modules of a lecture load, and only then, the exercise module finds a witness under a well-known symbol and
 * keeps it to itself. Its verdicts go from there past everything that cells can reach: what a cell displays, prints or
 * puts in the place of a hook is output and no verdict. With each comes a list of what was changed: functions of the
 * language and of the lecture's modules, and names that the lecture declared.
 *
 * What is used here after cells have run is plain syntax and functions that were taken before.
 */
export class Guard {
  readonly #values: Record<string, unknown>;
  readonly #kept: Kept[] = [];
  readonly #names: Kept[] = [];
  #rootKeys = 0;
  #closed = false;

  /** `values`: the names of the notebook. Those that {@link PRELUDE} begins are its modules. */
  constructor(values: Record<string, unknown>, hear: (said: Said) => void) {
    this.#values = values;
    const value = (verdict: unknown) => hear({ verdict: plain(verdict), changed: this.changes() });
    Object.defineProperty(globalThis, Symbol.for("lectern.witness"), { value, configurable: true });
  }

  /** Takes the witness away, fixes the hooks, and notes how everything is. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    Reflect.deleteProperty(globalThis, Symbol.for("lectern.witness"));
    for (const name of ["display", "clear", "progress"])
      Object.defineProperty(globalThis, Symbol.for(`lectern.${name}`), { configurable: false });
    for (const name of INTRINSICS) {
      this.#note(globalThis, name, name);
      this.#noteMembers((globalThis as Record<string, unknown>)[name], name);
    }
    for (const name of Object.keys(this.#values).filter(each => each.startsWith(PRELUDE))) {
      const exports = this.#values[name] as Record<string, unknown>;
      for (const key of Object.keys(exports)) this.#noteMembers(exports[key], key);
      delete this.#values[name];
    }
    this.#rootKeys = ownKeys(ROOT).length;
  }

  /** Notes the values of names that a cell of the lecture declared. */
  keep(names: readonly string[]): void {
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const at = this.#indexOf(name);
      const found = getOwnPropertyDescriptor(this.#values, name);
      if (found === undefined || found.get !== undefined) continue;
      this.#names[at] = { holder: this.#values, key: name, value: found.value, path: name };
    }
  }

  /** What is not as it was, by its path. */
  changes(): string[] {
    const changed: string[] = [];
    if (!this.#closed) return changed;
    collect(this.#kept, changed);
    collect(this.#names, changed);
    if (ownKeys(ROOT).length !== this.#rootKeys) changed[changed.length] = "Object.prototype";
    return changed;
  }

  #indexOf(name: string): number {
    let at = 0;
    while (at < this.#names.length && this.#names[at]?.path !== name) at++;
    return at;
  }

  /** The functions of a function, of an object, and of what its instances inherit. */
  #noteMembers(value: unknown, path: string): void {
    if ((typeof value !== "function" && typeof value !== "object") || value === null) return;
    for (const key of ownKeys(value)) {
      if (key === "prototype") this.#noteMembers((value as { prototype?: unknown }).prototype, `${path}.prototype`);
      else this.#note(value, key, `${path}.${String(key)}`);
    }
  }

  #note(holder: object, key: PropertyKey, path: string): void {
    if (this.#kept.length >= LIMIT) return;
    const found = getOwnPropertyDescriptor(holder, key);
    const value = found?.get ?? found?.value;
    if (typeof value === "function") this.#kept.push({ holder, key, value, path });
  }
}

/** The names by which the modules of a lecture are loaded before its first cell. */
export const PRELUDE = "lectern$module";

interface Kept {
  holder: object;
  key: PropertyKey;
  value: unknown;
  path: string;
}

function collect(kept: readonly Kept[], changed: string[]): void {
  for (let i = 0; i < kept.length && changed.length < LIMIT; i++) {
    const { holder, key, value, path } = kept[i] as Kept;
    const found = getOwnPropertyDescriptor(holder, key);
    if (found === undefined || (found.get ?? found.value) !== value) changed[changed.length] = path;
  }
}

/** A verdict as its own three texts, whatever stands on their prototypes. */
function plain(verdict: unknown): unknown {
  const { exercise, state, message } = verdict as Record<string, unknown>;
  return { exercise: `${exercise}`, state: `${state}`, message: `${message}` };
}

const { getOwnPropertyDescriptor, ownKeys } = Reflect;
const ROOT = Object.prototype;
const LIMIT = 100_000;

/** What checks compute with. Not `console`, `process` and the clocks, which the kernel and tests have their way with. */
const INTRINSICS = [
  ...["Object", "Function", "Array", "String", "Number", "Boolean", "Symbol", "BigInt", "Math", "JSON", "Reflect"],
  ...["Promise", "Map", "Set", "WeakMap", "WeakSet", "Date", "RegExp", "Error", "TypeError", "RangeError", "Proxy"],
  ...["ArrayBuffer", "DataView", "Float32Array", "Float64Array", "Int32Array", "Uint8Array", "Uint8ClampedArray"],
  ...["Int8Array", "Int16Array", "Uint16Array", "Uint32Array", "BigInt64Array", "Atomics", "Intl", "isNaN", "isFinite"],
  ...["parseFloat", "parseInt", "structuredClone", "queueMicrotask"],
];
