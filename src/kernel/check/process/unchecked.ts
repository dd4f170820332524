import { diagnosticError } from "../../errors/diagnostics.ts";
import { parseCell } from "../../transform/parse.ts";
import type { CellToCheck, CheckedCell } from "../cellChecker.ts";
import { grammarProblems } from "../grammar.ts";
import { untyped } from "./untyped.ts";

/**
 * What can be said of a cell without its types, and the source that stands for it where later cells
 * are checked: they find its names, of any type.
 */
export function checkGrammar(
  { cell: number, source }: CellToCheck,
  directory: string,
): CheckedCell & { standIn: string } {
  const cell = parseCell(source);
  const problems = grammarProblems(cell);
  const types = cell.declarations.filter(each => each.kind === "type").map(each => each.name);
  if (problems.length === 0) return { problems, types, warnings: [], standIn: untyped(cell) };
  const error = diagnosticError(problems, number, directory);
  return { problems, error, types: [], warnings: [], standIn: "" };
}
