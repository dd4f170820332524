import ts = require("typescript");
import type { Fix } from "../cellChecker.ts";
import { withoutCells } from "../cellNames.ts";
import { internals, type OpenChecker, uncancelled } from "../internals.ts";
import type { View } from "../views.ts";

/** A cell among the checker's modules; offsets are of its own text. */
export interface CellView extends View {
  /** Where the text of the cell begins, and where it ends. */
  start: number;
  end: number;
}

/** What is wrong at a place of a cell. */
export interface Fault {
  code: number;
  from: number;
  to: number;
}

/** What is wrong at the offset, else in its line; the nearest first. */
export function faultsAt({ file, checker, start, end }: CellView, offset: number): Fault[] {
  const found = (checker as OpenChecker)
    .getDiagnostics(file)
    .flatMap(({ file: where, start: at = -1, length = 0, code }) =>
      where === file && at >= start && at + length <= end ? [{ code, from: at - start, to: at + length - start }] : [],
    );
  const here = found.filter(({ from, to }) => from <= offset && offset <= to);
  if (here.length > 0) return here;
  const text = file.text.slice(start, end);
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const next = text.indexOf("\n", offset);
  const to = next < 0 ? text.length : next;
  const distance = (fault: Fault) => Math.abs(fault.from - offset);
  return found.filter(fault => fault.from >= from && fault.from <= to).sort((a, b) => distance(a) - distance(b));
}

/** What the compiler would do about a fault, as far as it concerns this cell alone; `imports`: only what it would import. */
export function fixesOf(
  { file, program, start, end }: CellView,
  host: ts.LanguageServiceHost,
  { code, from, to }: Fault,
  kind: "imports" | "others",
): Fix[] {
  // The guess at what was meant is the compiler's to make, also where it has made ten before.
  const errorCode = code === cannotFindName && kind === "others" ? cannotFindNameDidYouMean : code;
  const found = internals.codefix.getFixes({
    sourceFile: file,
    errorCode,
    span: { start: start + from, length: to - from },
    program,
    host,
    cancellationToken: uncancelled,
    formatContext: internals.formatting.getFormatContext(format, host),
    preferences,
  });
  return found
    .filter(({ fixName }) => (fixName === "import") === (kind === "imports"))
    .flatMap(({ description, changes }) => {
      const [change, ...others] = changes;
      if (!change || others.length > 0 || change.fileName !== file.fileName) return [];
      const edits = change.textChanges.map(({ span, newText }) => {
        // The head of the module is the head of the cell.
        const from = span.length === 0 && kind === "imports" ? Math.max(0, span.start - start) : span.start - start;
        return { from, to: from + span.length, insert: withoutCells(newText) };
      });
      const isInside = edits.every(each => each.from >= 0 && each.to <= end - start);
      return isInside && edits.length > 0 ? [{ title: withoutCells(description), edits }] : [];
    });
}

const cannotFindName = 2304;
const cannotFindNameDidYouMean = 2552;

const format: ts.FormatCodeSettings = {
  ...ts.getDefaultFormatCodeSettings("\n"),
  indentSize: 2,
  tabSize: 2,
  semicolons: ts.SemicolonPreference.Insert,
};

const preferences: ts.UserPreferences = {
  quotePreference: "double",
  includeCompletionsForModuleExports: true,
  importModuleSpecifierEnding: "js",
};
