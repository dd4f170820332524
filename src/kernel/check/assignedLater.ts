import ts = require("typescript");
import { localOf } from "./internals.ts";
import type { ParsedCell } from "../transform/parse.ts";

/**
 * Whether "used before being assigned" (TS2454) is said of a name that a function reads: when that
 * runs, a later cell may have assigned it. TypeScript believes to see all of a module.
 */
export function mayBeAssignedLater(diagnostic: ts.Diagnostic, { file }: ParsedCell, start: number): boolean {
  if (diagnostic.code !== usedBeforeAssigned || diagnostic.start === undefined) return false;
  const position = diagnostic.start - start;
  let node: ts.Node = file;
  for (let inner: ts.Node | undefined = file; inner; ) {
    node = inner;
    inner = ts.forEachChild(node, each => (each.pos <= position && position < each.end ? each : undefined));
  }
  if (!ts.isIdentifier(node) || !isDeclaredAtTop(node, file)) return false;
  for (let each: ts.Node = node; !ts.isSourceFile(each); each = each.parent) if (runsLater(each)) return true;
  return false;
}

const usedBeforeAssigned = 2454;

function isDeclaredAtTop(name: ts.Identifier, file: ts.SourceFile): boolean {
  for (let scope: ts.Node = name.parent; scope !== file; scope = scope.parent) {
    if (localOf(scope, name.text)) return false;
  }
  return true;
}

/** A function that is not called on the spot, and the initial value of an instance's field. */
function runsLater(node: ts.Node): boolean {
  if (ts.isPropertyDeclaration(node)) return !isStatic(node);
  return ts.isFunctionLike(node) && !isCalledAtOnce(node);
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;
}

function isCalledAtOnce(node: ts.Node): boolean {
  if (!ts.isFunctionExpression(node) && !ts.isArrowFunction(node)) return false;
  let callee: ts.Node = node;
  while (ts.isParenthesizedExpression(callee.parent)) callee = callee.parent;
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee && !node.asteriskToken;
}
