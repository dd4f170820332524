import {
  controlsInWords,
  differenceOf,
  EXPLORE,
  type ExploreRecord,
  isPlace,
  isSamePlace,
  type Json,
  type RecordedControl,
  type RecordedFigure,
  writtenRecord,
} from "../../explore/index.ts";
import type { Bundle } from "./bundle.ts";
import { type FigureLike, figureBundle, isFigure, plotlyType } from "./figure.ts";
import { now, setImmediate } from "../timers.ts";

/** A figure computed from controls, and the values at which it is stored. */
export interface ExploreLike {
  controls: { readonly [name: string]: Omit<RecordedControl, "name"> };
  figure(values: object): FigureLike;
  frames: readonly object[];
}

export function isExplore(value: unknown): value is ExploreLike {
  if (typeof value !== "object" || value === null) return false;
  const { controls, figure, frames } = value as Partial<ExploreLike>;
  if (typeof controls !== "object" || controls === null || typeof figure !== "function") return false;
  const isControl = (each: Partial<RecordedControl> | undefined) =>
    Array.isArray(each?.stops) && isPlace(each.stops, each.start);
  const all = Object.values(controls);
  return Array.isArray(frames) && all.length > 0 && all.every(isControl);
}

/** The controls in the order in which they are written. */
export function controlsOf({ controls }: ExploreLike): RecordedControl[] {
  return Object.entries(controls).map(([name, { kind, stops, start, label }]) => ({
    name,
    ...(label === undefined ? {} : { label }),
    kind: kind === "pick" ? "pick" : "slide",
    stops: [...stops],
    start,
  }));
}

/** The figure where the controls stand at these places, as JSON. */
export function figureAtPlaces(explore: ExploreLike, at: readonly number[]): RecordedFigure {
  const values = Object.entries(explore.controls).map(([name, { stops }], index) => [name, stops[at[index] as number]]);
  const figure = explore.figure(Object.fromEntries(values));
  if (!isFigure(figure)) {
    throw new TypeError(
      `explore: the function must return a figure, but got ${typeof figure}; return { data, layout, alt }.`,
    );
  }
  const { data, layout } = figureBundle(figure).data[plotlyType] as unknown as RecordedFigure;
  return { data, layout, alt: figure.alt ?? "figure" };
}

/** Where it starts. */
export function startOf(explore: ExploreLike): number[] {
  return Object.values(explore.controls).map(({ start }) => start);
}

/**
 * The figures that are to be stored, each as its difference from the one at the start; a turn of the event loop goes by
 * between two of them. Ends early, with nothing, when the cell is interrupted or at the time `until`.
 */
export async function framesOf(
  explore: ExploreLike,
  first: RecordedFigure,
  until = Number.POSITIVE_INFINITY,
): Promise<ExploreRecord["frames"] | undefined> {
  const signal = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.abortSignal")] as AbortSignal | undefined;
  const controls = controlsOf(explore);
  const start = startOf(explore);
  const frames: ExploreRecord["frames"] = [];
  for (const values of explore.frames) {
    const at = controls.map(({ name, stops }) => stops.indexOf((values as Record<string, never>)[name] as never));
    if (isSamePlace(at, start)) continue;
    await new Promise(resolve => setImmediate(resolve));
    if (signal?.aborted || now() >= until) return undefined;
    const figure = figureAtPlaces(explore, at);
    frames.push({ at, ...differenceOf(first as unknown as Json, figure as unknown as Json) });
  }
  return frames;
}

/** What a notebook stores: the figure at the start for those that draw figures, and all that moves for those that play. */
export function recordBundle(record: ExploreRecord, { data, layout, alt }: RecordedFigure): Bundle {
  return {
    data: {
      [EXPLORE]: writtenRecord(record),
      [plotlyType]: { data, layout },
      "text/plain": `${alt}\n(What moves: ${controlsInWords(record.controls)}.)`,
    },
    metadata: { [plotlyType]: { alt } },
  };
}

/** A figure that moves, with the figures that play it where no kernel runs. */
export async function exploreBundle(explore: ExploreLike): Promise<Bundle> {
  const first = figureAtPlaces(explore, startOf(explore));
  const frames = await framesOf(explore, first);
  return recordBundle({ controls: controlsOf(explore), frames: frames ?? [] }, first);
}
