import ts = require("typescript");
import type { Inspection } from "../cellChecker.ts";
import type { View } from "../views.ts";
import { internals } from "../internals.ts";
import { documented, type Documented } from "./documentation.ts";
import { signatureAt } from "./signature.ts";

/**
 * What the name at a position is: its type and its documentation; between the parentheses of a call,
 * the signature of what is called.
 */
export function inspectionAt(view: View, position: number, detail: 0 | 1): Inspection | undefined {
  const found =
    nameAt(view, position) ??
    signatureAt(view, position, detail) ??
    calledBefore(view, position) ??
    nameBefore(view, position);
  return found && documented(found, detail);
}

/** The name that the cursor is in or right behind of. */
function nameAt(view: View, position: number): Documented | undefined {
  const { file, checker } = view;
  for (const place of [position, position - 1]) {
    const node = internals.getTouchingPropertyName(file, place);
    if (node === file || !isName(node) || position > node.end) continue;
    const symbol = symbolAt(node, checker);
    if (symbol) return describe(view, symbol, node);
  }
  return undefined;
}

/** `f(1)|`: what the call before the cursor calls, as the cursor on its name shows it. */
function calledBefore(view: View, position: number): Documented | undefined {
  const { file, checker } = view;
  const end = file.text.slice(0, position).replace(/[^\S\n]*;?[^\S\n]*$/, "").length;
  if (!/[)`]/.test(file.text.charAt(end - 1))) return undefined;
  const token = internals.getTokenAtPosition(file, end - 1);
  const call = ts.findAncestor(token, node => (node.end === end ? isCall(node) : "quit"));
  if (!call) return undefined;
  const signature = checker.getResolvedSignature(call as ts.CallLikeExpression);
  const unnamed = signature && { code: checker.signatureToString(signature), text: "", tags: [] };
  return nameAt(view, calleeOf(call).end) ?? unnamed;
}

function isCall(node: ts.Node): boolean {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node);
}

/** What stands before the arguments of a call, and of the calls that give what is called. */
function calleeOf(node: ts.Node): ts.Node {
  if (ts.isTaggedTemplateExpression(node)) return calleeOf(node.tag);
  const holds = isCall(node) || ts.isNonNullExpression(node) || ts.isParenthesizedExpression(node);
  return holds ? calleeOf((node as ts.CallExpression).expression) : node;
}

/** `row  |`: nothing at the cursor, so what is before it on the line. */
function nameBefore(view: View, position: number): Documented | undefined {
  const line = view.file.text.slice(0, position).split("\n").at(-1) ?? "";
  const name = /[\p{ID_Continue}$]+(?=[^\p{ID_Continue}$]*$)/u.exec(line);
  return name ? nameAt(view, position - line.length + name.index) : undefined;
}

function describe({ file, checker }: View, symbol: ts.Symbol, node: ts.Node): Documented {
  const { displayParts, documentation, tags } = internals.SymbolDisplay.getSymbolDisplayPartsDocumentationAndSymbolKind(
    checker,
    symbol,
    file,
    internals.getContainerNode(node),
    node,
  );
  const code = ts
    .displayPartsToString(displayParts)
    .replace(/^\(alias\) /, "")
    .replace(/\nimport [\w$]+$/, "");
  return {
    code: namespaceImport(node, checker) ?? code,
    text: ts.displayPartsToString(documentation),
    tags: tags ?? [],
  };
}

/** The import that gives a whole module its name; the module itself would show as a path. */
function namespaceImport(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  const declaration = checker.getSymbolAtLocation(node)?.declarations?.[0];
  return declaration && ts.isNamespaceImport(declaration)
    ? declaration.parent.parent.getText().replace(/;$/, "")
    : undefined;
}

function symbolAt(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = expectedProperty(node, checker) ?? checker.getSymbolAtLocation(node);
  if (!symbol || !(symbol.flags & ts.SymbolFlags.Alias)) return symbol;
  const meant = checker.getAliasedSymbol(symbol);
  return checker.isUnknownSymbol(meant) ? symbol : meant;
}

/** `units` in `dense({ units: 2 })` is the option of the function, which has the documentation. */
function expectedProperty(node: ts.Node, checker: ts.TypeChecker): ts.Symbol | undefined {
  const property = internals.getContainingObjectLiteralElement(node);
  const expected = property && checker.getContextualType(property.parent);
  const found = expected && internals.getPropertySymbolsFromContextualType(property, checker, expected, false);
  return found?.length === 1 ? found[0] : undefined;
}

function isName(node: ts.Node): boolean {
  return ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}
