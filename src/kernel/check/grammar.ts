import ts = require("typescript");
import { cellDiagnostics } from "../errors/diagnostics.ts";
import type { CellDiagnostic } from "../result.ts";
import type { ParsedCell } from "../transform/parse.ts";

/** What is wrong with a cell's grammar. */
export function grammarProblems({ file, source }: ParsedCell): CellDiagnostic[] {
  const found: readonly ts.Diagnostic[] = file.parseDiagnostics;
  const ownProblems = cellDiagnostics(found, { text: source, start: 0, end: source.length }, source);
  return ownProblems.length > 0 ? (jsxProblem(source) ?? ownProblems) : [];
}

/** The place of the JSX of a cell that has it, and is right but for that. */
function jsxProblem(source: string): CellDiagnostic[] | undefined {
  const file = ts.createSourceFile("cell.tsx", source, ts.ScriptTarget.ESNext, true);
  const { parseDiagnostics } = file as ts.SourceFile & { parseDiagnostics: readonly ts.Diagnostic[] };
  const element = parseDiagnostics.length === 0 ? firstJsx(file) : undefined;
  if (!element) return undefined;
  const { line, character } = file.getLineAndCharacterOfPosition(element.getStart(file));
  return [{ line: line + 1, column: character + 1, code: noJsx, message: advice }];
}

function firstJsx(node: ts.Node): ts.Node | undefined {
  const isJsx = ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node);
  return isJsx ? node : ts.forEachChild(node, firstJsx);
}

/** TypeScript's own: "Cannot use JSX unless the '--jsx' flag is provided." */
const noJsx = 17004;
const advice =
  "Cells have no JSX; put it in a local .tsx module and import that, or write the calls that it stands for.";
