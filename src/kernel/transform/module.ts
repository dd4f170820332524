import ts = require("typescript");
import { type BoundFile, localOf } from "../check/internals.ts";
import { namesOf } from "./cell.ts";
import { Edits, type Rewritten } from "./edits.ts";
import {
  aliasedName,
  declaredNames,
  dotsIn,
  forEachReference,
  freshPrefix,
  isAmbient,
  isExported,
  isTopLevel,
  isValue,
  mayRun,
  replacementFor,
  valuesUsed,
} from "./references.ts";
import {
  endStatements,
  importArguments,
  nameAnonymous,
  needsCompiler,
  nodeName,
  rewriteImportCalls,
  rewriteImportEquals,
  unsupported,
} from "./statements.ts";
import { isConstant } from "./variables.ts";

/** A local module as the text of an async function, still with its types. */
export interface RewrittenModule extends Rewritten {
  /** Specifiers of its static imports. */
  imports: string[];
  /** Exported names that the module may assign to later. */
  changing: string[];
}

/** The parameters of the function that a module becomes, in order, without their prefix. */
export const moduleParameters = ["export", "all", "import", "dynamic", "meta", "require"] as const;

/**
 * Rewrites an ES module so that an import is a property of the module it comes from, read when it is
 * used, and an export is a getter, there before the first import runs: bindings are live and two
 * modules may import each other, as in node. The sync way is for `require`, whose modules wait for nothing.
 */
export function rewriteModule(file: BoundFile, way: "async" | "sync" = "async"): RewrittenModule {
  const edits = new Edits(file.text);
  const rewriting = new ModuleRewriting(file, edits, freshPrefix(file.identifiers.keys()), way);
  // Imports first: an export may name what a later import brings.
  const [imports, others] = [
    file.statements.filter(ts.isImportDeclaration),
    file.statements.filter(each => !ts.isImportDeclaration(each)),
  ];
  for (const statement of [...imports, ...others]) rewriting.statement(statement);
  rewriting.references();
  rewriting.head();
  endStatements(file, edits);
  const parameters = moduleParameters.map(name => rewriting.prefix + name).join(",");
  return {
    edited: edits.apply(`(${way === "async" ? "async " : ""}function(${parameters}){"use strict";`, "\n})"),
    needsCompiler: needsCompiler(file),
    names: { prefix: rewriting.prefix, imported: rewriting.imported },
    imports: rewriting.imports,
    changing: rewriting.changing,
  };
}

class ModuleRewriting {
  readonly imports: string[] = [];
  readonly changing: string[] = [];
  /** Imported local name to the expression that reads it. */
  readonly imported = new Map<string, string>();
  readonly #getters: string[] = [];
  readonly #loads: { text: string; source: number }[] = [];
  readonly #used: Set<string>;

  constructor(
    readonly file: BoundFile,
    readonly edits: Edits,
    readonly prefix: string,
    readonly way: "async" | "sync",
  ) {
    this.#used = valuesUsed(file);
  }

  statement(statement: ts.Statement): void {
    if (ts.isImportDeclaration(statement)) this.#import(statement);
    else if (ts.isExportDeclaration(statement)) this.#exportDeclaration(statement);
    else if (ts.isExportAssignment(statement)) this.#exportDefault(statement);
    else if (ts.isImportEqualsDeclaration(statement)) this.#importEquals(statement);
    else this.#declaration(statement);
  }

  references(): void {
    forEachReference(this.file, identifier => {
      const expression = this.imported.get(identifier.text) ?? nodeName(identifier.text, this.file, this.prefix);
      if (expression === undefined || !isTopLevel(identifier)) return;
      this.edits.replace(identifier.getStart(this.file), identifier.end, replacementFor(identifier, expression));
    });
    rewriteImportCalls(this.file, this.edits, { call: `${this.prefix}dynamic`, meta: `${this.prefix}meta` });
  }

  head(): void {
    this.edits.prepend(`${this.prefix}export({${this.#getters.join(",")}});`);
    for (const { text, source } of this.#loads) this.edits.prepend(text, source);
  }

  #import(statement: ts.ImportDeclaration): void {
    this.edits.replace(statement.getStart(), statement.end, "");
    const clause = statement.importClause;
    if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
    const names = namesOf(clause);
    // Like TypeScript, leave out an import of which only types are used.
    if (clause && !names.some(each => this.#used.has(each.local))) return;
    const module = this.#load(statement);
    for (const { local, imported } of names) this.imported.set(local, read(module, imported));
  }

  #importEquals(statement: ts.ImportEqualsDeclaration): void {
    const name = statement.name.text;
    const exported = isExported(statement);
    const source = aliasedName(statement);
    const mayBeValue = !source || this.imported.has(source.text) || mayRun(this.file, source.text);
    const isNeeded = this.#used.has(name) || (exported && mayBeValue);
    if (statement.isTypeOnly || !isNeeded) {
      this.edits.replace(statement.getStart(), statement.end, ""); // of a type nothing is there to export
      return;
    }
    rewriteImportEquals(statement, this.edits, `${this.prefix}require`);
    // Only its name is known here, and what it stands for may be a type, in namespaces that do not run.
    if (!this.#used.has(name)) for (const dot of dotsIn(statement.moduleReference)) this.edits.open(dot, "?");
    const imported = source && this.imported.get(source.text);
    if (source && imported !== undefined) this.edits.replace(source.getStart(), source.end, imported);
    if (exported) this.#getter(name, name);
  }

  #exportDeclaration(statement: ts.ExportDeclaration): void {
    this.edits.replace(statement.getStart(), statement.end, "");
    if (statement.isTypeOnly) return;
    const clause = statement.exportClause;
    const module = statement.moduleSpecifier ? this.#load(statement, !clause) : undefined;
    if (clause && ts.isNamespaceExport(clause)) this.#getter(clause.name.text, module ?? "undefined");
    for (const element of clause && ts.isNamedExports(clause) ? clause.elements : []) {
      if (element.isTypeOnly) continue;
      const local = (element.propertyName ?? element.name).text;
      if (module) this.#getter(element.name.text, read(module, local));
      else if (this.#isValue(local)) {
        this.#getter(element.name.text, this.imported.get(local) ?? local, this.#isChanging(local));
      }
    }
  }

  #exportDefault(statement: ts.ExportAssignment): void {
    if (statement.isExportEquals) throw unsupported(this.file, statement);
    const { expression } = statement;
    if (ts.isIdentifier(expression) && localOf(this.file, expression.text) && !this.#isValue(expression.text)) {
      this.edits.replace(statement.getStart(), statement.end, ""); // of a type nothing is there to export
      return;
    }
    this.edits.replace(statement.getStart(), statement.expression.getStart(), `const ${this.prefix}default = `);
    this.#getter("default", `${this.prefix}default`);
  }

  #declaration(statement: ts.Statement): void {
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const exported = modifiers.find(each => each.kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) return;
    const byDefault = modifiers.find(each => each.kind === ts.SyntaxKind.DefaultKeyword);
    for (const modifier of [exported, byDefault]) {
      if (modifier) this.edits.replace(modifier.getStart(), modifier.end, "");
    }
    if (isAmbient(statement)) return;
    if (ts.isVariableStatement(statement)) {
      const list = statement.declarationList;
      const changing = !isConstant(list);
      for (const name of list.declarations.flatMap(each => declaredNames(each.name)))
        this.#getter(name, name, changing);
    } else if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      if (ts.isFunctionDeclaration(statement) && !statement.body) return;
      const name = statement.name?.text ?? nameAnonymous(statement, this.edits, `${this.prefix}default`);
      this.#getter(byDefault ? "default" : name, name);
    } else if (ts.isEnumDeclaration(statement) || ts.isModuleDeclaration(statement)) {
      if (this.#isValue(statement.name.text)) this.#getter(statement.name.text, statement.name.text);
    }
  }

  /** Loads the module of an import or export before the body runs; returns the name it goes by. */
  #load(statement: ts.ImportDeclaration | ts.ExportDeclaration, all = false): string {
    const name = `${this.prefix}${this.#loads.length}`;
    this.imports.push((statement.moduleSpecifier as ts.StringLiteral).text);
    const spread = all ? `${this.prefix}all(${name});` : "";
    const text = `const ${name}=${this.way === "async" ? "await " : ""}${this.prefix}import(${importArguments(statement)});${spread}`;
    this.#loads.push({ text, source: statement.getStart() });
    return name;
  }

  #getter(name: string, expression: string, changing = false): void {
    if (changing) this.changing.push(name);
    this.#getters.push(`${JSON.stringify(name)}:()=>${expression}`);
  }

  #isValue(name: string): boolean {
    if (this.imported.has(name)) return true;
    return isValue(localOf(this.file, name));
  }

  #isChanging(name: string): boolean {
    const declaration = localOf(this.file, name)?.valueDeclaration;
    return declaration !== undefined && ts.isVariableDeclaration(declaration) && !isConstant(declaration.parent);
  }
}

function read(module: string, name: string): string {
  return name === "*" ? module : `${module}[${JSON.stringify(name)}]`;
}
