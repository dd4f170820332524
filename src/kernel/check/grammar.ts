import type ts from "typescript";
import { cellDiagnostics } from "../errors/diagnostics.ts";
import type { CellDiagnostic } from "../result.ts";
import type { ParsedCell } from "../transform/parse.ts";

/** What is wrong with a cell's grammar. */
export function grammarProblems({ file, source }: ParsedCell): CellDiagnostic[] {
  const found: readonly ts.Diagnostic[] = file.parseDiagnostics;
  return cellDiagnostics(found, { text: source, start: 0, end: source.length }, source);
}
