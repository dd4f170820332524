import { type Figure, figure, type Plain } from "./figure.ts";
import { stopInWords } from "./exploreControls.ts";
import { round } from "./numbers.ts";

/** A figure as a function may return it: its numbers may stand in typed arrays. */
export interface FigureParts {
  data: readonly object[];
  layout: object;
  alt: string;
}

/**
 * What `make` returns, as a figure of plain rounded numbers.
 *
 * @throws TypeError where it throws, or returns something else, or a promise
 */
export function figureOf(make: () => unknown, where: string): Figure {
  const made = attempt(make, where) as Partial<FigureParts> | undefined;
  if (typeof (made as { then?: unknown } | undefined)?.then === "function") {
    throw new TypeError(
      `explore: the function must return the figure itself, but got a promise (at ${where}); await what takes its time before, and compute only the figure inside.`,
    );
  }
  if (!Array.isArray(made?.data) || !isRecord(made.layout)) {
    throw new TypeError(
      `explore: the function must return a figure, but got ${kindOf(made)} (at ${where}); return densities1d(…) or { data, layout, alt }.`,
    );
  }
  if (typeof made.alt !== "string" || made.alt.trim() === "") {
    throw new TypeError(
      `explore: every figure must say in words what it shows, but got no alt (at ${where}); as in { data, layout, alt: "q covers both humps" }.`,
    );
  }
  const { data, layout, alt } = made;
  const odd = data.find(trace => !isRecord(trace));
  if (odd !== undefined) {
    throw new TypeError(
      `explore: each trace must be an object, but got ${odd === null ? "null" : kindOf(odd)} in data (at ${where}); as in { type: "scatter", y: [1, 2] }.`,
    );
  }
  const isLinear = !Object.values(layout).some(axis => axis?.type === "log");
  const parts = attempt(() => ({ data: plain(data, isLinear), layout: plain(layout) }), where);
  return figure({ data: parts.data as Figure["data"], layout: parts.layout as Figure["layout"], alt });
}

/** What throws is the notebook's own, so the stop has to be said with it. */
function attempt<Value>(action: () => Value, where: string): Value {
  try {
    return action();
  } catch (error) {
    throw new TypeError(
      `explore: the figure must be computed at every stop, but got ${inWords(error)} (at ${where}); mend the function, or leave the stop out.`,
      { cause: error },
    );
  }
}

/** One line of whatever was thrown, which may have no words at all. */
function inWords(error: unknown): string {
  if (error instanceof RangeError && /call stack/.test(error.message)) return "what calls or holds itself without end";
  const words = error instanceof Error ? `${error.name}: ${error.message}` : stopInWords(error);
  return words.replace(/\s+/g, " ").replace(/\.?\s*$/, "");
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Throws unless a figure has the traces, the entries of the layout and the size of the first. */
export function assertAlike(made: Figure, first: Figure, where: string): void {
  if (traces(made) !== traces(first)) {
    throw new TypeError(
      `explore: every figure must have the traces of the first, ${traces(first)}, but got ${traces(made)} (at ${where}); keep one that has nothing to show, with visible: false.`,
    );
  }
  const [entries, wanted] = [made, first].map(({ layout }) => Object.keys(layout).sort().join(", "));
  if (entries !== wanted) {
    throw new TypeError(
      `explore: every layout must have the entries of the first, ${wanted}, but got ${entries} (at ${where}); give the same ones other values.`,
    );
  }
  for (const side of ["width", "height"]) {
    if (made.layout[side] === first.layout[side]) continue;
    throw new TypeError(
      `explore: every figure must have the ${side} of the first, ${first.layout[side]}, but got ${made.layout[side]} (at ${where}); leave it as it is.`,
    );
  }
}

function traces({ data }: Figure): string {
  return data.map(({ type = "scatter" }) => String(type)).join(", ") || "none";
}

/** As JSON holds it, numbers rounded: those of an array to what can be told apart in it, others to six digits. */
function plain(value: unknown, isLinear = false): Plain | undefined {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return plain(Array.from(value as unknown as ArrayLike<number | bigint>, Number), isLinear);
  }
  if (Array.isArray(value)) {
    const rounded = roundingFor(value, isLinear);
    return value.map(each => within(each, rounded, isLinear));
  }
  if (typeof value === "number") return Number.isFinite(value) ? round(value, 6) : null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value === "string" || typeof value === "boolean" || value === null) return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object") return undefined;
  const entries = Object.entries(value).map(([name, each]) => [name, plain(each, isLinear)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined)) as Plain;
}

type Rounding = (value: number) => number;

/** Rows of a matrix are rounded as the whole is. */
function within(value: unknown, rounded: Rounding, isLinear: boolean): Plain {
  if (typeof value === "number") return Number.isFinite(value) ? rounded(value) : null;
  if (Array.isArray(value)) return value.map(each => within(each, rounded, isLinear));
  if (ArrayBuffer.isView(value)) return within(Array.from(value as unknown as ArrayLike<number>), rounded, isLinear);
  return plain(value, isLinear) ?? null;
}

/**
 * Four significant digits, and more where numbers are far from 0 compared with their spread; on linear axes no digit
 * below a ten-thousandth of the spread, which is a small part of a pixel.
 */
function roundingFor(values: readonly unknown[], isLinear: boolean): Rounding {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const look = (value: unknown) => {
    if (typeof value === "number" && Number.isFinite(value))
      [least, most] = [Math.min(least, value), Math.max(most, value)];
    else if (Array.isArray(value) || ArrayBuffer.isView(value)) for (const each of value as unknown[]) look(each);
  };
  look(values);
  if (!(most > least)) return value => round(value, 7);
  const spread = Math.floor(Math.log10(most - least));
  const size = Math.round(Math.log10(Math.max(Math.abs(least), Math.abs(most)) / (most - least)));
  const digits = Math.min(15, DIGITS + Math.max(0, size));
  if (!isLinear || DIGITS - spread > 20 || DIGITS - spread < 0) return value => round(value, digits);
  return value => round(Number(value.toFixed(DIGITS - spread)), digits);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value)
    ? "an array"
    : typeof value === "object"
      ? "an object without data and layout"
      : `a ${typeof value}`;
}

const DIGITS = 4;
