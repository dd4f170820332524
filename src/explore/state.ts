import { type ExploreRecord, isSamePlace } from "./record.ts";
import { nameOf, stopInWords } from "./words.ts";

/**
 * Where the controls of a record come to stand when one of them is moved and only stored figures can be shown: at the
 * figure that has this stop, or the next one there is, and else agrees most with what was shown.
 */
export function nearestFrame(record: ExploreRecord, from: readonly number[], control: number, place: number): number[] {
  const start = record.controls.map(each => each.start);
  const stored = [start, ...record.frames.map(({ at }) => at)];
  const distance = (at: readonly number[]) => Math.abs((at[control] as number) - place);
  const least = Math.min(...stored.map(distance));
  const agreement = (at: readonly number[]) => at.filter((each, index) => each === from[index]).length;
  const near = stored.filter(at => distance(at) === least);
  return [...near.reduce((best, at) => (agreement(at) > agreement(best) ? at : best))];
}

/** What moved besides the control that was moved, in words; nothing where nothing did. */
export function movedBesides(
  record: ExploreRecord,
  from: readonly number[],
  to: readonly number[],
  control: number,
): string {
  const others = record.controls.flatMap((each, index) =>
    index === control || from[index] === to[index]
      ? []
      : [`${nameOf(each)} at ${stopInWords(each, to[index] as number)}`],
  );
  return others.length === 0 ? "" : `Stored figures only: ${others.join(", ")}.`;
}

/** Whether a figure is stored for these places. */
export function isStored(record: ExploreRecord, at: readonly number[]): boolean {
  return (
    record.controls.every(({ start }, index) => start === at[index]) ||
    record.frames.some(frame => isSamePlace(frame.at, at))
  );
}
