import ts = require("typescript");
import type { Edits } from "./edits.ts";

/** The `var` lists inside a statement that is none itself: in blocks, loops, branches, not in functions. */
export function innerVariables(statement: ts.Statement): ts.VariableDeclarationList[] {
  const found: ts.VariableDeclarationList[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclarationList(node) && isVar(node)) found.push(node);
    if (ts.isExpression(node) || ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isModuleDeclaration(node))
      return;
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return found;
}

/** Whether a list says `var`, so that its names belong to the whole cell. */
export function isVar(list: ts.VariableDeclarationList): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === 0;
}

/** Whether a list says `const`. */
export function isConstant(list: ts.Node): boolean {
  return (list.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Const;
}

/** Whether a declaration stands in the head of a `for`. */
export function isLoopHead(list: ts.Node): boolean {
  return ts.isForStatement(list.parent) || ts.isForInStatement(list.parent) || ts.isForOfStatement(list.parent);
}

/** Whether a statement is the whole branch or body of another, so that a second one needs braces. */
export function isUnbraced(statement: ts.Statement): boolean {
  const { parent } = statement;
  return !ts.isBlock(parent) && !ts.isSourceFile(parent) && !ts.isCaseOrDefaultClause(parent);
}

/** Makes the `var` in the head of a loop an assignment to `home`: `for ($.i = 0; …)`, `for ({ a: $.a } of …)`. */
export function assignInHead(list: ts.VariableDeclarationList, edits: Edits, home: string): void {
  const file = list.getSourceFile();
  const first = list.declarations[0];
  if (first) edits.replace(list.getStart(file), first.getStart(file), "");
  for (const { name, type, exclamationToken } of list.declarations) {
    assignTo(name, edits, home);
    const end = (type ?? exclamationToken)?.end;
    if (end !== undefined) edits.replace(name.end, end, "");
  }
}

/** A binding pattern as an assignment pattern. */
function assignTo(name: ts.BindingName, edits: Edits, home: string): void {
  if (ts.isIdentifier(name)) {
    const element = name.parent;
    const short = ts.isBindingElement(element) && ts.isObjectBindingPattern(element.parent);
    const key = short && !element.propertyName && !element.dotDotDotToken ? `${name.text}:` : "";
    edits.replace(name.getStart(), name.end, `${key}${home}.${name.text}`);
    return;
  }
  for (const element of name.elements) if (!ts.isOmittedExpression(element)) assignTo(element.name, edits, home);
}
