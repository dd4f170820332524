import v8 from "node:v8";
import ts from "typescript";
import { expect, it } from "vitest";
import { CheckerHost } from "../../../src/kernel/check/host.ts";
import { compilerOptions } from "../../../src/kernel/check/internals.ts";
import { releaseText } from "../../../src/kernel/check/lazyText.ts";
import { collectGarbage } from "../../../src/kernel/check/process/garbage.ts";
import { makeWorkspace } from "../support.ts";

/** Each is long enough for V8 to cut it out of the text without a copy. */
const kinds = {
  "a name": "declare const anIdentifierOfSomeLength: 1;",
  "a literal": 'type Text = "a literal of some length";',
  "a number": "declare const n: 1234567890123456;",
  "a template": "type Template = `a template of some length ${string} and its other end`;",
  "a reference": '/// <reference lib="es2015.collection" />\n/// <reference types="a-package-of-some-length" />',
  "a pragma": '/// <reference no-default-lib="true"/>\n/** @jsxImportSource a-package-of-some-length */',
  "a module": 'declare module "a-module-of-some-length" { export const x: 1; }',
};

it.each(Object.entries(kinds))("frees a text in which there is %s", (_what, code) => {
  const length = 8_000_000;
  const parse = () => ts.createSourceFile("a.d.ts", `${code}\n//${"x".repeat(length)}`, ts.ScriptTarget.ESNext);
  const before = longStrings();
  const file = parse();
  const words = wordsOf(file);
  expect(longStrings() - before).toBeGreaterThan(0.9 * length);
  releaseText(file, () => "read again");
  expect(longStrings() - before).toBeLessThan(0.1 * length);
  expect(wordsOf(file)).toEqual(words);
  expect(file.text).toBe("read again");
});

function longStrings(): number {
  collectGarbage();
  return v8.getHeapSpaceStatistics().find(each => each.space_name === "large_object_space")?.space_used_size ?? 0;
}

/** The names and literals of a file. */
function wordsOf(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it("reads the text of a library again from its file, and nothing from one that was edited since", () => {
  const workspace = makeWorkspace();
  const first = workspace.write("first.d.ts", "/** One. */\nexport declare const one: 1;\n");
  const second = workspace.write("second.d.ts", "/** Two. */\nexport declare const two: 2;\n");
  const host = new CheckerHost(workspace.notebooks, compilerOptions);
  const files = [first, second].map(each => host.compilerHost().getSourceFile(each, ts.ScriptTarget.ESNext));
  host.releaseTexts();
  workspace.write("second.d.ts", "export declare const three: 3;\n");
  expect(files.map(each => each?.text)).toEqual(["/** One. */\nexport declare const one: 1;\n", ""]);
  workspace.remove();
});
