import path from "node:path";
import ts = require("typescript");
import type { CellDiagnostic } from "../result.ts";
import type { ParsedCell } from "../transform/parse.ts";
import { forEachReference, isTopLevel } from "../transform/references.ts";
import { localOf } from "./internals.ts";

/**
 * Takes the names of a page away where cells run without one: libraries' types may speak of
 * HTMLElement, but `document` and `top` are neither there nor offered.
 */
export function hidePage(globals: ts.SymbolTable): void {
  for (const [name, symbol] of globals) {
    const isValueOnly = (symbol.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Namespace)) === 0;
    if (isValueOnly && name !== markOfPage && isOfPage(symbol)) globals.delete(name);
  }
}

/** By this name node's own types see whether those of a page are there too, and then leave them their place. */
const markOfPage = "onmessage";

/** The values of a page that a cell reads and that have a type as well, such as `XMLHttpRequest`. */
export function valuesOfPage(
  { file }: ParsedCell,
  globals: ts.SymbolTable | undefined,
  known: Pick<ReadonlySet<string>, "has">,
): CellDiagnostic[] {
  const found: CellDiagnostic[] = [];
  if (!globals) return found;
  forEachReference(file, identifier => {
    const name = identifier.text;
    const symbol = globals.get(identifier.escapedText);
    if (!symbol || !isOfPage(symbol) || known.has(name) || localOf(file, name) || !isTopLevel(identifier)) return;
    if (ts.isTypeOfExpression(identifier.parent)) return;
    const { line, character } = file.getLineAndCharacterOfPosition(identifier.getStart(file));
    found.push({
      line: line + 1,
      column: character + 1,
      code: noName,
      message: `Cannot find name '${name}': ${noPage}`,
    });
  });
  return found;
}

/** Problems without a guess at a name that only a page has: `Did you mean 'History'?` */
export function withoutPageGuesses(
  problems: readonly CellDiagnostic[],
  globals: ts.SymbolTable | undefined,
): CellDiagnostic[] {
  return problems.map(problem => {
    const guess = problem.code === guessedName ? / Did you mean '(\w+)'\?$/.exec(problem.message) : null;
    const symbol = guess && globals?.get(ts.escapeLeadingUnderscores(guess[1] ?? ""));
    if (!guess || !symbol || !isOfPage(symbol)) return problem;
    return { ...problem, code: noName, message: problem.message.slice(0, guess.index) };
  });
}

const noName = 2304;
const guessedName = 2552;

export const noPage = "cells run on Node, which has no page.";

function isOfPage(symbol: ts.Symbol): boolean {
  if (!(symbol.flags & ts.SymbolFlags.Value) || symbol.name in globalThis || ofKernel.has(symbol.name)) return false;
  const { declarations = [] } = symbol;
  return declarations.length > 0 && declarations.every(each => isLibrary(each.getSourceFile().fileName));
}

/** What the kernel puts where cells run, which is not where they are checked. */
const ofKernel: ReadonlySet<string> = new Set(["prompt"]);

function isLibrary(file: string): boolean {
  return path.basename(file).startsWith("lib.dom.");
}
