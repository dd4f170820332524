import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../../src");

/** What starts in the thread that runs cells. */
const programs = ["kernel/protocol/start.ts", "kernel/process/host.ts"];

/** What a cell may put in the place of node's own, and stop. */
const replaceable = new Set([
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate"],
  ...["queueMicrotask", "nextTick", "performance", "hrtime", "Date"],
]);

const parsed = (file: string) =>
  ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest, true);

/** The files of ours that a file loads. */
function loaded(file: ts.SourceFile): string[] {
  const own = (node: ts.Node): string[] => {
    const names = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
    const typesOnly = ts.isImportDeclaration(node)
      ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      : ts.isExportDeclaration(node) && node.isTypeOnly;
    const called =
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
    const specifier = typesOnly ? undefined : (names ?? called);
    const found: string[] = [];
    if (specifier && ts.isStringLiteral(specifier) && specifier.text.startsWith(".")) {
      found.push(relative(root, resolve(root, dirname(file.fileName), specifier.text)));
    }
    ts.forEachChild(node, each => {
      found.push(...own(each));
    });
    return found;
  };
  return own(file);
}

function reached(): ts.SourceFile[] {
  const files = new Map<string, ts.SourceFile>();
  const visit = (name: string): void => {
    if (files.has(name)) return;
    const file = parsed(name);
    files.set(name, file);
    for (const each of loaded(file)) visit(each);
  };
  for (const each of programs) visit(each);
  return [...files.values()];
}

/** Places where a file asks the present global object for a timer or the time. */
function asked(file: ts.SourceFile): string[] {
  const imported = new Set(
    file.statements
      .filter(ts.isImportDeclaration)
      .filter(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text.endsWith("/timers.ts"))
      .flatMap(({ importClause: clause }) => (clause?.namedBindings as ts.NamedImports | undefined)?.elements ?? [])
      .map(each => each.name.text),
  );
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isIdentifier(node) &&
      replaceable.has(node.text) &&
      !imported.has(node.text) &&
      !ts.isTypeNode(node.parent)
    ) {
      const of =
        ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent.expression : node;
      const isNodes = of === node ? !ts.isImportSpecifier(node.parent) : /^(process|globalThis)$/.test(of.getText());
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      if (isNodes) found.push(`${file.fileName}:${line + 1} ${node.text}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it("what runs in the thread of cells has timers and a clock of its own", () => {
  // What other rooms lend the kernel runs in a page, or asks for no time.
  const files = reached().filter(({ fileName }) => /^kernel\/(?!timers\.ts)/.test(fileName));
  expect(files.length).toBeGreaterThan(80);
  expect(files.flatMap(asked)).toEqual([]);
});
