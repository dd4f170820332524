import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { LocalChecker } from "../../../src/kernel/index.ts";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";
import { cells, grid, mutantsOf } from "./cells.ts";
import { languageServiceOf } from "./languageService.ts";

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace({ "src/grid.ts": grid });
});
afterAll(() => workspace.remove());

/** A cell that replaces the last of the cells before it, and what our checker said of it. */
interface Mutant {
  source: string;
  before: string;
  found: string[];
}

/** What our messages add to TypeScript's. */
const advice = / (?:Add: import .*|Cell \d+ declares it, but did not run\.)$/;

/** What our messages say in place of TypeScript's, of a package that is not there. */
const whereabouts = /: there is none in the node_modules of .*$/;

/** TypeScript guesses names ten times only, wherever those are. */
const withoutGuess = (found: string[]): string[] =>
  [...new Set(found.map(each => each.replace(/TS2552 (.*) Did you mean '.*'\?$/, "TS2304 $1")))].sort();

/** One checker that sees all mutants of each cell and then the cell itself. */
async function checkAll(): Promise<Mutant[]> {
  const checker = new LocalChecker(workspace.notebooks);
  const mutants: Mutant[] = [];
  let before = "";
  let id = 0;
  for (const cell of cells) {
    for (const source of mutantsOf(cell)) {
      const { problems } = await checker.check({ id: ++id, cell: id, source });
      const found = problems.map(
        ({ line, column, code, message }) =>
          `${line}:${column} TS${code} ${message.replace(advice, "").replace(whereabouts, " or its corresponding type declarations.")}`,
      );
      mutants.push({ source, before, found });
    }
    await checker.commit({ id, finished: Array.from({ length: 10 }, (_, index) => index) });
    before += `${cell}\n`;
  }
  return mutants;
}

it("finds in mutated cells what TypeScript finds in the whole notebook written as one file", async () => {
  const mutants = await checkAll();
  const files = new Map(
    mutants.map(({ before, source }, index) => [
      path.join(workspace.notebooks, `notebook${index}.ts`),
      before + source,
    ]),
  );
  const service = languageServiceOf(files, workspace.notebooks);
  const differences = [...files.keys()].flatMap((file, index) => {
    const { source, before, found } = mutants[index] as Mutant;
    const expected = errorsIn(service, file, before.length);
    return isDeepStrictEqual(withoutGuess(found), withoutGuess(expected)) ? [] : [{ source, found, expected }];
  });
  expect(differences).toEqual([]);
  expect(mutants.length).toBeGreaterThan(300);
  expect(mutants.filter(each => each.found.length > 0).length).toBeGreaterThan(200);
  expect(new Set(mutants.flatMap(each => each.found.map(text => /TS\d+/.exec(text)?.[0]))).size).toBeGreaterThan(25);
});

/** The errors after `start`, each with its place counted from there. */
function errorsIn(service: ts.LanguageService, file: string, start: number): string[] {
  const syntax = service.getSyntacticDiagnostics(file);
  const found: readonly ts.Diagnostic[] = syntax.length > 0 ? syntax : service.getSemanticDiagnostics(file);
  return found
    .filter(each => each.category === ts.DiagnosticCategory.Error && (each.start ?? 0) >= start)
    .map(each => {
      const text = each.file?.text.slice(start, each.start) ?? "";
      const place = `${text.split("\n").length}:${text.length - text.lastIndexOf("\n")}`;
      return `${place} TS${each.code} ${ts.flattenDiagnosticMessageText(each.messageText, "\n")}`;
    });
}

it("knows all names that count after hundreds of cells", async () => {
  workspace.write("src/kept.ts", "export const kept = 1;\n");
  const notebook = new Notebook(workspace.notebooks);
  const importing = 'import { kept } from "../src/kept.ts"; kept.toFixed() + 1';
  expect(await notebook.value(importing)).toBe("'11'");
  await notebook.value("declare global { var everywhere: number }\nglobalThis.everywhere = 3; 0");
  await notebook.value("interface Row { id: number } class Box { row: Row = { id: 4 } }\nconst first = new Box(); 0");
  await notebook.value("interface Row { name: string } let count = 0; const kept = 'other'; 0");
  for (let cell = 0; cell < 260; cell++) await notebook.value("const last = count++; last");
  expect(await notebook.value("first.row.id + count + last + everywhere + kept.length")).toBe("531");
  expect((await notebook.error("const r: Row = first.row;")).diagnostics?.[0]?.code).toBe(2741);
  expect(await notebook.value(importing)).toBe("'11'");
  notebook.engine.dispose();
});
