import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { isDeprecated, withoutDocumentation } from "../../../src/kernel/check/lazyDocumentation.ts";
import { repository } from "../support.ts";

/** A library with classes that inherit their comments, functions with overloads, parameters, variables, deprecations. */
const library = path.join(repository, "node_modules/@tensorflow/tfjs-layers/dist/index.d.ts");

function programOf(jsDocParsingMode: ts.JSDocParsingMode): ts.Program {
  const options = { lib: ["lib.es2023.d.ts"], types: [], target: ts.ScriptTarget.ESNext, skipLibCheck: true };
  return ts.createProgram([library], options, { ...ts.createCompilerHost(options), jsDocParsingMode });
}

/** All that is said of each named declaration: by its symbol, its signature, and whether it is deprecated. */
function documentationOf(program: ts.Program): Map<string, string> {
  const checker = program.getTypeChecker();
  const found = new Map<string, string>();
  for (const file of program.getSourceFiles()) {
    const visit = (node: ts.Node): void => {
      const name = (node as ts.NamedDeclaration).name;
      const symbol = name && checker.getSymbolAtLocation(name);
      const signature = ts.isFunctionLike(node) ? checker.getSignatureFromDeclaration(node) : undefined;
      const texts = [symbol, signature].map(each => [
        ts.displayPartsToString(each?.getDocumentationComment(checker)),
        each?.getJsDocTags(checker).map(tag => [tag.name, ts.displayPartsToString(tag.text)]),
      ]);
      const text = JSON.stringify([...texts, symbol !== undefined && isDeprecated(symbol)]);
      if (/[a-z]{4}/.test(text.replace(/null|true|false/g, ""))) found.set(`${file.fileName}:${node.pos}`, text);
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return found;
}

it("finds what a parser finds that reads all comments at once", () => {
  const expected = documentationOf(programOf(ts.JSDocParsingMode.ParseAll));
  const found = documentationOf(programOf(withoutDocumentation));
  expect(expected.size).toBeGreaterThan(2000);
  expect([...expected.values()].filter(each => each.endsWith("true]")).length).toBeGreaterThan(5);
  expect([...found].filter(([place, text]) => expected.get(place) !== text)).toEqual([]);
  expect(found.size).toBe(expected.size);
});

it("leaves the comments of files unread until then", () => {
  const program = programOf(withoutDocumentation);
  program.getTypeChecker();
  let read = 0;
  const visit = (node: ts.Node & { jsDoc?: unknown[] }): void => {
    read += node.jsDoc?.length ?? 0;
    ts.forEachChild(node, visit);
  };
  program.getSourceFiles().forEach(visit);
  expect(read).toBe(0);
});

it("says as the compiler does what is deprecated", () => {
  const program = programOf(ts.JSDocParsingMode.ParseAll);
  const checker = program.getTypeChecker();
  const { isDeprecatedDeclaration } = ts as unknown as { isDeprecatedDeclaration(node: ts.Node): boolean };
  let deprecated = 0;
  for (const file of program.getSourceFiles()) {
    const visit = (node: ts.Node): void => {
      const name = (node as ts.NamedDeclaration).name;
      const symbol = name && checker.getSymbolAtLocation(name);
      const expected = symbol?.declarations?.every(isDeprecatedDeclaration) ?? false;
      if (symbol) expect(isDeprecated(symbol), `${file.fileName}: ${symbol.name}`).toBe(expected);
      if (expected) deprecated++;
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  expect(deprecated).toBeGreaterThan(5);
});
