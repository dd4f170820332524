import ts = require("typescript");
import { type BoundFile, localOf } from "../check/internals.ts";
import { forEachReference, isExported, isTopLevel } from "../transform/references.ts";

/**
 * Whether a local file is an ES module or CommonJS: by its extension; else by the nearest package.json
 * where that says "module"; else by its text, as node does.
 */
export function formatOf(file: BoundFile): "module" | "commonjs" {
  if (/\.c[jt]s$/.test(file.fileName)) return "commonjs";
  if (/\.m[jt]s$/.test(file.fileName)) return "module";
  if (file.statements.some(each => ts.isExportAssignment(each) && each.isExportEquals)) return "commonjs";
  if (hasEsSyntax(file)) return "module";
  if (file.statements.some(isRequireAssignment)) return "commonjs";
  if (packageType(file.fileName) === "module") return "module";
  return usesCommonNames(file) ? "commonjs" : "module";
}

function hasEsSyntax(file: ts.SourceFile): boolean {
  const top = file.statements.some(
    each =>
      ts.isImportDeclaration(each) || ts.isExportDeclaration(each) || ts.isExportAssignment(each) || isExported(each),
  );
  return top || hasMetaOrAwait(file);
}

function hasMetaOrAwait(node: ts.Node, inside = false): boolean {
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return true;
  if (!inside && (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier))) return true;
  const within = inside || ts.isFunctionLike(node) || ts.isClassLike(node);
  return ts.forEachChild(node, child => hasMetaOrAwait(child, within) || undefined) ?? false;
}

/** `import x = require("…")`, without a word of ES modules beside it. */
function isRequireAssignment(statement: ts.Statement): boolean {
  return ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference);
}

/** Names that only a CommonJS module has, where the file declares none of its own. */
function usesCommonNames(file: BoundFile): boolean {
  if (!commonNames.some(name => file.identifiers.has(name))) return false;
  let found = false;
  forEachReference(file, each => {
    if (!commonNames.includes(each.text) || !isTopLevel(each)) return;
    const own = localOf(file, each.text)?.declarations;
    // The binder itself gives `module` and `exports` to a JavaScript file, as the file's own symbols.
    found ||= !own?.some(declaration => !ts.isSourceFile(declaration) && !ts.isIdentifier(declaration));
  });
  return found;
}

const commonNames = ["module", "exports", "require", "__filename", "__dirname"];

/** What the package.json that a file belongs to says. */
function packageType(file: string): unknown {
  const folder = ts.sys.resolvePath(`${file}/..`);
  const found = ts.findConfigFile(folder, ts.sys.fileExists, "package.json");
  if (found === undefined) return undefined;
  try {
    return (JSON.parse(ts.sys.readFile(found) ?? "{}") as { type?: unknown }).type;
  } catch {
    return undefined;
  }
}
