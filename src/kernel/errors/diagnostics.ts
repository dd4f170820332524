import path from "node:path";
import ts = require("typescript");
import { withoutCells } from "../check/cellNames.ts";
import type { CellModule } from "../check/notebookTypes.ts";
import type { CellDiagnostic, CellError } from "../result.ts";
import { lineStarts, positionAt } from "../transform/positions.ts";

/**
 * What a notebook allows although it is strict: a package without types is `any` (7016), and so are
 * the items of `const losses = []` that only a later cell fills (7005, 7034). `import x = require("m")`
 * and `export =` run here, whatever modules are compiled to (1202, 1203).
 */
const ignored: ReadonlySet<number> = new Set([1202, 1203, 7005, 7016, 7034]);

/** The errors among the diagnostics of a cell's module, placed in the cell's own source. */
export function cellDiagnostics(found: readonly ts.Diagnostic[], module: CellModule, source: string): CellDiagnostic[] {
  const starts = lineStarts(source);
  return found.filter(isError).flatMap(diagnostic => {
    const start = (diagnostic.start ?? 0) - module.start;
    // Before the cell are the names that it takes from others, after it our own export.
    if (start < 0 || start > source.length) return [];
    return [{ ...positionAt(starts, start), code: diagnostic.code, message: messageInCell(diagnostic, source) }];
  });
}

/** The errors of local modules. */
export function localDiagnostics(found: readonly ts.Diagnostic[]): CellDiagnostic[] {
  return found.filter(isError).flatMap(diagnostic => {
    if (!diagnostic.file) return [];
    const place = diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
    const position = { line: place.line + 1, column: place.character + 1 };
    return [{ ...position, code: diagnostic.code, message: messageOf(diagnostic), file: diagnostic.file.fileName }];
  });
}

/** The result of a cell that does not run because of these. */
export function diagnosticError(diagnostics: CellDiagnostic[], cell: number, directory: string): CellError {
  const first = diagnostics[0] as CellDiagnostic;
  const syntax = isSyntax(first.code);
  const lines = diagnostics.map(each => describeDiagnostic(each, cell, directory));
  return {
    kind: syntax ? "syntax" : "type",
    name: syntax ? "SyntaxError" : `TS${first.code}`,
    message: first.message,
    cell,
    line: first.line,
    column: first.column,
    ...(first.file === undefined ? {} : { file: first.file }),
    traceback: lines,
    diagnostics,
  };
}

/** `cell 3, line 5, column 9: Type 'string' is not assignable to type 'number'. (TS2322)` */
export function describeDiagnostic(
  { file, line, column, message, code }: CellDiagnostic,
  cell: number,
  directory: string,
): string {
  const place =
    file === undefined
      ? `cell ${cell}, line ${line}, column ${column}`
      : `${path.relative(directory, file)}:${line}:${column}`;
  return `${place}: ${message} (TS${code})`;
}

function isError(diagnostic: ts.Diagnostic): boolean {
  return diagnostic.category === ts.DiagnosticCategory.Error && !ignored.has(diagnostic.code);
}

// The codes below 2000 are those of the grammar.
function isSyntax(code: number): boolean {
  return code >= 1000 && code < 2000;
}

/** The names of other cells are imports of the cell's module, which is no business of the reader. */
function messageInCell(diagnostic: ts.Diagnostic, source: string): string {
  const message = messageOf(diagnostic);
  const name = diagnostic.code === assignedImport && /'([^']+)'/.exec(message)?.[1];
  if (!name || new RegExp(`\\bimport\\b[^;]*(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(source))
    return message;
  return `Cannot assign to '${name}' because it is a constant of an earlier cell. Declare it with let, or again.`;
}

const assignedImport = 2632;

function messageOf(diagnostic: ts.Diagnostic): string {
  const message = withoutCells(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
  if (!isOfJsx.has(diagnostic.code)) return message;
  const file = /^Module '[^']+'/.exec(message)?.[0] ?? "This file";
  return `${file} may hold JSX: set "jsx" in the compilerOptions of tsconfig.json, to "react-jsx" for React or the package of "jsxImportSource", or to "react" for the function that "jsxFactory" names.`;
}

/** "Module was resolved to a file, but '--jsx' is not set", and the same at the JSX itself. */
const isOfJsx: ReadonlySet<number> = new Set([6142, 17004]);
