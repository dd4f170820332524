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
 * The lines of solutions that stand in what is handed out, however they are broken and indented there. Lines of fewer
 * than ten characters, such as `});`, belong to nobody.
 *
 * @param handedOut its texts: of a notebook {@link textsOf}, of a page its text and attributes
 */
export function traces(solutions: Notebook, handedOut: readonly string[]): Trace[] {
  const text = handedOut.map(condensed).join("\n");
  return solutionLines(solutions).filter(({ line }) => text.includes(condensed(line)));
}

/** Every line of a notebook that students must not get and that could tell them something. */
export function solutionLines(solutions: Notebook): Trace[] {
  return solutions.cells.flatMap(cell => {
    const lines = hasTag(cell, INSTRUCTOR)
      ? cell.source.split("\n")
      : isMarked(cell)
        ? partsOf(cell, "solutions", 1).flatMap(part => (part.kind === "solution" ? part.lines : []))
        : [];
    return lines.filter(line => condensed(line).length >= 10).map(line => ({ cell: cell.id, line: line.trim() }));
  });
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
