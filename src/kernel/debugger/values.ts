import { inspect, types } from "node:util";
import { classOf, dataAt, internal, nameOf } from "./descriptors.ts";
import { OwnDate } from "../timers.ts";

/** A value in one line. */
export interface Described {
  type: string;
  value: string;
  /** How many entries, characters or numbers it has. */
  size?: number;
}

/** What a value is, as far as can be said without running anything of it: no getter, no Proxy, no method. */
export function describeValue(value: unknown): Described {
  if (typeof value === "string") return { type: "string", value: quoted(value, 200), size: value.length };
  if (typeof value === "function") return describeFunction(value);
  if (typeof value !== "object" || value === null) {
    return { type: value === null ? "null" : typeof value, value: inspect(value) };
  }
  const tensor = tensorShape(value);
  if (tensor) {
    const size = tensor.shape.reduce((product, length) => product * length, 1);
    const type = `${classOf(value) ?? "Tensor"} ${tensor.dtype} [${tensor.shape.join(", ")}]`;
    return { type, value: tensor.disposed ? `${type} (disposed)` : type, size };
  }
  const { type, size } = kindOf(value);
  return { type, value: preview(value, 1), ...(size === undefined ? {} : { size }) };
}

/** What a tfjs tensor says of itself; we never import tfjs here. */
function tensorShape(value: object): { shape: number[]; dtype: string; disposed: boolean } | undefined {
  if (types.isProxy(value)) return undefined;
  const [shape, dtype, id] = ["shape", "dtype", "dataId"].map(name => dataAt(value, name)?.value);
  if (typeof dtype !== "string" || !Array.isArray(shape) || types.isProxy(shape) || id === undefined) return undefined;
  const lengths = Array.from({ length: shape.length }, (_, axis) => dataAt(shape, String(axis))?.value);
  if (!lengths.every(each => typeof each === "number")) return undefined;
  return { shape: lengths as number[], dtype, disposed: dataAt(value, "isDisposedInternal")?.value === true };
}

function kindOf(value: object): { type: string; size?: number } {
  if (types.isProxy(value)) return { type: "Proxy" };
  const named = (name: string, size: number) => ({ type: `${name}(${size})`, size });
  if (Array.isArray(value)) return named(classOf(value) ?? "Array", value.length);
  if (types.isTypedArray(value)) return named(internal.typedName(value), internal.length(value));
  if (types.isMap(value) || types.isSet(value)) {
    return named(classOf(value) ?? (types.isMap(value) ? "Map" : "Set"), internal.size(value));
  }
  if (types.isAnyArrayBuffer(value)) return named(classOf(value) ?? "ArrayBuffer", internal.byteLength(value));
  const size = Object.keys(value).length;
  return { type: classOf(value) ?? (types.isModuleNamespaceObject(value) ? "Module" : "Object"), size };
}

function describeFunction(value: object): Described {
  if (types.isProxy(value)) return { type: "Proxy", value: "Proxy" };
  const name = nameOf(value) ?? "";
  // A method of node's, so that the function's own is not asked.
  const isClass = /^class\b/.test(Function.prototype.toString.call(value));
  return isClass ? { type: "class", value: `class ${name}` } : { type: "function", value: `ƒ ${name}` };
}

/** Nested values are shown by their kind. */
function preview(value: object, depth: number): string {
  if (types.isProxy(value)) return "Proxy";
  const special = specialText(value);
  if (special !== undefined) return special;
  const { type } = kindOf(value);
  const isList = Array.isArray(value) || types.isTypedArray(value) || types.isSet(value);
  if (depth === 0) return type === "Object" ? "{…}" : type;
  const parts = isList ? listed(value) : types.isMap(value) ? mapped(value) : properties(value);
  const body = parts.length > 0 ? parts.join(", ") : "";
  const text = isList ? `[${body}]` : body === "" ? "{}" : `{ ${body} }`;
  return type === "Object" || Array.isArray(value) ? text : `${type} ${text}`;
}

function specialText(value: object): string | undefined {
  if (types.isDate(value)) {
    const time = internal.time(value);
    return Number.isNaN(time) ? "Invalid Date" : new OwnDate(time).toISOString();
  }
  if (types.isRegExp(value)) return internal.pattern(value);
  if (types.isNativeError(value)) {
    const message = dataAt(value, "message")?.value;
    const name = dataAt(value, "name")?.value;
    const head = typeof name === "string" ? name : "Error";
    return typeof message === "string" && message !== "" ? `${head}: ${message.slice(0, 200)}` : head;
  }
  if (types.isPromise(value)) return "Promise";
  return undefined;
}

function listed(value: object): string[] {
  if (types.isSet(value)) return shortened(internal.items(value).slice(0, shown).map(inner), internal.size(value));
  const length = Array.isArray(value) ? value.length : internal.length(value);
  const items = Array.from({ length: Math.min(length, shown) }, (_, index) => ownText(value, String(index)));
  return shortened(items, length);
}

function mapped(value: Map<unknown, unknown>): string[] {
  const entries = internal.entries(value).slice(0, shown);
  return shortened(
    entries.map(([key, item]) => `${inner(key)} => ${inner(item)}`),
    internal.size(value),
  );
}

function properties(value: object): string[] {
  const keys = Object.keys(value);
  return shortened(
    keys.slice(0, shown).map(key => `${key}: ${ownText(value, key)}`),
    keys.length,
  );
}

function ownText(value: object, key: string): string {
  const found = Object.getOwnPropertyDescriptor(value, key);
  if (!found) return "empty";
  return "value" in found ? inner(found.value) : "(getter)";
}

function inner(value: unknown): string {
  if (typeof value === "string") return quoted(value, 40);
  if (typeof value === "function") return describeFunction(value).value;
  return typeof value === "object" && value !== null ? preview(value, 0) : inspect(value);
}

function shortened(parts: string[], all: number): string[] {
  return all > parts.length ? [...parts, "…"] : parts;
}

function quoted(text: string, most: number): string {
  return text.length > most ? `${JSON.stringify(text.slice(0, most)).slice(0, -1)}…"` : JSON.stringify(text);
}

/** How many entries a preview has. */
const shown = 10;
