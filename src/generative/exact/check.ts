/*
 * What every function of the library asks of its arguments. Data, parameters and options must be numbers, NaN is none.
 * Only a function of a point, such as a density or a flow, gives NaN for NaN, as `Math` does: see `point`.
 */

/** What came, in a few words for a message: never a dump. */
export function told(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > LONG ? `${value.slice(0, LONG)}…` : value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  const name = value.constructor?.name ?? "Object";
  return name === "Object" ? "an object" : `a ${name}`;
}

/** Throws unless this is a number; ±∞ is one, NaN is none. */
export function assertNumber(what: string, name: string, value: number, remedy = COMPUTED): void {
  if (typeof value === "number" && !Number.isNaN(value)) return;
  throw wrong(value, `${what}: ${name} must be a number, but got ${told(value)}; ${remedy}.`);
}

/** Throws unless this is a number that is neither NaN nor infinite. */
export function assertFinite(what: string, name: string, value: number, remedy = COMPUTED): void {
  if (Number.isFinite(value)) return;
  throw wrong(value, `${what}: ${name} must be finite, but got ${told(value)}; ${remedy}.`);
}

/** Throws unless this is a finite number above 0. */
export function assertPositive(what: string, name: string, value: number, remedy = COMPUTED): void {
  if (Number.isFinite(value) && value > 0) return;
  throw wrong(value, `${what}: ${name} must be positive and finite, but got ${told(value)}; ${remedy}.`);
}

/** The same point, after a look that it is a number: NaN passes, what is no number at all is refused. */
export function point(what: string, x: number): number {
  if (typeof x === "number") return x;
  throw new TypeError(`${what}: x must be a number, but got ${told(x)}; convert it with Number.`);
}

/** Whether this is an array of numbers, none of them NaN. */
export function areNumbers(values: unknown): boolean {
  if (!Array.isArray(values)) return false;
  for (let i = 0; i < values.length; i++) if (typeof values[i] !== "number" || Number.isNaN(values[i])) return false;
  return true;
}

/** Throws unless this is a list of numbers; `nanToo` where NaN is told of elsewhere. */
export function assertNumbers(what: string, name: string, values: ArrayLike<number>, nanToo = false): void {
  assertList(what, name, values);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (typeof value === "number" && (nanToo || !Number.isNaN(value))) continue;
    throw wrong(value, `${what}: ${name} must be numbers, but got ${told(value)} at ${i}; ${COMPUTED}.`);
  }
}

/** Throws unless this is an array, a typed array, or what has a length like them. */
export function assertList(what: string, name: string, values: ArrayLike<unknown>): void {
  if (isList(values)) return;
  throw new TypeError(`${what}: ${name} must be an array, but got ${told(values)}; pass one, as in [1, 2].`);
}

export function isList(value: unknown): value is ArrayLike<unknown> {
  if (Array.isArray(value)) return true;
  return typeof value === "object" && value !== null && Number.isInteger((value as { length?: unknown }).length);
}

/** Throws unless this is a function. */
export function assertFunction(what: string, name: string, f: unknown): void {
  if (typeof f === "function") return;
  throw new TypeError(`${what}: ${name} must be a function, but got ${told(f)}; pass one, as in x => x.`);
}

/** Throws unless this is an object with all of the fields. */
export function assertFields(what: string, name: string, value: unknown, fields: readonly string[]): void {
  if (typeof value === "object" && value !== null && hasAll(value as Record<string, unknown>, fields)) return;
  assertParts(what, name, value, fields, "", part => part !== undefined && part !== null);
}

function hasAll(value: Record<string, unknown>, fields: readonly string[]): boolean {
  for (const field of fields) if (value[field] === undefined || value[field] === null) return false;
  return true;
}

/** Throws unless this is an object with all of the functions. */
export function assertMethods(what: string, name: string, value: unknown, methods: readonly string[]): void {
  if ((typeof value === "object" || typeof value === "function") && value !== null && canAll(value, methods)) return;
  assertParts(what, name, value, methods, "the functions ", part => typeof part === "function");
}

function canAll(value: object, methods: readonly string[]): boolean {
  for (const method of methods) if (typeof (value as Record<string, unknown>)[method] !== "function") return false;
  return true;
}

function assertParts(
  what: string,
  name: string,
  value: unknown,
  parts: readonly string[],
  kind: string,
  is: (part: unknown) => boolean,
): void {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  const missing = isObject ? parts.find(part => !is((value as Record<string, unknown>)[part])) : undefined;
  if (isObject && missing === undefined) return;
  const got =
    missing === undefined ? told(value) : `${told((value as Record<string, unknown>)[missing])} for ${missing}`;
  throw new TypeError(
    `${what}: ${name} must be an object with ${kind}${parts.join(", ") || "options"}, but got ${got}; as in { ${parts.map(part => `${part}: …`).join(", ")} }.`,
  );
}

/** Throws unless an option is one of its choices, and tells them: another name would silently be taken for one of them. */
export function assertChoice<Choice extends string>(
  what: string,
  name: string,
  value: Choice,
  choices: readonly Choice[],
  remedy = `leave it out for ${choices[0]}`,
): void {
  if (choices.includes(value)) return;
  throw new RangeError(`${what}: ${name} must be one of ${choices.join(", ")}, but got ${told(value)}; ${remedy}.`);
}

/** Throws unless this is the number of one of n things, counted from 0. */
export function assertIndex(what: string, name: string, index: number, n: number): void {
  if (Number.isInteger(index) && index >= 0 && index < n) return;
  throw wrong(
    index,
    `${what}: ${name} must be an integer from 0 to ${n - 1}, but got ${told(index)}; the first one is 0.`,
  );
}

/** Throws unless this is an integer from `least` on. */
export function assertCount(what: string, name: string, count: number, remedy: string, least = 1): void {
  if (Number.isInteger(count) && count >= least) return;
  const rule = least === 1 ? "a positive integer" : `an integer of at least ${least}`;
  throw wrong(count, `${what}: ${name} must be ${rule}, but got ${told(count)}; ${remedy}.`);
}

function wrong(value: unknown, message: string): Error {
  return typeof value === "number" ? new RangeError(message) : new TypeError(message);
}

const COMPUTED = "look at what computed it";
const LONG = 20;
