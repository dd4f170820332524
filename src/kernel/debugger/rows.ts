import { types } from "node:util";
import { attempt } from "../errors/attempt.ts";
import { internal } from "./descriptors.ts";
import { describeValue } from "./values.ts";

/** A line of a panel of variables: the Debug Adapter Protocol's `Variable`, and how large the value is. */
export interface Row {
  name: string;
  value: string;
  type: string;
  /** By which the rows below it are asked for; 0 where there are none. */
  variablesReference: number;
  size?: number;
  evaluateName?: string;
}

/** Which of the rows of a list are wanted. */
export interface Range {
  start?: number | undefined;
  count?: number | undefined;
}

/** A name and what it stands for: a value, or a text with rows of its own. */
type Named = { name: string } & ({ value: unknown } | { text: string; type: string; below?: View });
type View = (range: Range) => Named[] | undefined;

/**
 * The rows of values and of what is in them, without running anything of theirs.
 *
 * References are forgotten by `reset`; until then they keep no object alive but those of a group.
 */
export class Rows {
  readonly #views = new Map<number, View>();
  #last = 0;

  reset(): void {
    this.#views.clear();
  }

  /** The rows below a reference; undefined for one that is gone. */
  below(reference: number, range: Range = {}): Row[] | undefined {
    return this.#views
      .get(reference)?.(range)
      ?.map(each => this.row(each));
  }

  row(named: Named): Row {
    // A module's name before it has a value is one more thing that throws.
    return attempt(() => this.#row(named), {
      name: named.name,
      value: "(not readable)",
      type: "",
      variablesReference: 0,
    });
  }

  #row(named: Named): Row {
    const { name } = named;
    if ("value" in named) {
      const view = viewOf(named.value);
      return { name, ...describeValue(named.value), variablesReference: view ? this.#add(view) : 0 };
    }
    return { name, value: named.text, type: named.type, variablesReference: named.below ? this.#add(named.below) : 0 };
  }

  /** A reference to values that belong together, such as those of a scope. */
  group(names: readonly string[], values: readonly unknown[]): number {
    return this.#add(() => names.map((name, index) => ({ name, value: values[index] })));
  }

  #add(view: View): number {
    this.#views.set(++this.#last, view);
    return this.#last;
  }
}

/** More entries than this come in pieces, or not at all. */
const most = 100;
const mostNames = 1000;

function viewOf(value: unknown): View | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null || types.isProxy(value)) {
    return undefined;
  }
  if (typeof value === "function" && Object.keys(value).length === 0) return undefined;
  const held = new WeakRef(value);
  return range => {
    const object = held.deref();
    return object && inside(object, held, range);
  };
}

function inside(object: object, held: WeakRef<object>, range: Range): Named[] {
  if (Array.isArray(object)) return list(held, 0, object.length, range);
  if (types.isTypedArray(object)) return list(held, 0, internal.length(object), range);
  if (types.isMap(object)) {
    return internal
      .entries(object)
      .slice(0, mostNames)
      .map(([key, value], index) => entry(held as WeakRef<Map<unknown, unknown>>, index, key, value));
  }
  if (types.isSet(object)) {
    return internal
      .items(object)
      .slice(0, mostNames)
      .map((value, index) => ({ name: String(index), value }));
  }
  const keys = Reflect.ownKeys(object).filter(key => isShown(object, key));
  const rows = keys.slice(0, mostNames).map(key => own(object, key));
  return keys.length > mostNames ? [...rows, { name: "…", text: `${keys.length - mostNames} more`, type: "" }] : rows;
}

/** A long list comes in pieces, unless who asks says which part. */
function list(held: WeakRef<object>, first: number, end: number, { start = 0, count = 0 }: Range): Named[] {
  const object = held.deref();
  if (!object) return [];
  const from = first + start;
  const to = count > 0 ? Math.min(end, from + count) : end;
  if (count === 0 && to - from > most) {
    let size = most;
    while (size * most < to - from) size *= most;
    return Array.from({ length: Math.ceil((to - from) / size) }, (_, piece) => {
      const [low, high] = [from + piece * size, Math.min(to, from + (piece + 1) * size)];
      return { name: `[${low} … ${high - 1}]`, text: "", type: "", below: range => list(held, low, high, range) };
    });
  }
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => own(object, String(from + index)));
}

function entry(held: WeakRef<Map<unknown, unknown>>, index: number, key: unknown, value: unknown): Named {
  const below = () => {
    const map = held.deref();
    const [name, item] = (map && internal.entries(map)[index]) ?? [];
    return [
      { name: "key", value: name },
      { name: "value", value: item },
    ];
  };
  return { name: String(index), text: `${describeValue(key).value} => ${describeValue(value).value}`, type: "", below };
}

function own(object: object, key: PropertyKey): Named {
  const found = Object.getOwnPropertyDescriptor(object, key);
  const name = String(key);
  if (!found) return { name, text: "empty", type: "" };
  return "value" in found ? { name, value: found.value } : { name, text: "(getter)", type: "" };
}

function isShown(object: object, key: PropertyKey): boolean {
  // An error's stack is made when it is read.
  if (types.isNativeError(object)) return key !== "stack";
  return Object.getOwnPropertyDescriptor(object, key)?.enumerable === true;
}
