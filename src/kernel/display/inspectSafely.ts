import { inspect, type InspectOptions } from "node:util";

/**
 * What node's console would print of a value, whatever the value does when it is looked at, and however large it is.
 *
 * A value may refuse: a getter of `stack` that throws, a custom inspection that does, a Proxy whose traps do.
 */
export function inspectSafely(value: unknown, options: InspectOptions = {}): string {
  for (const customInspect of [true, false]) {
    try {
      return inspect(shortened(value), { ...options, customInspect });
    } catch {
      // Without what the value says of itself, or at all, below.
    }
  }
  return `[${typeof value} that cannot be inspected]`;
}

/** An object with more keys than this is shown by its first ones: node would format every one of a million. */
const longest = 500;
const shownKeys = 100;

function shortened(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
  const keys = Object.keys(value);
  if (keys.length <= longest) return value;
  const prototype = Object.getPrototypeOf(value) as object | null;
  const first = Object.create(prototype) as object;
  for (const key of keys.slice(0, shownKeys)) {
    Object.defineProperty(first, key, Object.getOwnPropertyDescriptor(value, key) as PropertyDescriptor);
  }
  const rest = keys.length - shownKeys;
  Object.defineProperty(first, `… ${rest} more keys`, { get: () => undefined, enumerable: true });
  return first;
}
