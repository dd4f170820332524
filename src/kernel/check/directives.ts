import ts = require("typescript");
import { type BoundFile, internals } from "./internals.ts";

/** Whether the first comment of a file is `// @ts-nocheck`. */
export function isUnchecked(file: BoundFile): boolean {
  return file.checkJsDirective?.enabled === false;
}

/**
 * Without the errors below a `// @ts-ignore` or `// @ts-expect-error`, and with an error for each
 * expectation that did not come true: as the compiler's own program does it.
 */
export function afterDirectives(file: BoundFile, diagnostics: readonly ts.Diagnostic[]): ts.Diagnostic[] {
  if (!file.commentDirectives?.length) return [...diagnostics];
  const directives = internals.createCommentDirectivesMap(file, file.commentDirectives);
  const starts = file.getLineStarts();
  const excused = ({ start, file: where }: ts.Diagnostic): boolean => {
    if (where !== file || start === undefined) return false;
    for (let line = file.getLineAndCharacterOfPosition(start).line - 1; line >= 0; line--) {
      if (directives.markUsed(line)) return true;
      const text = file.text.slice(starts[line], starts[line + 1]).trim();
      if (text !== "" && !text.startsWith("//")) return false;
    }
    return false;
  };
  const left = diagnostics.filter(each => !excused(each));
  const unused = directives.getUnusedExpectations().map(({ range }) => unusedExpectation(file, range));
  return [...left, ...unused];
}

function unusedExpectation(file: ts.SourceFile, { pos, end }: ts.TextRange): ts.Diagnostic {
  const messageText = "Unused '@ts-expect-error' directive.";
  return { file, start: pos, length: end - pos, messageText, code: 2578, category: ts.DiagnosticCategory.Error };
}
