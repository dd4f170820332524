import { applied, type Difference, type Json } from "./difference.ts";

/** The MIME type under which a notebook holds a figure that moves. */
export const EXPLORE = "application/vnd.lectern.explore+json";

export interface RecordedControl {
  name: string;
  label?: string;
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

/** Whether a notebook, which anyone may have written, holds what a player can play. */
export function isExploreRecord(value: unknown): value is ExploreRecord {
  const { controls, frames } = (value ?? {}) as Partial<ExploreRecord>;
  if (!Array.isArray(controls) || controls.length === 0 || !Array.isArray(frames)) return false;
  return (
    controls.every(
      control =>
        typeof control?.name === "string" && Array.isArray(control.stops) && isPlace(control.stops, control.start),
    ) &&
    frames.every(
      frame =>
        Array.isArray(frame?.at) &&
        frame.at.length === controls.length &&
        frame.at.every((place, index) => isPlace(controls[index]?.stops, place)) &&
        typeof frame.set === "object" &&
        frame.set !== null,
    )
  );
}

/** Whether a value of whatever kind is a place in an array. */
export function isPlace(stops: readonly unknown[] | undefined, place: unknown): place is number {
  return Number.isInteger(place) && Object.hasOwn(stops ?? [], place as number);
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
