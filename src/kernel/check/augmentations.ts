import ts = require("typescript");
import type { BoundFile } from "./internals.ts";

/** Names of the modules that a file adds to with `declare module "…"` or `declare global`, as the checker wants them. */
export function augmentationsOf(file: ts.SourceFile): ts.ModuleName[] {
  return file.statements.flatMap(each => (ts.isModuleDeclaration(each) && isAugmentation(each) ? [each.name] : []));
}

/** Whether both files declare the same name in the same module: the later replaces the earlier. */
export function replaces(later: BoundFile, earlier: BoundFile): boolean {
  const names = new Set(augmentedNames(later));
  return augmentedNames(earlier).some(each => names.has(each));
}

/** `global/Window`, `mathjs/MathJsInstance`. */
function augmentedNames(file: BoundFile): string[] {
  return file.statements.flatMap(each => {
    if (!ts.isModuleDeclaration(each) || !isAugmentation(each) || !each.body || !ts.isModuleBlock(each.body)) return [];
    return each.body.statements.flatMap(namesIn).map(name => `${each.name.text}/${name}`);
  });
}

function namesIn(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(each => (ts.isIdentifier(each.name) ? [each.name.text] : []));
  }
  const name = (statement as ts.DeclarationStatement).name;
  return name && "text" in name ? [name.text] : [];
}

function isAugmentation(node: ts.ModuleDeclaration): boolean {
  return ts.isStringLiteral(node.name) || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0;
}
