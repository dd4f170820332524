import { applied, type Difference, type Json } from "./difference.ts";

/** The MIME type under which a notebook holds a figure that moves. */
export const EXPLORE = "application/vnd.lectern.explore+json";

export interface RecordedControl {
  name: string;
  label?: string | undefined;
  kind: "slide" | "pick";
  stops: (string | number | boolean)[];
  /** A place in `stops`. */
  start: number;
}

/** A figure that is stored: a place among the stops of each control, and how it differs from the figure at the start. */
export interface Frame extends Difference {
  at: number[];
}

export interface RecordedFigure {
  data: Json[];
  layout: { [key: string]: Json };
  alt: string;
}

/** What is stored of a figure that moves. */
export interface ExploreRecord {
  controls: RecordedControl[];
  frames: Frame[];
  /** The figure at the start, where it is not the plotly figure beside it. */
  figure?: RecordedFigure;
  /** By which a kernel knows it, while it runs. */
  id?: string;
}

/** The record as a notebook holds it: a frame is one text, since a notebook gives each number of an array its own line. */
export function writtenRecord({ frames, ...record }: ExploreRecord): { [key: string]: Json } {
  return { ...(record as object), frames: frames.map(frame => JSON.stringify(frame)) };
}

/** The record that a notebook holds, which anyone may have written; undefined for what cannot be played. */
export function readRecord(written: unknown): ExploreRecord | undefined {
  try {
    const { frames, ...record } = written as { frames: string[] } & Omit<ExploreRecord, "frames">;
    const read = { ...record, frames: frames.map(frame => JSON.parse(frame) as Frame) };
    return isPlayable(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isPlayable({ controls, frames }: ExploreRecord): boolean {
  return (
    controls.length > 0 &&
    controls.every(
      ({ name, stops, start }) => typeof name === "string" && Array.isArray(stops) && isPlace(stops, start),
    ) &&
    frames.every(
      ({ at, set, remove = [] }) =>
        arePlaces(controls, at) && typeof set === "object" && set !== null && Array.isArray(remove),
    )
  );
}

/** Whether a value of whatever kind is a place in an array. */
export function isPlace(stops: readonly unknown[] | undefined, place: unknown): place is number {
  return Number.isInteger(place) && Object.hasOwn(stops ?? [], place as number);
}

/** Whether a value of whatever kind has a place for each of the controls. */
export function arePlaces(controls: readonly RecordedControl[], at: unknown): at is number[] {
  return (
    Array.isArray(at) &&
    at.length === controls.length &&
    at.every((place, index) => isPlace(controls[index]?.stops, place))
  );
}

/** The stored figure where the controls stand so; undefined where there is none. */
export function figureAt(
  record: ExploreRecord,
  start: RecordedFigure,
  at: readonly number[],
): RecordedFigure | undefined {
  if (record.controls.every((control, index) => control.start === at[index])) return start;
  const frame = record.frames.find(each => isSamePlace(each.at, at));
  return frame && (applied(start as unknown as Json, frame) as unknown as RecordedFigure);
}

export function isSamePlace(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((place, index) => place === b[index]);
}
