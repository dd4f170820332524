import ts = require("typescript");
import type { ParsedCell } from "./parse.ts";
import { declaredNames, forEachReference, isTopLevel } from "./references.ts";

/** What a cell has to do with the names of its notebook. */
export interface CellNames {
  /** Names that it declares, each with the names that its functions read when they are called later. */
  defines: { name: string; statement: number; reads: string[] }[];
  /** Names of other cells that it mentions. */
  uses: string[];
  /** Names, its own too, that it reads while it runs, and not only in functions that it leaves behind. */
  reads: string[];
  /** Names of other cells that it assigns to, or to whose properties it does. */
  changes: string[];
}

/** The names that a cell defines, uses and changes; `known` are the notebook's names. */
export function namesOfCell({ file, declarations }: ParsedCell, known: Pick<ReadonlySet<string>, "has">): CellNames {
  const own = new Set(declarations.map(each => each.name));
  const uses = new Set<string>();
  const reads = new Set<string>();
  const changes = new Set<string>();
  const later = new Map<string, Set<string>>();
  const note = (identifier: ts.Identifier) => {
    const name = identifier.text;
    if (!isTopLevel(identifier) || !(own.has(name) || known.has(name))) return;
    const owners = laterOwners(identifier);
    for (const owner of owners) later.set(owner, (later.get(owner) ?? new Set()).add(name));
    if (owners.length === 0 && !isPlainTarget(identifier)) reads.add(name);
    if (own.has(name)) return;
    uses.add(name);
    if (isChanged(identifier)) changes.add(name);
  };
  forEachReference(file, note);
  for (const name of typesIn(file)) if (known.has(name) && !own.has(name)) uses.add(name);
  const defines = declarations
    .filter(each => each.kind !== "ambient")
    .map(({ name, statement }) => ({
      name,
      statement,
      reads: [...(later.get(name) ?? [])].filter(each => each !== name),
    }));
  return { defines, uses: [...uses], reads: [...reads], changes: [...changes] };
}

function typesIn(file: ts.SourceFile): Set<string> {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) || ts.isTypeQueryNode(node)) {
      let name: ts.EntityName = ts.isTypeReferenceNode(node) ? node.typeName : node.exprName;
      while (ts.isQualifiedName(name)) name = name.left;
      found.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** The names of the cell in whose functions a reference stands, so that it is read when those are called. */
function laterOwners(identifier: ts.Identifier): string[] {
  let owners: string[] = [];
  for (let node: ts.Node = identifier; !ts.isSourceFile(node); node = node.parent) {
    if (ts.isFunctionDeclaration(node) && node.name) owners = [node.name.text];
    else if (ts.isClassElement(node) && !isStaticPart(node) && ts.isClassLike(node.parent))
      owners = ownersOf(node.parent);
    else if (ts.isFunctionExpression(node) || ts.isArrowFunction(node) || isObjectMethod(node)) {
      const found = ownersOf(node);
      if (found.length > 0) owners = found;
    }
  }
  return owners;
}

/** `const f = () => …`, `f = function …`, `class A`, `const A = class …`, `const o = { f() … }`: the names. */
function ownersOf(node: ts.Node): string[] {
  if (ts.isClassDeclaration(node)) return node.name ? [node.name.text] : [];
  const { parent } = node;
  if (isObjectMethod(node)) return ownersOf(parent);
  if (ts.isVariableDeclaration(parent)) return declaredNames(parent.name);
  if (ts.isBinaryExpression(parent) && isAssignment(parent) && ts.isIdentifier(parent.left)) return [parent.left.text];
  if (ts.isPropertyAssignment(parent)) return ownersOf(parent.parent);
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) return ownersOf(parent);
  return [];
}

function isObjectMethod(node: ts.Node): boolean {
  return (ts.isMethodDeclaration(node) || ts.isAccessor(node)) && ts.isObjectLiteralExpression(node.parent);
}

function isStaticPart(node: ts.ClassElement): boolean {
  if (ts.isClassStaticBlockDeclaration(node)) return true;
  if (!ts.isPropertyDeclaration(node)) return false;
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Static) !== 0;
}

function isAssignment({ operatorToken }: ts.BinaryExpression): boolean {
  const { kind } = operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** `x = 1` writes and does not read. */
function isPlainTarget(identifier: ts.Identifier): boolean {
  const { parent } = identifier;
  const isPlain = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isPlain && parent.left === identifier;
}

/** Whether a name is the target of an assignment, as it is, with a property, or in a pattern. */
function isChanged(identifier: ts.Identifier): boolean {
  let node: ts.Node = identifier;
  while (
    ((ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent)) &&
      node.parent.expression === node) ||
    ts.isNonNullExpression(node.parent) ||
    ts.isParenthesizedExpression(node.parent)
  ) {
    node = node.parent;
  }
  return isTarget(node);
}

function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) return parent.left === node && isAssignment(parent);
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    return parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
  }
  if (ts.isDeleteExpression(parent)) return true;
  if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === node;
  const isPart =
    ts.isArrayLiteralExpression(parent) ||
    ts.isSpreadElement(parent) ||
    ts.isSpreadAssignment(parent) ||
    (ts.isPropertyAssignment(parent) && parent.initializer === node) ||
    ts.isShorthandPropertyAssignment(parent);
  if (!isPart) return false;
  return isTarget(
    ts.isPropertyAssignment(parent) || ts.isShorthandPropertyAssignment(parent) || ts.isSpreadAssignment(parent)
      ? parent.parent
      : parent,
  );
}
