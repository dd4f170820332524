import type { Debugger } from "node:inspector";
import type { Position } from "../transform/positions.ts";
import type { StoppedFrame } from "./stop.ts";

export type Way = "stepOver" | "stepInto" | "stepOut";

/** A step that goes on until it has left its line. */
export class Step {
  /** Where it was already: code that comes back there, as a loop in one line does, has moved. */
  readonly #seen = new Set<string>();
  readonly from: StoppedFrame;
  readonly depth: number;

  constructor(
    readonly way: Way,
    frames: readonly StoppedFrame[],
  ) {
    this.from = frames[0] as StoppedFrame;
    this.depth = frames.length;
    this.#seen.add(textOf(this.from.call.location));
  }

  /** Whether it is in a call that it goes over: a breakpoint there, whose condition does not hold, made it stand. */
  isBelow(frames: readonly StoppedFrame[]): boolean {
    return this.way !== "stepInto" && frames.length > this.depth;
  }

  /**
   * Whether it is on its line yet. A line may hold several statements, and behind each statement of a cell is what hands
   * its names on.
   */
  isStillThere({ call, position }: StoppedFrame): boolean {
    if (this.way === "stepOut" || position.line !== this.from.position.line) return false;
    if (textOf(call.functionLocation) !== textOf(this.from.call.functionLocation)) return false;
    const place = textOf(call.location);
    if (this.#seen.has(place)) return false;
    this.#seen.add(place);
    return true;
  }
}

function textOf(location: Debugger.Location | undefined): string {
  return location ? `${location.scriptId}:${location.lineNumber}:${location.columnNumber ?? 0}` : "";
}

/** Whether a step went into what reads an export, which is no code of the user. */
export function isInGetter({ call, script }: StoppedFrame): boolean {
  const { getters } = script.facts;
  const at = call.functionLocation;
  if (!getters || !at) return false;
  const place = { line: at.lineNumber + 1, column: (at.columnNumber ?? 0) + 1 };
  return isBefore(getters.start, place) && isBefore(place, getters.end);
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}
