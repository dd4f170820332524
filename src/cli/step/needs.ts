import type { CellError } from "../../kernel/index.ts";

/** A cell that defines names which another lacked; counted from 0. */
export interface Need {
  cell: number;
  names: string[];
}

/** The cells, in order, that define what a cell lacked when it failed, where they did not run. */
export async function needsOf(
  error: CellError,
  sources: readonly string[],
  hasRun: (cell: number) => boolean,
): Promise<Need[]> {
  if (error.kind !== "type") return [];
  // They load the compiler, which no cell needs that runs well.
  const { missingNameOf } = await import("../../kernel/check/suggestions.ts");
  const { definersOf } = await import("../../kernel/check/unrunCells.ts");
  const names = (error.diagnostics ?? []).map(missingNameOf).filter(name => name !== undefined);
  return definersOf([...new Set(names)], sources).filter(({ cell }) => !hasRun(cell));
}

/** `It needs cell 2 (seed) and cell 3 (source, drawn, wordsOf, …), which did not run.` */
export function needsInWords(needs: readonly Need[]): string {
  const parts = needs.map(({ cell, names }) => {
    const rest = names.length > MOST_NAMES ? ", …" : "";
    return `cell ${cell + 1} (${names.slice(0, MOST_NAMES).join(", ")}${rest})`;
  });
  return `It needs ${list(parts)}, which did not run.`;
}

/** `cell 2`, `cells 2 and 3` */
export function cellsInWords(needs: readonly Need[]): string {
  return `cell${needs.length === 1 ? "" : "s"} ${list(needs.map(({ cell }) => String(cell + 1)))}`;
}

function list(items: readonly string[]): string {
  return new Intl.ListFormat("en-GB").format(items);
}

const MOST_NAMES = 3;
