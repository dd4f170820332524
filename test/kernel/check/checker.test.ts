import { afterAll, beforeAll, describe, expect, it } from "vitest";
import ts from "typescript";
import { PersistentChecker } from "../../../src/kernel/check/checker.ts";
import { NotebookTypes } from "../../../src/kernel/check/notebookTypes.ts";
import { parseCell } from "../../../src/kernel/transform/parse.ts";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";
import { cells, grid, mutations } from "./cells.ts";
import { LanguageServiceChecker } from "./languageService.ts";

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace({ "src/grid.ts": grid });
});
afterAll(() => workspace.remove());

it("finds what a fresh language service finds, over mutated cells", () => {
  const checker = new PersistentChecker(workspace.notebooks);
  const oracle = new LanguageServiceChecker(workspace.notebooks);
  const types = new NotebookTypes();
  let count = 0;
  let checkedCells = 0;
  let withErrors = 0;
  const differences: string[] = [];
  const compare = (source: string): string => {
    const cell = parseCell(source);
    const name = `__cell_${++count}.ts`;
    const { text } = types.moduleFor(cell);
    const ours = errorsOf(checker.check(name, text).diagnostics);
    const theirs = errorsOf(oracle.check(name, text));
    checkedCells++;
    if (theirs) withErrors++;
    if (ours !== theirs) differences.push(`${source}\n  ours   ${ours}\n  theirs ${theirs}`);
    return name;
  };
  for (const cell of cells) {
    for (const mutate of mutations) {
      const mutant = mutate(cell);
      if (mutant !== cell) compare(mutant);
    }
    const name = compare(cell);
    types.commit(parseCell(cell).declarations, name);
  }
  expect(differences).toEqual([]);
  expect(checkedCells).toBeGreaterThan(100);
  expect(withErrors).toBeGreaterThan(60);
});

describe("programs", () => {
  it("are made once for the first cell and once for each new package", () => {
    const checker = new PersistentChecker(workspace.notebooks);
    checker.check("a.ts", "export const a = 1;");
    checker.check("b.ts", "export const b = [1].map(String);");
    expect(checker.builds).toBe(1);
    checker.check("c.ts", 'import { randomNormal } from "d3-random"; export const c = randomNormal();');
    expect(checker.builds).toBe(2);
    checker.check(
      "d.ts",
      'import { randomUniform } from "d3-random"; import fs from "node:fs"; export const d = [randomUniform, fs];',
    );
    expect(checker.builds).toBe(2);
  });
});

it("sees an edit of a module that the imported module imports", async () => {
  workspace.write("src/leaf.ts", "export const leaf = 1;\n");
  workspace.write("src/branch.ts", 'import { leaf } from "./leaf.ts";\nexport const branch = () => leaf;\n');
  const notebook = new Notebook(workspace.notebooks);
  const source = 'import { branch } from "../src/branch.ts"; const n: number = branch(); n';
  expect(await notebook.value(source)).toBe("1");
  workspace.write("src/leaf.ts", 'export const leaf = "one";\n');
  expect((await notebook.error(source)).diagnostics?.[0]).toMatchObject({ code: 2322 });
  workspace.write("src/leaf.ts", "export const leaf = 2;\n");
  expect(await notebook.value(source)).toBe("2");
  notebook.engine.dispose();
});

function errorsOf(diagnostics: readonly ts.Diagnostic[]): string {
  const errors = diagnostics.filter(each => each.category === ts.DiagnosticCategory.Error);
  return [...new Set(errors.map(each => `${each.start}:${each.length}:TS${each.code}`))].sort().join(" ");
}
