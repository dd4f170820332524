import { hasTag } from "../tags.ts";
import type { Notebook } from "../types.ts";
import { isMarked, partsOf } from "./marks.ts";
import { INSTRUCTOR } from "./student.ts";

/** A line of a solution that was found where it should not be. */
export interface Trace {
  /** The id of the cell that it is a solution of. */
  cell: string;
  line: string;
}

/**
 * The lines of solutions that stand in what is handed out, however they are broken and indented there.
 *
 * A line that opens a bracket counts together with those that close it: `secondMoment({` alone belongs to nobody, nor
 * does what has fewer than ten characters.
 *
 * @param handedOut its texts: of a notebook {@link textsOf}, of a page its text and attributes
 */
export function traces(solutions: Notebook, handedOut: readonly string[]): Trace[] {
  const text = handedOut.map(condensed).join("\n");
  return solutionLines(solutions).filter(({ line }) => text.includes(condensed(line)));
}

/** What students must not get, line by line. */
export function solutionLines(solutions: Notebook): Trace[] {
  return solutions.cells.flatMap(cell => {
    const runs = hasTag(cell, INSTRUCTOR)
      ? [cell.source.split("\n")]
      : isMarked(cell)
        ? partsOf(cell, "solutions", 1).flatMap(part => (part.kind === "solution" ? [part.lines] : []))
        : [];
    const whole = runs.flatMap(lines => lines.map((_, index) => closedFrom(lines, index)));
    return whole.filter(line => condensed(line).length >= 10).map(line => ({ cell: cell.id, line: line.trim() }));
  });
}

/** The line, and those after it until its brackets are closed; nothing for one that closes what others opened. */
function closedFrom(lines: readonly string[], index: number): string {
  let depth = 0;
  for (let end = index; end < lines.length; end++) {
    for (const bracket of lines[end]?.match(/[()[\]{}]/g) ?? []) {
      depth += "([{".includes(bracket) ? 1 : -1;
      if (depth < 0) return "";
    }
    if (depth === 0) return lines.slice(index, end + 1).join("\n");
  }
  return lines.slice(index).join("\n");
}

/** All texts in a value, keys included: sources, outputs, metadata. */
export function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...textsOf(member)]);
}

function condensed(text: string): string {
  return text.replace(/\s+/g, "");
}
