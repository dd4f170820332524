import ts = require("typescript");
import type { Completion, Completions, CompletionType } from "../cellChecker.ts";
import type { View } from "../views.ts";
import { withoutCells } from "../cellNames.ts";
import { internals, uncancelled } from "../internals.ts";
import { isDeprecated } from "../lazyDocumentation.ts";

/** What may be written at `offset` of a cell whose source starts at `start` of its file. */
export function completionsAt(
  { file, program, checker }: View,
  host: ts.LanguageServiceHost,
  start: number,
  offset: number,
): Completions {
  const position = start + offset;
  // After the point of `0.5` TypeScript would offer all that is global.
  if (inNumber.test(file.text.slice(start, position))) return { from: offset, to: offset, items: [] };
  const found = internals.Completions.getCompletionsAtPosition(
    host,
    program,
    () => {},
    file,
    position,
    preferences,
    undefined,
    undefined,
    uncancelled,
    undefined,
    true,
  );
  const open = isOpen(file, checker, position) ? { open: true as const } : {};
  if (!found) return { from: offset, to: offset, items: [], ...open };
  const { typed, from } = typedBefore(found, file.text, position);
  const candidates = found.entries
    .filter(
      each =>
        each.name.toLowerCase().startsWith(typed.toLowerCase()) &&
        !/^\$?__(?:cell|editing)/.test(each.name) &&
        // `["two words"]` would replace the point before it, and what an answer replaces is one for all.
        (each.replacementSpan?.start ?? from) === from,
    )
    .map(entry => ({ entry, rank: order(entry, typed, entry.symbol && meant(entry.symbol, checker)) }))
    .sort((a, b) => a.rank.localeCompare(b.rank) || a.entry.name.localeCompare(b.entry.name));
  const detailed = candidates.length <= detailLimit;
  const items = candidates.map(({ entry }): Completion => {
    const symbol = entry.symbol && meant(entry.symbol, checker);
    const type =
      symbol && symbol.flags & ts.SymbolFlags.Value ? checker.getTypeOfSymbolAtLocation(symbol, file) : undefined;
    const detail = detailed && type ? withoutCells(checker.typeToString(type)) : undefined;
    const text = entry.insertText?.startsWith(".") === false ? entry.insertText : entry.name;
    return { text, type: typeOf(entry.kind, symbol, type), ...(detail === undefined ? {} : { detail }) };
  });
  return { from: from - start, to: position - start, items, ...open };
}

/** Whether the point before the cursor follows a value of which types do not know all members. */
function isOpen(file: ts.SourceFile, checker: ts.TypeChecker, position: number): boolean {
  const dot = /\.\s*[\p{ID_Continue}$]*$/u.exec(file.text.slice(0, position));
  if (!dot) return false;
  let node: ts.Node | undefined = internals.getTouchingPropertyName(file, dot.index);
  // `b` of `a.b.` touches the point too, and is the name of another access.
  const isMeant = (each: ts.Node): each is ts.PropertyAccessExpression =>
    ts.isPropertyAccessExpression(each) && each.expression.end <= dot.index && each.end > dot.index;
  while (node && !isMeant(node)) node = node.parent;
  if (!node) return false;
  const type = checker.getTypeAtLocation(node.expression);
  return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0 || type.getStringIndexType() !== undefined;
}

/** The part of the name that is there already. */
function typedBefore(found: ts.CompletionInfo, text: string, position: number): { typed: string; from: number } {
  const first = found.entries[0]?.replacementSpan;
  const isCommon = found.entries.every(each => each.replacementSpan?.start === first?.start);
  const span = found.optionalReplacementSpan ?? (isCommon ? first : undefined);
  const name = /[\p{ID_Continue}$#]*$/u.exec(text.slice(0, position))?.[0] ?? "";
  const from = span && span.start <= position ? span.start : position - name.length;
  return { typed: text.slice(from, position), from };
}

/** As TypeScript ranks them; the case that was typed goes first, and a plain name before `_name`. */
function order({ sortText, name }: ts.CompletionEntry, typed: string, symbol: ts.Symbol | undefined): string {
  const outdated = !sortText.startsWith(last) && symbol !== undefined && isDeprecated(symbol) ? last : "";
  return `${name.startsWith(typed) ? 0 : 1}${name.startsWith("_") ? 1 : 0}${outdated}${sortText}`;
}

/** Where TypeScript ranks what is deprecated, if it has read the comments. */
const last = "z";

function meant(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** What an item is: a constant that can be called is a function to the reader. */
function typeOf(kind: ts.ScriptElementKind, symbol: ts.Symbol | undefined, type: ts.Type | undefined): CompletionType {
  const known = types[kind];
  if (known !== undefined && known !== "property") return known;
  if (symbol && symbol.flags & ts.SymbolFlags.Module) return "module";
  if (symbol && symbol.flags & ts.SymbolFlags.Class) return "class";
  if (type?.getCallSignatures().length) return "function";
  if (type?.getConstructSignatures().length) return "class";
  if (known) return known;
  return type || !symbol ? "instance" : "class";
}

const inNumber = /(?<![\p{ID_Continue}$.\])])\d[\p{ID_Continue}.]*$/u;

/** More items than this are listed without their types, which take time. */
const detailLimit = 40;

const preferences: ts.UserPreferences = {
  includeCompletionsForModuleExports: false,
  includeCompletionsWithInsertText: true,
  allowTextChangesInNewFiles: false,
  importModuleSpecifierEnding: "js",
};

const kinds = ts.ScriptElementKind;
const types: Partial<Record<ts.ScriptElementKind, CompletionType>> = {
  [kinds.keyword]: "keyword",
  [kinds.primitiveType]: "keyword",
  [kinds.functionElement]: "function",
  [kinds.localFunctionElement]: "function",
  [kinds.memberFunctionElement]: "function",
  [kinds.constructorImplementationElement]: "function",
  [kinds.callSignatureElement]: "function",
  [kinds.classElement]: "class",
  [kinds.localClassElement]: "class",
  [kinds.interfaceElement]: "class",
  [kinds.typeElement]: "class",
  [kinds.enumElement]: "class",
  [kinds.typeParameterElement]: "class",
  [kinds.moduleElement]: "module",
  [kinds.externalModuleName]: "path",
  [kinds.scriptElement]: "path",
  [kinds.directory]: "path",
  [kinds.memberVariableElement]: "property",
  [kinds.memberGetAccessorElement]: "property",
  [kinds.memberSetAccessorElement]: "property",
  [kinds.memberAccessorVariableElement]: "property",
  [kinds.enumMemberElement]: "property",
  [kinds.string]: "property",
  [kinds.label]: "statement",
};
