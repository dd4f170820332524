import { equationNumbers } from "./equationNumbers.ts";
import { plainWords } from "./plainWords.ts";
import type { Cell } from "./types.ts";

/** A cell and the heading that it stands under, as it reads. */
export interface UnderHeading {
  cell: Cell;
  heading: string;
  /** Whether the heading is its own. */
  isNamed: boolean;
}

/** The cells in their order, each under the latest heading, and under the title before the first; with the equations' numbers. */
export function underHeadings(
  cells: readonly Cell[],
  title: string,
): { placed: UnderHeading[]; numbers: ReadonlyMap<string, string> } {
  const numbers = equationNumbers(cells.map(({ cell_type, source }) => (cell_type === "markdown" ? source : "")));
  let heading = title;
  const placed = cells.map(cell => {
    const named = cell.cell_type === "markdown" ? /^#{1,6} +(.+)$/m.exec(cell.source)?.[1]?.trim() : undefined;
    if (named !== undefined) heading = plainWords(named, numbers);
    return { cell, heading, isNamed: named !== undefined };
  });
  return { placed, numbers };
}
