import ts = require("typescript");
import type { BoundFile } from "../check/internals.ts";

/**
 * A cell that is one object literal, such as `{ a: 1 }`, which by the letter is a block with a label:
 * its file, with the literal as its only statement, every node at its place in `source`.
 *
 * As in Node's REPL, a `;` after it or a statement in it leaves it a block.
 */
export function objectCell(source: string, bind: (text: string) => BoundFile): BoundFile | undefined {
  if (!mayBeObject.test(source)) return undefined;
  const file = bind(`(${source}\n)`);
  const [statement, ...others] = file.statements;
  if (file.parseDiagnostics.length > 0 || others.length > 0 || !statement) return undefined;
  if (!ts.isExpressionStatement(statement) || !ts.isParenthesizedExpression(statement.expression)) return undefined;
  const literal = statement.expression.expression;
  if (!ts.isObjectLiteralExpression(literal) || hasDefault(literal)) return undefined;
  moveBack(literal);
  Object.assign(literal, { parent: statement });
  Object.assign(ts.setTextRange(statement, literal), { expression: literal });
  ts.setTextRange(file.statements, literal);
  ts.setTextRange(file.endOfFileToken, { pos: literal.end, end: source.length });
  return Object.assign(ts.setTextRange(file, { pos: 0, end: source.length }), { text: source, lineMap: undefined });
}

/** Whether it is a literal, which its text may be whatever parses it. */
export function isObjectCell(file: ts.SourceFile): boolean {
  const [statement] = file.statements;
  return (
    statement !== undefined && ts.isExpressionStatement(statement) && ts.isObjectLiteralExpression(statement.expression)
  );
}

/** Only what starts with a brace, after comments, is parsed twice. */
const mayBeObject = /^(?:\s|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*\{/;

/** `{ a = 1 }` and `{ b: { a = 1 } }`, which are blocks, although the parser lets an object have it as a pattern does. */
function hasDefault({ properties }: ts.ObjectLiteralExpression): boolean {
  return properties.some(each =>
    ts.isShorthandPropertyAssignment(each)
      ? each.objectAssignmentInitializer !== undefined
      : ts.isPropertyAssignment(each) && ts.isObjectLiteralExpression(each.initializer) && hasDefault(each.initializer),
  );
}

/** Takes the parenthesis before it from every place. */
function moveBack(node: ts.Node): void {
  const move = (range: ts.TextRange) => ts.setTextRange(range, { pos: range.pos - 1, end: range.end - 1 });
  move(node);
  ts.forEachChild(node, moveBack, nodes => {
    move(nodes);
    for (const each of nodes) moveBack(each);
  });
}
