import ts = require("typescript");
import type { Edits } from "./edits.ts";
import type { ParsedCell } from "./parse.ts";
import { declaredNames } from "./references.ts";
import { assignInHead, innerVariables, isUnbraced, isVar } from "./variables.ts";

/** The variables of a cell, wherever in it they are declared, as properties of the notebook's object. */
export class CellVariables {
  /** Names that `var` has declared so far. */
  readonly #declared = new Set<string>();
  /** Statements whose end is written by us. */
  readonly ended = new Set<ts.Node>();

  constructor(
    readonly cell: ParsedCell,
    readonly edits: Edits,
    readonly prefix: string,
  ) {}

  /** Puts the names of a statement on the notebook's object, right after it. */
  statement(statement: ts.VariableStatement, index: number): void {
    const { declarations } = statement.declarationList;
    const first = declarations[0];
    if (!first) return;
    this.#hoist(statement.declarationList, index);
    const braces = isUnbraced(statement);
    if (braces) {
      this.edits.open(statement.getStart(), "{");
      this.ended.add(statement);
    }
    const keyword = this.cell.source.slice(statement.declarationList.getStart(), first.getStart());
    // `const a = 1, b = a`: the second reads `$.a`, so the first must be kept before it.
    declarations.forEach((declaration, position) => {
      const keep = `;${this.#keepsValue(declaration) ? keepText(this.prefix, declaredNames(declaration.name)) : ""}`;
      const next = declarations[position + 1];
      if (next) this.edits.replace(declaration.end, next.pos, keep + keyword);
      else this.edits.after(statement.end, `${keep}${doneText(this.prefix, index)}${braces ? "}" : ""}`);
    });
  }

  /** `var x;` does not change what `x` is. */
  #keepsValue(declaration: ts.VariableDeclaration): boolean {
    const list = declaration.parent;
    return !ts.isVariableDeclarationList(list) || !isVar(list) || declaration.initializer !== undefined;
  }

  /** The `var`s in blocks and loops: their names are the cell's. */
  inner(statement: ts.Statement, index: number): void {
    const lists = innerVariables(statement);
    for (const list of lists) {
      if (ts.isVariableStatement(list.parent)) this.statement(list.parent, index);
      else this.#loopHead(list, index);
    }
    if (lists.length > 0) this.edits.after(statement.end, `;${doneText(this.prefix, index)}`);
  }

  #loopHead(list: ts.VariableDeclarationList, index: number): void {
    this.#hoist(list, index);
    assignInHead(list, this.edits, this.prefix);
    const loop = list.parent;
    // Known as soon as it has a value: a loop is often interrupted, and its reader then asks how far it came.
    if (ts.isForStatement(loop)) this.edits.close(list.end, `,${this.prefix}done(${index})`);
    else if (ts.isIterationStatement(loop, false) && ts.isBlock(loop.statement)) {
      this.edits.after(loop.statement.getStart() + 1, doneText(this.prefix, index));
    }
  }

  /** A name of a `var` is there, without a value, from the start; what came before the cell is another's. */
  #hoist(list: ts.VariableDeclarationList, index: number): void {
    if (!isVar(list)) return;
    const statement = this.cell.file.statements[index] as ts.Statement;
    for (const declaration of list.declarations) {
      const names = declaredNames(declaration.name).filter(name => !this.#declared.has(name));
      for (const name of names) this.#declared.add(name);
      if (list.parent.parent === this.cell.file && declaration.initializer) continue;
      for (const name of names) {
        const text = `${this.prefix}.${name}=undefined;`;
        if (this.#isMentionedBefore(name, statement.getStart())) this.edits.prepend(text);
        else this.edits.open(statement.getStart(), text);
      }
    }
  }

  #isMentionedBefore(name: string, position: number): boolean {
    const at = this.cell.source.indexOf(name);
    return at !== -1 && at < position;
  }
}

/** Puts the values that names have now on the notebook's object. */
export function keepText(prefix: string, names: string[]): string {
  return names.map(name => `${prefix}.${name}=${name};`).join("");
}

/** Says that the names of a statement are there. */
export function doneText(prefix: string, statement: number): string {
  return `${prefix}done(${statement});`;
}
