import ts = require("typescript");

/** The modules that a file names: in imports, exports, `import()`, `require` assignments, import types and `declare module`. */
export function specifiersIn(file: ts.SourceFile): Set<string> {
  const found = new Set<string>();
  const add = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteralLike(node)) found.add(node.text);
  };
  const javascript = (file.flags & ts.NodeFlags.JavaScriptFile) !== 0;
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier);
    else if (ts.isExternalModuleReference(node)) add(node.expression);
    // In JavaScript, `require` is an import.
    else if (javascript && isRequireCall(node)) add(node.arguments[0]);
    else if (ts.isModuleDeclaration(node)) add(node.name);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node.arguments[0]);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isRequireCall(node: ts.Node): node is ts.CallExpression {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "require";
}
