import ts = require("typescript");
import { internals, localOf, symbolOf } from "../check/internals.ts";
import { isLoopHead } from "./variables.ts";

/**
 * Calls `found` for every identifier in `root` that is read or written as a value, names of
 * properties, labels and everything in a type left out.
 */
export function forEachReference(root: ts.Node, found: (identifier: ts.Identifier) => void): void {
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (isReference(node)) found(node);
      return;
    }
    if (isErased(node)) return;
    ts.forEachChild(node, visit);
  };
  visit(root);
}

/** Whether TypeScript removes this node, so that nothing in it runs. */
export function isErased(node: ts.Node): boolean {
  if (ts.isExpressionWithTypeArguments(node)) return false;
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isHeritageClause(node)) return node.token === ts.SyntaxKind.ImplementsKeyword;
  return isAmbient(node);
}

/** A namespace that holds types and nothing else: nothing of it runs. */
export function isOnlyTypes(node: ts.ModuleDeclaration): boolean {
  return internals.getModuleInstanceState(node) === 0;
}

/** `declare …`, or a function without a body (an overload). */
export function isAmbient(node: ts.Node): boolean {
  if (!ts.canHaveModifiers(node)) return false;
  return ts.getModifiers(node)?.some(modifier => modifier.kind === ts.SyntaxKind.DeclareKeyword) ?? false;
}

function isReference(node: ts.Identifier): boolean {
  const parent = node.parent;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node) return true;
  // `export default name`, which may be a type to TypeScript and is a value here.
  if (ts.isExportAssignment(parent)) return true;
  const named = parent as ts.Node & { name?: ts.Node; propertyName?: ts.Node; label?: ts.Node };
  if (named.name === node || named.propertyName === node || named.label === node) return false;
  return internals.isExpressionNode(node);
}

/**
 * Whether `identifier` means the name at the top of its file, not one of an inner scope.
 *
 * Inside a class, enum or namespace its own name counts as inner: the initialiser of a static
 * field runs before the declaration is finished.
 */
export function isTopLevel(identifier: ts.Identifier): boolean {
  const name = identifier.text;
  let child: ts.Node = identifier;
  for (let node: ts.Node = identifier.parent; node; child = node, node = node.parent) {
    if (ts.isSourceFile(node)) return true;
    const local = localOf(node, name);
    if (local && local.flags & valueFlags) return false;
    if (hasOwnName(node, name)) return false;
    if (
      (ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) &&
      symbolOf(node)?.exports?.has(ts.escapeLeadingUnderscores(name))
    )
      return false;
    // `const { a, b = a } = …`: the pattern reads its own names before the statement is done.
    if (
      ts.isVariableDeclaration(node) &&
      child === node.name &&
      declaredNames(node.name).includes(name) &&
      !isLoopHead(node.parent)
    )
      return false;
  }
  return true;
}

function hasOwnName(node: ts.Node, name: string): boolean {
  if (ts.isFunctionExpression(node) || ts.isClassLike(node) || ts.isEnumDeclaration(node))
    return node.name?.text === name;
  return ts.isModuleDeclaration(node) && node.name.text === name;
}

/** The names that a binding declares: `x`, or all of a destructuring pattern. */
export function declaredNames(binding: ts.BindingName): string[] {
  if (ts.isIdentifier(binding)) return [binding.text];
  return binding.elements.flatMap(element => (ts.isOmittedExpression(element) ? [] : declaredNames(element.name)));
}

// A type parameter may have the name of a value; it does not hide it. An alias is an import.
const valueFlags = ts.SymbolFlags.Value | ts.SymbolFlags.Alias;

/**
 * Rewrites one reference to `replacement`, an expression such as `$.x`.
 *
 * A call gets `(0, $.f)(…)`, because `$.f(…)` would pass `$` as `this`.
 */
export function replacementFor(identifier: ts.Identifier, replacement: string): string {
  const parent = identifier.parent;
  if (ts.isShorthandPropertyAssignment(parent)) return `${identifier.text}:${replacement}`;
  const called =
    (ts.isCallExpression(parent) && parent.expression === identifier) ||
    (ts.isTaggedTemplateExpression(parent) && parent.tag === identifier);
  return called ? `(0,${replacement})` : replacement;
}

/** A prefix for our own names that no identifier of the text starts with. */
export function freshPrefix(identifiers: Iterable<string>): string {
  const taken = [...identifiers].filter(name => name.startsWith("$"));
  let prefix = "$";
  while (taken.some(name => name.startsWith(prefix))) prefix += "_";
  return prefix;
}

/** Names used as values, by code, by `export { name }` or by an `import x = name.y` that is used or exported. */
export function valuesUsed(file: ts.SourceFile): Set<string> {
  const used = new Set<string>();
  forEachReference(file, identifier => used.add(identifier.text));
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier || statement.isTypeOnly) continue;
    if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) continue;
    for (const element of statement.exportClause.elements) used.add((element.propertyName ?? element.name).text);
  }
  // The last first: `import B = A.x` may itself need what an earlier `import A = N.y` names.
  for (const statement of [...file.statements].reverse()) {
    if (!ts.isImportEqualsDeclaration(statement) || statement.isTypeOnly) continue;
    if (!used.has(statement.name.text) && !isExported(statement)) continue;
    const source = aliasedName(statement);
    if (source) used.add(source.text);
  }
  return used;
}

/** Whether a declaration says `export`. */
export function isExported(statement: ts.Node): boolean {
  if (!ts.canHaveModifiers(statement)) return false;
  return ts.getModifiers(statement)?.some(each => each.kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Whether a name of a file's own stands for something that runs. */
export function isValue(symbol: ts.Symbol | undefined): boolean {
  return symbol !== undefined && (symbol.flags & (ts.SymbolFlags.Value | ts.SymbolFlags.ExportValue)) !== 0;
}

/** Whether a name of a file that imports nothing by it may stand for something that runs. */
export function mayRun(file: ts.SourceFile, name: string): boolean {
  const symbol = localOf(file, name);
  const isAlias = symbol?.declarations?.some(each => ts.isImportEqualsDeclaration(each) && !each.isTypeOnly);
  return symbol === undefined || isAlias === true || isValue(symbol);
}

/** Where the dots of a name such as `N.y.z` are. */
export function dotsIn(name: ts.ModuleReference): number[] {
  if (!ts.isQualifiedName(name)) return [];
  const dot = name.getChildren().find(each => each.kind === ts.SyntaxKind.DotToken);
  return [...dotsIn(name.left), ...(dot ? [dot.getStart()] : [])];
}

/** The `N` of `import x = N.y.z`. */
export function aliasedName({ moduleReference }: ts.ImportEqualsDeclaration): ts.Identifier | undefined {
  if (ts.isExternalModuleReference(moduleReference)) return undefined;
  let name: ts.EntityName = moduleReference;
  while (ts.isQualifiedName(name)) name = name.left;
  return name;
}
