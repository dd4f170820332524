import type { CellToCheck, FinishedCell, Place } from "../cellChecker.ts";

/** A cell that ran, as it is told to a new process. */
export type RanCell = CellToCheck & FinishedCell;

/** What a checker process can be asked, with what. */
export interface Questions {
  check: [run: CellToCheck];
  /** Cells in the order in which they ran; those the process has checked already are only committed. */
  commit: [runs: RanCell[]];
  know: [sources: readonly string[]];
  problems: [source: string];
  complete: [source: string, offset: number];
  fixes: [source: string, offset: number, cells: readonly string[]];
  rename: [cells: readonly string[], place: Place, to?: string];
  inspect: [source: string, offset: number, detail: 0 | 1];
}

export type ToChecker = {
  [Name in keyof Questions]: { id: number; ask: Name; with: Questions[Name] };
}[keyof Questions];

export type FromChecker =
  | { type: "ready" /** Whether a package was changed since the snapshot was built. */; stale: boolean }
  | { type: "answer"; id: number; answer?: unknown }
  | { type: "failed"; id: number; reason: string };
