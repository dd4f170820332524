import type { CellDiagnostic } from "../result.ts";
import { type ParsedCell, parseCell } from "../transform/parse.ts";
import type { CellToCheck, DraftProblem } from "./cellChecker.ts";
import { grammarProblems } from "./grammar.ts";
import { missingNameOf } from "./suggestions.ts";
import type { UnrunCells } from "./unrunCells.ts";

/** Drafts are numbered below 0, where no run is. */
let drafts = 0;

/** What is wrong with a cell that is being written; a name that only cells define that did not run says which. */
export function problemsOfDraft(
  source: string,
  others: UnrunCells,
  check: (run: CellToCheck, cell: ParsedCell) => CellDiagnostic[],
): DraftProblem[] {
  const cell = parseCell(source);
  const grammar = grammarProblems(cell);
  if (grammar.length > 0) return grammar;
  return check({ id: --drafts, cell: 0, source }, cell).map(each => {
    const missing = missingNameOf(each);
    const hint = missing === undefined ? undefined : others.hint([missing]);
    return hint === undefined ? each : { ...each, message: hint, unrun: true };
  });
}
