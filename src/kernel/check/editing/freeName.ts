import ts = require("typescript");

/** Whether a text is a name that a cell may define: no word that means something to the language. */
export function isFreeName(name: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false);
  scanner.setText(name);
  const kind = scanner.scan();
  const isWhole = scanner.getTokenEnd() === name.length && name.length > 0;
  const isFree = kind === ts.SyntaxKind.Identifier || kind > ts.SyntaxKind.LastFutureReservedWord;
  const starts = ts.isIdentifierStart(name.codePointAt(0) ?? 0, ts.ScriptTarget.ESNext);
  return isWhole && isFree && starts && !special.has(name);
}

/** Words that can be written as a name and mean something already. */
const special: ReadonlySet<string> = new Set(["await", "undefined", "arguments", "eval"]);
