import ts = require("typescript");
import { type BoundFile, bindModule } from "../check/internals.ts";
import { objectCell } from "./objectCell.ts";
import { declaredNames, isAmbient, isExported, isOnlyTypes } from "./references.ts";
import { innerVariables, isConstant } from "./variables.ts";

/** What a name at the top of a cell is, as far as later cells must know it. */
export type DeclarationKind = "const" | "let" | "type" | "import" | "ambient";

export interface Declaration {
  name: string;
  kind: DeclarationKind;
  /** Index of the statement that declares it. */
  statement: number;
  /** For an import: the statement that brings this one name in again. */
  importText?: string;
  /** Whether the cell itself says `export`. */
  exported?: boolean;
  /** For an import: whether it says `type`, so that the name is a type, whatever else it stands for. */
  typeOnly?: true;
}

export interface ParsedCell {
  source: string;
  file: BoundFile;
  declarations: Declaration[];
}

/** Parses and binds the source of one cell and lists the names that it declares. */
export function parseCell(source: string): ParsedCell {
  const bind = (text: string) => bindModule("cell.ts", text, { parents: true });
  const file = objectCell(source, bind) ?? bind(source);
  const declarations = file.statements.flatMap((statement, index) =>
    declarationsOf(statement, file).map(each => ({ ...each, statement: index, exported: isExported(statement) })),
  );
  return { source, file, declarations };
}

/** Whether these are `using` or `await using` declarations. */
export function isUsing(list: ts.VariableDeclarationList): boolean {
  const kind = list.flags & ts.NodeFlags.BlockScoped;
  return kind === ts.NodeFlags.Using || kind === ts.NodeFlags.AwaitUsing;
}

function declarationsOf(statement: ts.Statement, file: ts.SourceFile): Omit<Declaration, "statement">[] {
  if (ts.isImportDeclaration(statement)) return importedNames(statement, file);
  if (ts.isImportEqualsDeclaration(statement)) return [importedByAssignment(statement, file)];
  if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    return [{ name: statement.name.text, kind: "type" }];
  }
  const kind = (otherwise: DeclarationKind) => (isAmbient(statement) ? "ambient" : otherwise);
  if (ts.isVariableStatement(statement)) {
    const list = statement.declarationList;
    const constant = isUsing(list) || isConstant(list);
    const names = list.declarations.flatMap(declaration => declaredNames(declaration.name));
    return names.map(name => ({ name, kind: kind(constant ? "const" : "let") }));
  }
  const named =
    ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement);
  if (named && statement.name) return [{ name: statement.name.text, kind: kind("const") }];
  if (ts.isModuleDeclaration(statement) && ts.isIdentifier(statement.name)) {
    return [{ name: statement.name.text, kind: isOnlyTypes(statement) ? "type" : kind("const") }];
  }
  const inner = innerVariables(statement).flatMap(list => list.declarations.flatMap(each => declaredNames(each.name)));
  return [...new Set(inner)].map(name => ({ name, kind: "let" }));
}

/** `import x = require("m")` is one more import; `import x = N.y` is a constant, if it is not a type. */
function importedByAssignment(
  statement: ts.ImportEqualsDeclaration,
  file: ts.SourceFile,
): Omit<Declaration, "statement"> {
  const name = statement.name.text;
  const typeOnly = statement.isTypeOnly ? { typeOnly: true as const } : {};
  if (!ts.isExternalModuleReference(statement.moduleReference)) return { name, kind: "const", ...typeOnly };
  const importText = `import ${typeOnly.typeOnly ? "type " : ""}${name} = ${statement.moduleReference.getText(file)};`;
  return { name, kind: "import", importText, ...typeOnly };
}

function importedNames(statement: ts.ImportDeclaration, file: ts.SourceFile): Omit<Declaration, "statement">[] {
  const clause = statement.importClause;
  if (!clause) return [];
  const from = file.text.slice(statement.moduleSpecifier.getStart(file), statement.end).replace(/;?$/, ";");
  const keyword = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ? "import type" : "import";
  const one = (name: string, text: string, typeOnly = keyword !== "import") => ({
    name,
    kind: "import" as const,
    importText: `${keyword} ${text} from ${from}`,
    ...(typeOnly ? { typeOnly } : {}),
  });
  const names = clause.name ? [one(clause.name.text, clause.name.text)] : [];
  const bindings = clause.namedBindings;
  if (!bindings) return names;
  if (ts.isNamespaceImport(bindings)) return [...names, one(bindings.name.text, `* as ${bindings.name.text}`)];
  return [
    ...names,
    ...bindings.elements.map(each => one(each.name.text, `{ ${each.getText(file)} }`, each.isTypeOnly || undefined)),
  ];
}
