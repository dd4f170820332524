import type { Cell } from "./types.ts";

/** The cells with another one below their title, or before them all where they have none. */
export function belowTitle(cells: readonly Cell[], added: Cell): Cell[] {
  const [first, ...others] = cells;
  const titled = first?.cell_type === "markdown" && /^#\s/m.test(first.source);
  return titled ? [first, added, ...others] : [added, ...cells];
}
