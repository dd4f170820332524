import ts = require("typescript");
import type { Position } from "../transform/positions.ts";

/** Whether code at this place stands in a `try` whose `catch` would get what is thrown there, in the same function. */
export function isCaughtAt(text: string, { line, column }: Position): boolean {
  const file = ts.createSourceFile("thrown.tsx", text, ts.ScriptTarget.Latest, true);
  const start = file.getLineStarts()[line - 1];
  if (start === undefined) return false;
  const offset = start + column - 1;
  for (let node: ts.Node | undefined = innermost(file, offset); node; node = node.parent) {
    if (ts.isFunctionLike(node) || ts.isClassStaticBlockDeclaration(node)) return false;
    const parent: ts.Node | undefined = node.parent;
    if (parent && ts.isTryStatement(parent) && parent.tryBlock === node && parent.catchClause) return true;
  }
  return false;
}

function innermost(node: ts.Node, offset: number): ts.Node {
  const inner = ts.forEachChild(node, child => (child.pos <= offset && offset < child.end ? child : undefined));
  return inner ? innermost(inner, offset) : node;
}
