import ts = require("typescript");
import { internals } from "./internals.ts";

/**
 * Library files are parsed without their JSDoc, which is a fifth of what they take in time and memory. Its comments are
 * read when TypeScript asks a symbol or a signature for its documentation, as it does wherever it shows some, that of
 * base classes included.
 */
const { objectAllocator } = internals;
documentFirst(
  objectAllocator.getSymbolConstructor().prototype,
  ["getDocumentationComment", "getContextualDocumentationComment", "getJsDocTags", "getContextualJsDocTags"],
  symbol => symbol.declarations,
);
documentFirst(objectAllocator.getSignatureConstructor().prototype, ["getDocumentationComment", "getJsDocTags"], each =>
  each.declaration ? [each.declaration] : [],
);

/** How library files are parsed: JavaScript has types in its JSDoc. */
export const withoutDocumentation = ts.JSDocParsingMode.ParseForTypeInfo;

/** Whether all declarations of a symbol are `@deprecated`, be their comments read or not. */
export function isDeprecated({ declarations = [] }: ts.Symbol): boolean {
  return declarations.length > 0 && declarations.every(isDeprecatedDeclaration);
}

function isDeprecatedDeclaration(declaration: ts.Node): boolean {
  const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  const { text } = declaration.getSourceFile();
  return [declaration, statement].some(node =>
    commentsOf(node, text).some(({ pos, end }) => /@deprecated\b/.test(text.slice(pos, end))),
  );
}

type Method = (this: object, ...args: unknown[]) => unknown;

function documentFirst<Asked extends object>(
  prototype: Asked,
  names: readonly string[],
  declarationsOf: (asked: Asked) => readonly ts.Node[] | undefined,
): void {
  for (const name of names) {
    const method = Reflect.get(prototype, name) as Method;
    const documented: Method = function (this: object, ...args) {
      for (const declaration of declarationsOf(this as Asked) ?? []) documentAll(declaration);
      return method.apply(this, args);
    };
    Object.defineProperty(prototype, name, { value: documented, configurable: true, writable: true });
  }
}

/** A parameter is documented where its function is, a variable where its statement is. */
function documentAll(declaration: ts.Node): void {
  for (let node = declaration; node && !ts.isSourceFile(node); node = node.parent) document(node);
}

function document(node: ts.Node & { jsDoc?: ts.JSDoc[] }): void {
  if (node.jsDoc?.length || !internals.canHaveJSDoc(node)) return;
  const { text } = node.getSourceFile();
  const found = commentsOf(node, text).flatMap(
    ({ pos, end }) => internals.parseIsolatedJSDocComment(text, pos, end - pos)?.jsDoc ?? [],
  );
  if (found.length === 0) return;
  for (const comment of found) Object.assign(comment, { parent: node });
  node.jsDoc = found;
}

function commentsOf(node: ts.Node, text: string): readonly ts.CommentRange[] {
  return internals.getJSDocCommentRanges(node, text) ?? [];
}
