/** One argument list in which one thing is not what it should be, and what that is. */
export interface Corrupted {
  what: string;
  args: unknown[];
}

/**
 * Every way to spoil a valid call: numbers as text, lists as none, functions and options left out, anywhere inside.
 *
 * Of long lists the first and the last entry. `undefined` only where nothing stands for it: an option may be left out.
 */
export function corruptions(args: readonly unknown[]): Corrupted[] {
  return args.flatMap((arg, i) =>
    spoilt(arg, `argument ${i}`, true).map(({ what, value }) => ({
      what,
      args: args.map((other, j) => (j === i ? value : other)),
    })),
  );
}

interface Spoilt {
  what: string;
  value: unknown;
}

function spoilt(value: unknown, path: string, required: boolean): Spoilt[] {
  const named = (values: unknown[]): Spoilt[] =>
    values.map(other => ({ what: `${path}: ${words(value)} → ${words(other)}`, value: other }));
  if (typeof value === "number") return named([String(value), null, Number.NaN, [value], true, {}]);
  if (typeof value === "function") return named([null, 3, "x => x"]);
  if (Array.isArray(value)) {
    const places = [...new Set([0, value.length - 1])].filter(i => i >= 0 && i < value.length);
    const inside = places.flatMap(i =>
      spoilt(value[i], `${path}[${i}]`, true).map(({ what, value: other }) => ({
        what,
        value: value.map((old, j) => (j === i ? other : old)),
      })),
    );
    return [...named([null, "text", 7, {}, ...(required ? [undefined] : [])]), ...inside];
  }
  if (isPlain(value)) {
    const inside = Object.entries(value).flatMap(([key, part]) =>
      spoilt(part, `${path}.${key}`, false).map(({ what, value: other }) => ({
        what,
        value: { ...value, [key]: other },
      })),
    );
    return [...named([null, 7, ...(required ? [undefined] : [])]), ...inside];
  }
  return [];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function words(value: unknown): string {
  if (typeof value === "function") return "a function";
  return Array.isArray(value) ? `[${value.length}]` : (JSON.stringify(value) ?? String(value));
}
