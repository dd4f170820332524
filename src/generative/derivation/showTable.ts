/** A table in a notebook: what the columns are called, and the rows. The first column is words, the others numbers. */
export interface Table {
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/**
 * Shows a table below the cell.
 *
 * @throws RangeError where a row has not one entry a column
 */
export function showTable({ columns, rows }: Table): void {
  const odd = rows.find(row => row.length !== columns.length);
  if (odd !== undefined) {
    throw new RangeError(
      `showTable: a row must have an entry for each of ${columns.length} columns, but got ${odd.length}; fill it up.`,
    );
  }
  const display = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")] as Display | undefined;
  const plain = [columns, ...rows].map(row => row.join("  ")).join("\n");
  display?.({ data: { "text/markdown": markdownTable(columns, rows, 1), "text/plain": plain } });
}

/** The kernel offers this function under a well-known symbol, so that neither needs to import the other. */
export type Display = (bundle: { data: Record<string, unknown> }) => void;

/** A table in Markdown; the first columns, as many as `words`, are words, and the others numbers. */
export function markdownTable(columns: readonly string[], rows: readonly (readonly string[])[], words: number): string {
  const rule = columns.map((_, i) => (i < words ? "---" : "--:"));
  return [columns, rule, ...rows].map(row => `| ${row.join(" | ")} |`).join("\n");
}

/** A number of such a table: six decimals, and "?" where there is none. What rounds to zero has no sign. */
export function inWords(value: number): string {
  if (Number.isNaN(value)) return "?";
  const text = value.toFixed(6);
  return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
}
