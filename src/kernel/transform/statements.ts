import ts = require("typescript");
import { localOf } from "../check/internals.ts";
import type { Edits } from "./edits.ts";
import { isUsing } from "./parse.ts";

/**
 * Ends with `;` every statement that relies on the end of the line, because a rewritten reference
 * may start with `(` and would otherwise continue the line before it; those in `ended` have theirs.
 */
export function endStatements(file: ts.SourceFile, edits: Edits, ended: ReadonlySet<ts.Node> = new Set()): void {
  const visit = (node: ts.Node): void => {
    const ends =
      ts.isExpressionStatement(node) ||
      ts.isVariableStatement(node) ||
      ts.isReturnStatement(node) ||
      ts.isThrowStatement(node) ||
      ts.isExportAssignment(node);
    if (ends && file.text[node.end - 1] !== ";" && !ended.has(node)) edits.after(node.end, ";");
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** Sends `import(…)` and `import.meta` to our own names. */
export function rewriteImportCalls(file: ts.SourceFile, edits: Edits, names: { call: string; meta: string }): void {
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      edits.replace(node.expression.getStart(file), node.expression.end, names.call);
    }
    if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      edits.replace(node.getStart(file), node.end, names.meta);
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** `import x = require("m")` and `import x = N.y`, as constants. */
export function rewriteImportEquals(statement: ts.ImportEqualsDeclaration, edits: Edits, require: string): void {
  const { name, moduleReference } = statement;
  edits.replace(statement.getStart(), name.getStart(), "const ");
  if (!ts.isExternalModuleReference(moduleReference)) return;
  edits.replace(moduleReference.getStart(), moduleReference.expression.getStart(), `${require}(`);
}

/** The specifier and the options of a static import, as arguments of a call. */
export function importArguments(statement: ts.ImportDeclaration | ts.ExportDeclaration): string {
  const specifier = JSON.stringify((statement.moduleSpecifier as ts.StringLiteral).text);
  const attributes = statement.attributes;
  const pairs = attributes?.elements.map(each => [each.name.text, (each.value as ts.StringLiteral).text]) ?? [];
  return `${specifier},${pairs.length ? JSON.stringify({ with: Object.fromEntries(pairs) }) : "undefined"}`;
}

/** Gives a function or class that is exported by default its name; returns the name. */
export function nameAnonymous(
  statement: ts.FunctionDeclaration | ts.ClassDeclaration,
  edits: Edits,
  name: string,
): string {
  const keyword = statement.getChildren().find(each => keywords.has(each.kind)) as ts.Node;
  const star = ts.isFunctionDeclaration(statement) ? statement.asteriskToken : undefined;
  edits.close((star ?? keyword).end, ` ${name}`);
  return name;
}

const keywords: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.FunctionKeyword, ts.SyntaxKind.ClassKeyword]);

/** Whether a file has syntax that only the TypeScript compiler lowers: `using`, decorators, `accessor`. */
export function needsCompiler(node: ts.Node): boolean {
  if (ts.isDecorator(node) || node.kind === ts.SyntaxKind.AccessorKeyword) return true;
  if (ts.isVariableDeclarationList(node) && isUsing(node)) return true;
  return ts.forEachChild(node, child => needsCompiler(child) || undefined) ?? false;
}

/** What node gives to CommonJS, which a module may be written as although it runs as an ES module. */
export function nodeName(name: string, file: ts.SourceFile, prefix: string): string | undefined {
  const helper = namesOfNode[name];
  return helper === undefined || localOf(file, name) ? undefined : prefix + helper;
}

const namesOfNode: Readonly<Record<string, string | undefined>> = {
  require: "require",
  __dirname: "meta.dirname",
  __filename: "meta.filename",
};

/** A statement that an ES module cannot have. */
export function unsupported(file: ts.SourceFile, node: ts.Node): SyntaxError {
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
  return new SyntaxError(
    `${file.fileName}:${line + 1}: a module that notebooks import must use ES imports and exports, but got "${node.getText(file).slice(0, 40)}"; write \`import … from\` or \`export default\`.`,
  );
}
