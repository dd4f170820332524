import ts = require("typescript");
import { parseCell } from "../../transform/parse.ts";
import type { Completeness } from "../cellChecker.ts";
import type { BoundFile } from "../internals.ts";

/** Whether a source can run as it is, only by its grammar. */
export function completenessOf(source: string): Completeness {
  const { file } = parseCell(source);
  const end = source.trimEnd().length;
  // `let =` is an assignment to the grammar, and `let` a name; not so in a module, where it is a keyword.
  const reserved = file.bindDiagnostics.find(each => reservedWords.has(each.code))?.start ?? startOfLet(file);
  if (reserved !== undefined) {
    const isLast = /^\w+$/.test(file.text.slice(reserved, codeEnd(file, end)));
    return isLast ? incomplete(source) : { status: "invalid" };
  }
  const first = file.parseDiagnostics[0];
  if (!first) return lacksMore(file) ? incomplete(source) : { status: "complete" };
  // What is missing at the end may still be typed; what is wrong before it stays wrong.
  const open = (first.start >= codeEnd(file, end) && !lineBound.has(first.code)) || unterminated.has(first.code);
  return open || isLastWord(file, first.start) ? incomplete(source) : { status: "invalid" };
}

/** Where the last token ends: comments after it do not count. */
function codeEnd(file: ts.SourceFile, end: number): number {
  const last = file.endOfFileToken.getFullStart();
  return Math.min(last, end);
}

/** Whether what is wrong is the last word, and more words can put it right: `import`, `[1].map(async n`. */
function isLastWord(file: ts.SourceFile, start: number): boolean {
  const code = file.text.slice(0, file.endOfFileToken.getFullStart());
  if (!/^[\p{ID_Continue}$]+$/u.test(code.slice(start))) return false;
  return continuations.some(more => parseCell(code + more).file.parseDiagnostics[0]?.start !== start);
}

const continuations = [" => 0", ' "module"', " {}"];

/** `function f()`: grammatical as an overload, but somebody is about to write its body; and `const`. */
function lacksMore(file: ts.SourceFile): boolean {
  const last = file.statements.at(-1);
  if (last && ts.isVariableStatement(last)) return lacksValue(last, file);
  if (!last || !ts.isFunctionDeclaration(last) || last.body) return false;
  return !ts.getModifiers(last)?.some(each => each.kind === ts.SyntaxKind.DeclareKeyword) && !/;\s*$/.test(file.text);
}

/** Where `let` is a name, which the binder does not say of a file that has other errors. */
function startOfLet(file: BoundFile): number | undefined {
  const visit = (node: ts.Node): ts.Node | undefined =>
    ts.isIdentifier(node) && node.text === "let" ? node : ts.forEachChild(node, visit);
  return file.identifiers.has("let") ? visit(file)?.getStart(file) : undefined;
}

/** `const`, and `const a` before its value is written. */
function lacksValue(statement: ts.VariableStatement, file: ts.SourceFile): boolean {
  const { declarations, flags } = statement.declarationList;
  if (declarations.length === 0) return true;
  const isConstant = (flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
  const isAmbient = ts.getModifiers(statement)?.some(each => each.kind === ts.SyntaxKind.DeclareKeyword);
  return isConstant && !isAmbient && !declarations.at(-1)?.initializer && file.text[statement.end - 1] !== ";";
}

function incomplete(source: string): Completeness {
  const last = source.slice(source.trimEnd().lastIndexOf("\n") + 1).trimEnd();
  const own = /^[ \t]*/.exec(last)?.[0] ?? "";
  return { status: "incomplete", indent: /[{([]$|=>$/.test(last) ? `${own}${step}` : own };
}

/** "'let' is a reserved word in strict mode", in a cell, a class, a module. */
const reservedWords: ReadonlySet<number> = new Set([1212, 1213, 1214]);

const step = "  ";

/** String and regular expression without an end: they cannot go on in the next line. */
const lineBound: ReadonlySet<number> = new Set([1002, 1161]);

/** Template literal and comment without an end. */
const unterminated: ReadonlySet<number> = new Set([1160, 1010]);
