import ts = require("typescript");
import { localOf } from "../check/internals.ts";
import { Edits, type Rewritten } from "./edits.ts";
import {
  endStatements,
  importArguments,
  needsCompiler,
  rewriteImportCalls,
  rewriteImportEquals,
} from "./statements.ts";
import { isUsing, type ParsedCell } from "./parse.ts";
import { CellVariables, doneText, keepText } from "./cellVariables.ts";
import {
  aliasedName,
  forEachReference,
  freshPrefix,
  isAmbient,
  isOnlyTypes,
  isTopLevel,
  replacementFor,
} from "./references.ts";

/** The parameters of the function that a cell becomes, in order, without their prefix. */
export const cellParameters = ["", "later", "await", "iterate", "last", "import", "done", "node", "meta"] as const;

/**
 * Rewrites a cell to the text of an async function, so that its top-level names are properties of one object: `lr` becomes `$.lr`.
 *
 * Declarations stay and are followed by `$.lr = lr`; references go through `$`, so a later
 * assignment, in whatever cell, is seen by every closure. `known` holds the names of earlier cells;
 * a name that nobody knows yet becomes `$later.name`, looked up when it is used.
 */
export function rewriteCell(cell: ParsedCell, known: ReadonlySet<string>, types: ReadonlySet<string>): Rewritten {
  const edits = new Edits(cell.source);
  const prefix = freshPrefix(cell.file.identifiers.keys());
  const rewriting = new CellRewriting(cell, edits, prefix, known, types);
  rewriting.statements();
  rewriting.references();
  rewriting.interruptions();
  rewriting.lastValue();
  endStatements(cell.file, edits, rewriting.ended);
  const parameters = cellParameters.map(name => prefix + name).join(",");
  return {
    edited: edits.apply(`(async function(${parameters}){"use strict";`, "\n})"),
    needsCompiler: needsCompiler(cell.file),
    names: { prefix, handed: rewriting.own },
  };
}

class CellRewriting {
  readonly own: Set<string>;
  readonly #variables: CellVariables;

  constructor(
    readonly cell: ParsedCell,
    readonly edits: Edits,
    readonly prefix: string,
    readonly known: ReadonlySet<string>,
    readonly types: ReadonlySet<string>,
  ) {
    const values = cell.declarations.filter(each => each.kind !== "type" && each.kind !== "ambient" && !each.typeOnly);
    this.own = new Set(values.map(each => each.name));
    this.#variables = new CellVariables(cell, edits, prefix);
  }

  /** Statements whose end is written already. */
  get ended(): ReadonlySet<ts.Node> {
    return this.#variables.ended;
  }

  /** Puts every declared name on the notebook's object, right after its declaration. */
  statements(): void {
    const functions: { name: string; statement: number }[] = [];
    const { statements } = this.cell.file;
    statements.forEach((statement, index) => {
      this.#dropExport(statement);
      if (isAmbient(statement)) return;
      if (ts.isImportDeclaration(statement)) this.#import(statement, index);
      else if (ts.isImportEqualsDeclaration(statement)) this.#importEquals(statement, index);
      else if (ts.isVariableStatement(statement)) this.#variables.statement(statement, index);
      else if (ts.isFunctionDeclaration(statement)) {
        if (statement.name && statement.body) functions.push({ name: statement.name.text, statement: index });
      } else if (ts.isModuleDeclaration(statement) && isOnlyTypes(statement)) return;
      else if (isNamedDeclaration(statement)) {
        const name = statement.name?.text;
        if (name !== undefined) this.edits.after(statement.end, `;${this.#keep([name])}${this.#done(index)}`);
      } else this.#variables.inner(statement, index);
    });
    const firstUsing = statements.findIndex(each => ts.isVariableStatement(each) && isUsing(each.declarationList));
    for (const { name, statement } of functions) {
      const text = `${this.#keep([name])}${this.#done(statement)}`;
      // `using` is lowered to a try block, and a function inside a block is not seen before it.
      if (firstUsing === -1 || statement < firstUsing) this.edits.prepend(text);
      else this.edits.after((statements[firstUsing] as ts.Statement).end, text);
    }
  }

  references(): void {
    forEachReference(this.cell.file, identifier => {
      const home = this.#homeOf(identifier);
      if (home === undefined) return;
      const text = replacementFor(identifier, `${home}.${identifier.text}`);
      this.edits.replace(identifier.getStart(this.cell.file), identifier.end, text);
    });
    rewriteImportCalls(this.cell.file, this.edits, { call: `${this.prefix}import`, meta: `${this.prefix}meta` });
  }

  /** Lets an interrupt end every top-level `await` and `for await`. */
  interruptions(): void {
    const file = this.cell.file;
    const wrap = (expression: ts.Expression, call: string) => {
      this.edits.open(expression.getStart(file), `${this.prefix}${call}(`);
      this.edits.close(expression.end, `,${expression.parent.getStart(file)})`);
    };
    const outside = (node: ts.Node): void => {
      if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node) || ts.isPropertyDeclaration(node)) return;
      if (ts.isAwaitExpression(node)) wrap(node.expression, "await");
      if (ts.isForOfStatement(node) && node.awaitModifier) wrap(node.expression, "iterate");
      ts.forEachChild(node, outside);
    };
    outside(file);
  }

  /** The value of a last expression is the value of the cell. */
  lastValue(): void {
    const last = this.cell.file.statements.at(-1);
    if (!last || !ts.isExpressionStatement(last)) return;
    this.edits.open(last.expression.getStart(this.cell.file), `return ${this.prefix}last.value = (`);
    this.edits.close(last.expression.end, ")");
  }

  #dropExport(statement: ts.Statement): void {
    if (ts.isExportDeclaration(statement)) this.edits.replace(statement.getStart(), statement.end, "");
    if (ts.isExportAssignment(statement)) {
      this.edits.replace(statement.getStart(), statement.expression.getStart(), "void ");
    }
    if (!ts.canHaveModifiers(statement)) return;
    for (const modifier of ts.getModifiers(statement) ?? []) {
      if (exportKeywords.has(modifier.kind)) this.edits.replace(modifier.getStart(), modifier.end, "");
    }
  }

  #import(statement: ts.ImportDeclaration, index: number): void {
    const start = statement.getStart();
    this.edits.replace(start, statement.end, "");
    const clause = statement.importClause;
    if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
    const names = namesOf(clause).filter(each => !this.types.has(each.local));
    if (clause && names.length === 0) return;
    const wanted = JSON.stringify(names.map(each => [each.local, each.imported]));
    this.edits.prepend(
      `await ${this.prefix}import(${importArguments(statement)},${wanted});${this.#done(index)}`,
      start,
    );
  }

  #importEquals(statement: ts.ImportEqualsDeclaration, index: number): void {
    const name = statement.name.text;
    if (statement.isTypeOnly || this.types.has(name)) {
      this.edits.replace(statement.getStart(), statement.end, "");
      return;
    }
    rewriteImportEquals(statement, this.edits, `${this.prefix}node.require`);
    const source = aliasedName(statement);
    const home = source && this.#homeOf(source);
    if (source && home !== undefined) this.edits.replace(source.getStart(), source.end, `${home}.${source.text}`);
    this.edits.after(statement.end, `;${this.#keep([name])}${this.#done(index)}`);
  }

  /** The object that a top-level reference is a property of; undefined when it stays as it is. */
  #homeOf(identifier: ts.Identifier): string | undefined {
    const name = identifier.text;
    if (!isTopLevel(identifier)) return undefined;
    if (this.own.has(name)) return this.prefix;
    if (localOf(this.cell.file, name)) return undefined;
    if (this.known.has(name)) return this.prefix;
    if (name === "undefined" || name === "arguments" || name in globalThis)
      return nodeNames.has(name) ? `${this.prefix}node` : undefined;
    if (nodeNames.has(name)) return `${this.prefix}node`;
    return ts.isTypeOfExpression(identifier.parent) ? undefined : `${this.prefix}later`;
  }

  #keep(names: string[]): string {
    return keepText(this.prefix, names);
  }

  #done(statement: number): string {
    return doneText(this.prefix, statement);
  }
}

const exportKeywords: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword]);

/** Names that node gives to a CommonJS module and that cells may use. */
const nodeNames: ReadonlySet<string> = new Set(["require", "module", "exports", "__dirname", "__filename"]);

function isNamedDeclaration(node: ts.Node): node is ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration {
  return ts.isClassDeclaration(node) || ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node);
}

/** Local and imported names of an import clause; `*` is the whole namespace. */
export function namesOf(clause: ts.ImportClause | undefined): { local: string; imported: string }[] {
  if (!clause) return [];
  const names = clause.name ? [{ local: clause.name.text, imported: "default" }] : [];
  const bindings = clause.namedBindings;
  if (!bindings) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, { local: bindings.name.text, imported: "*" }];
  const elements = bindings.elements.filter(each => !each.isTypeOnly);
  return [
    ...names,
    ...elements.map(each => ({ local: each.name.text, imported: (each.propertyName ?? each.name).text })),
  ];
}
