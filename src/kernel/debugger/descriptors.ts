import { types } from "node:util";
import { OwnDate } from "../timers.ts";

/** The value of a property, its own or inherited, without running a getter or asking a Proxy. */
export function dataAt(holder: unknown, name: PropertyKey): { value: unknown } | undefined {
  for (let object: unknown = Object(holder); object !== null; object = Object.getPrototypeOf(object)) {
    if (types.isProxy(object)) return undefined;
    const found = Object.getOwnPropertyDescriptor(object as object, name);
    if (found) return "value" in found ? { value: found.value } : undefined;
  }
  return undefined;
}

/** The name of the class of an object, as its prototypes say; undefined for one without. */
export function classOf(value: object): string | undefined {
  const maker = dataAt(value, "constructor")?.value;
  if (typeof maker !== "function" || types.isProxy(maker)) return undefined;
  return nameOf(maker);
}

export function nameOf(value: object): string | undefined {
  const name = types.isProxy(value) ? undefined : dataAt(value, "name")?.value;
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** What node's own getters and methods say of a value, whatever the value has in their place. */
export const internal = {
  size: (value: object): number =>
    getter(types.isMap(value) ? Map.prototype : Set.prototype, "size").call(value) as number,
  length: (value: object): number => lengthOf.call(value) as number,
  byteLength: (value: object): number =>
    getter(types.isSharedArrayBuffer(value) ? SharedArrayBuffer.prototype : ArrayBuffer.prototype, "byteLength").call(
      value,
    ) as number,
  typedName: (value: object): string => String(tagOf.call(value)),
  entries: (value: Map<unknown, unknown>): [unknown, unknown][] => {
    const found: [unknown, unknown][] = [];
    forEachEntry.call(value, (item: unknown, key: unknown) => found.push([key, item]));
    return found;
  },
  items: (value: Set<unknown>): unknown[] => {
    const found: unknown[] = [];
    forEachItem.call(value, (item: unknown) => found.push(item));
    return found;
  },
  time: (value: Date): number => timeOf.call(value),
  pattern: (value: RegExp): string => {
    const flags = flagGetters.filter(each => each.get.call(value)).map(each => each.letter);
    return `/${source.call(value)}/${flags.join("")}`;
  },
};

function getter(prototype: object, name: PropertyKey): () => unknown {
  const found = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!found) throw new Error(`debugger: node must have a getter ${String(name)}, but has none; use a supported node.`);
  return found;
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;
const lengthOf = getter(typedArray, "length");
const tagOf = getter(typedArray, Symbol.toStringTag);
const forEachEntry = Map.prototype.forEach;
const forEachItem = Set.prototype.forEach;
const timeOf = OwnDate.prototype.getTime;
const source = getter(RegExp.prototype, "source");
const flagGetters = (
  [
    ["d", "hasIndices"],
    ["g", "global"],
    ["i", "ignoreCase"],
    ["m", "multiline"],
    ["s", "dotAll"],
    ["u", "unicode"],
    ["v", "unicodeSets"],
    ["y", "sticky"],
  ] as const
).map(([letter, name]) => ({ letter, get: getter(RegExp.prototype, name) }));
