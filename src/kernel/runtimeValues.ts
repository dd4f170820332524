import { inspect, types } from "node:util";
import type { CompletionType } from "./check/cellChecker.ts";

/** A value as it is now, for the editing helps where types know nothing of it. */
export interface SeenValue {
  members: { name: string; type: CompletionType }[];
  /** One line. */
  text: string;
}

/**
 * The value at the end of a path of names, such as `data`, `items`, `0`, looked at without running
 * anything: a getter is not called and a Proxy not asked. Undefined where there is none.
 */
export function lookAt(path: readonly string[], names: object): SeenValue | undefined {
  const [root, ...rest] = path;
  if (root === undefined) return undefined;
  // Node has `process` behind a getter of its own.
  let value = dataAt(names, root) ?? (root === "process" ? { value: process } : dataAt(globalThis, root));
  for (const name of rest) value = value && dataAt(value.value, name);
  if (!value) return undefined;
  return { members: membersOf(value.value), text: describe(value.value) };
}

/** The path whose members may follow at `offset`, and the part of their name that is there: `data.items.na|`. */
export function pathBefore(source: string, offset: number): { path: string[]; typed: string } | undefined {
  const found = /(?<![\p{ID_Continue}$.)\]}"'`?])([\p{ID_Start}$_][^;\n]*?)\s*\??\.\s*([\p{ID_Continue}$]*)$/u;
  const line = source.slice(source.lastIndexOf("\n", offset - 1) + 1, offset);
  for (let start = 0; start < line.length; start++) {
    const match = found.exec(line.slice(start));
    if (!match) return undefined;
    const path = stepsOf(match[1] ?? "");
    if (path) return { path, typed: match[2] ?? "" };
    start += match.index;
    // The next name on the line may start it: never one in the middle of a name or of a path.
    while (/[\p{ID_Continue}$.?[\]]/u.test(line[start + 1] ?? "")) start++;
  }
  return undefined;
}

/** The path that ends with the name at `offset`. */
export function pathAt(source: string, offset: number): string[] | undefined {
  const end = offset + (/^[\p{ID_Continue}$]*/u.exec(source.slice(offset))?.[0].length ?? 0);
  const before = pathBefore(source, end);
  if (before) return before.typed === "" ? undefined : [...before.path, before.typed];
  const name = /(?<![\p{ID_Continue}$.])[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.exec(source.slice(0, end))?.[0];
  return name === undefined ? undefined : [name];
}

/** `a.b?.c[0]["d"]`: its names. */
function stepsOf(text: string): string[] | undefined {
  const steps: string[] = [];
  const step =
    /(?:^|\s*\??\.\s*)([\p{ID_Start}$_][\p{ID_Continue}$]*)|\s*(?:\?\.)?\[(?:(\d+)|"([^"\\]*)"|'([^'\\]*)')\]|!/uy;
  for (let at = 0; at < text.length; at = step.lastIndex) {
    step.lastIndex = at;
    const match = step.exec(text);
    if (!match) return undefined;
    const name = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (name !== undefined) steps.push(name);
  }
  return steps;
}

function dataAt(holder: unknown, name: string): { value: unknown } | undefined {
  for (let object: unknown = Object(holder); object !== null; object = Object.getPrototypeOf(object)) {
    if (types.isProxy(object)) return undefined;
    const found = Object.getOwnPropertyDescriptor(object as object, name);
    if (found) return "value" in found ? { value: found.value } : undefined;
  }
  return undefined;
}

function membersOf(value: unknown): SeenValue["members"] {
  if (value === null || value === undefined || types.isProxy(value)) return [];
  const found = new Map<string, CompletionType>();
  for (let object: unknown = Object(value); object !== null; object = Object.getPrototypeOf(object)) {
    if (types.isProxy(object) || object === Object.prototype) break;
    if (ArrayBuffer.isView(object) || Array.isArray(object)) continue;
    for (const [name, each] of Object.entries(Object.getOwnPropertyDescriptors(object as object)).slice(0, limit)) {
      if (found.has(name) || name === "constructor" || !isName.test(name)) continue;
      found.set(name, typeof each.value === "function" ? "function" : "property");
    }
  }
  return [...found].slice(0, limit).map(([name, type]) => ({ name, type }));
}

const limit = 500;
const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

function describe(value: unknown): string {
  if (types.isProxy(value)) return "Proxy";
  try {
    const options = {
      depth: 1,
      customInspect: false,
      getters: false,
      breakLength: Infinity,
      maxArrayLength: 10,
      maxStringLength: 80,
    };
    return inspect(value, options).replaceAll("\n", " ").slice(0, 200);
  } catch {
    // A prototype whose names throw.
    return typeof value;
  }
}
