import { inWords, round } from "./numbers.ts";

/** What a control can stand at. */
export type Stop = string | number | boolean;

/** Something that a reader moves: where it can stand, and where it stands first. */
export interface Control<Value extends Stop = Stop> {
  readonly kind: "slide" | "pick";
  readonly stops: readonly Value[];
  /** A place in `stops`. */
  readonly start: number;
  /** What it is called; by default as in the code. */
  readonly label?: string;
}

/** Controls by the names under which the figure's function receives their values. */
export type Controls = { readonly [name: string]: Control };

/** Where each control stands. */
export type Values<C extends Controls> = {
  readonly [Name in keyof C]: C[Name] extends Control<infer Value> ? Value : never;
};

export interface ControlOptions<Value extends Stop> {
  /** The stop it stands at first: by default the middle one of a slide, the first of a choice. */
  start?: Value;
  label?: string;
}

/**
 * So many evenly spaced numbers `from … to`, ends included; with `scale: "log"` their ratio is the same.
 *
 * @throws RangeError unless there are two different ends, two stops or more, and a start among them
 */
export function slide(
  from: number,
  to: number,
  stops: number,
  options: ControlOptions<number> & { scale?: "linear" | "log" } = {},
): Control<number> {
  const { scale = "linear", start, label } = checkedOptions("slide", options);
  if (![from, to, to - from].every(Number.isFinite) || from === to) {
    throw new RangeError(
      `slide: its ends must be two different finite numbers, but got ${stopInWords(from)} and ${stopInWords(to)}; as in slide(-3, 3, 25).`,
    );
  }
  if (!Number.isInteger(stops) || stops < 2) {
    throw new RangeError(
      `slide: there must be a whole number of stops, 2 or more, but got ${stopInWords(stops)}; as in slide(${from}, ${to}, 25).`,
    );
  }
  if (stops > MOST_STOPS) {
    throw new RangeError(
      `slide: there must be at most ${MOST_STOPS} stops, but got ${stops}; nobody tells more apart, as in slide(${from}, ${to}, 25).`,
    );
  }
  if (scale !== "linear" && scale !== "log") {
    throw new RangeError(
      `slide: scale must be "linear" or "log", but got ${stopInWords(scale)}; leave it out for linear.`,
    );
  }
  if (scale === "log" && !(from > 0 && to > 0)) {
    throw new RangeError(
      `slide: a log scale must have positive ends, but got ${from} and ${to}; as in slide(0.01, 1, 21, { scale: "log" }).`,
    );
  }
  const at = (place: number) => {
    const share = place / (stops - 1);
    if (share === 0 || share === 1) return share === 0 ? from : to;
    if (scale === "log") return round(from * (to / from) ** share, 3);
    const stop = from + (to - from) * share;
    // What is left of −0.3 + 0.3 is no stop of its own.
    return Math.abs(stop) < 1e-12 * Math.abs(to - from) ? 0 : round(stop, 12);
  };
  const values = Array.from({ length: stops }, (_, place) => at(place));
  return control("slide", values, start ?? (values[(stops - 1) >> 1] as number), label);
}

/**
 * One of several texts, numbers, or yes and no.
 *
 * @throws RangeError unless there are two different options or more, none of them NaN, and the start is one
 */
export function pick<const Value extends Stop>(
  options: readonly Value[],
  choices: ControlOptions<NoInfer<Value>> = {},
): Control<Value> {
  const { start, label } = checkedOptions("pick", choices);
  if (!Array.isArray(options) || options.length < 2) {
    throw new RangeError(
      `pick: there must be two options or more, but got ${Array.isArray(options) ? options.length : stopInWords(options)}; as in pick(["prior", "posterior"]).`,
    );
  }
  return control("pick", options, start ?? (options[0] as Value), label);
}

function control<Value extends Stop>(
  kind: Control["kind"],
  stops: readonly Value[],
  start: Value,
  label: string | undefined,
): Control<Value> {
  assertStops(kind, stops);
  const place = placeOf(stops, start);
  if (place < 0) {
    throw new RangeError(
      `${kind}: start must be one of the stops, but got ${stopInWords(start)}; they are ${list(stops)}.`,
    );
  }
  return { kind, stops, start: place, ...(label === undefined ? {} : { label }) };
}

/** @throws RangeError unless every stop is one that can be stored, and there once */
export function assertStops(what: string, stops: readonly unknown[]): void {
  const seen = new Set<unknown>();
  for (const stop of stops) {
    if (!["string", "boolean"].includes(typeof stop) && !Number.isFinite(stop)) {
      throw new RangeError(
        `${what}: a stop must be a finite number, a text, or a boolean, but got ${stopInWords(stop)}; leave it out.`,
      );
    }
    if (seen.has(stop)) {
      throw new RangeError(`${what}: each stop must be there once, but got ${stopInWords(stop)} twice; give fewer.`);
    }
    seen.add(stop);
  }
}

function checkedOptions<Options extends { label?: string }>(what: string, options: Options): Options {
  if (typeof options !== "object" || options === null || !["string", "undefined"].includes(typeof options.label)) {
    const got =
      typeof options === "object" && options !== null
        ? `the label ${stopInWords(options.label)}`
        : stopInWords(options);
    throw new TypeError(
      `${what}: options must be an object whose label is text, but got ${got}; as in { label: "mean of q" }.`,
    );
  }
  return options;
}

/** Which stop a value is, or −1; numbers may differ from it by the rounding of a sum such as 0.1 + 0.2. */
export function placeOf(stops: readonly Stop[], value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) return stops.indexOf(value as Stop);
  const numbers = stops.filter(stop => typeof stop === "number").sort((a, b) => a - b);
  const gaps = numbers.slice(1).map((stop, place) => stop - (numbers[place] as number));
  const least = gaps.length > 0 ? Math.min(...gaps) : 0;
  const isNear = (stop: Stop) => typeof stop === "number" && Math.abs(stop - value) <= 1e-6 * least;
  return stops.findIndex(stop => stop === value || isNear(stop));
}

export function stopInWords(stop: unknown): string {
  if (typeof stop === "number" && Number.isFinite(stop)) return inWords(stop, 6);
  if (Array.isArray(stop)) return "an array";
  return typeof stop === "object" && stop !== null ? "an object" : String(stop);
}

const MOST_STOPS = 100_000;

export function list(stops: readonly Stop[]): string {
  const words = stops.map(stopInWords);
  return words.length <= 8 ? words.join(", ") : [...words.slice(0, 4), "…", words.at(-1)].join(", ");
}
