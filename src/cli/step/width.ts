/** The columns that a text has: those of the terminal up to the length of a line that reads well, 80 where none is known. */
export function textWidth(columns: number | undefined): number {
  // A terminal that was given no size says 0.
  return Math.min(columns || 80, 100);
}
