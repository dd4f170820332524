import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PersistentChecker } from "../../../src/kernel/check/checker.ts";
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

describe("names of earlier cells", () => {
  let checker: LocalChecker;
  let id = 0;
  beforeAll(() => {
    checker = new LocalChecker(workspace.notebooks);
  });

  /** Checks cells one after the other, each of which runs if it may; the codes of the last one. */
  async function codesOf(...sources: string[]): Promise<number[]> {
    let codes: number[] = [];
    for (const source of sources) {
      const { problems } = await checker.check({ id: ++id, cell: id, source });
      codes = problems.map(each => each.code);
      if (codes.length === 0) await checker.commit({ id, finished: [0, 1, 2, 3, 4] });
    }
    return codes;
  }

  it.each<[string, string[], number[]]>([
    ["a const of another type", ["const a = 1;", "const a = 'x';", "a.toUpperCase();"], []],
    ["a const that became let", ["const a = 1;", "let a = 1;", "a = 2;"], []],
    ["a let that became const", ["let a = 1;", "const a = 1;", "a = 2;"], [2588, 2632]],
    ["a class that became a function", ["class A { x = 1 }", "function A() { return 1; }", "A().toFixed();"], []],
    ["a class, and an object of the old one", ["class A { x = 1 }\nlet a = new A();", "class A { y = 1 }", "a.x;"], []],
    [
      "a class, and the new type for the old object",
      ["class A { x = 1 }\nlet a = new A();", "class A { y = 1 }", "a = new A();"],
      [2741],
    ],
    ["an interface", ["interface A { x: 1 }", "interface A { y: 2 }", "const a: A = { y: 2 };"], []],
    ["a type, used by a value that stays", ["type A = 1; const a: A = 1;", "type A = 'x';", "const b: 1 = a;"], []],
    ["a name from itself", ["const a = 1;", "const b = a;", "const a = String(b);", "a.length;"], []],
    ["what a function captured", ["let a = 1; const f = () => a;", "let a = 'x';", "f().toFixed();"], []],
    ["an import by a const", ["import path from 'node:path';", "const path = 1;", "path.toFixed();"], []],
    ["a global", ["const name = 1;", "name.toFixed();"], []],
    ["an assignment of a wrong type", ["let a = 1;", "a = 'x';"], [2322]],
    ["an evolving array", ["const losses = [];", "losses.push(1);", "losses.length;"], []],
  ])("%s", async (_, sources, codes) => {
    const found = await codesOf(...sources);
    if (codes.length === 0) expect(found).toEqual([]);
    else expect(codes).toContain(found[0]);
  });
});

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
  workspace.write("src/leaf.ts", "export const leaf: number = 'two';\n");
  expect((await notebook.error(source)).diagnostics).toMatchObject([{ code: 2322, line: 1, column: 14 }]);
  workspace.write("src/leaf.ts", "export const leaf: number = 'two'; // still\n");
  expect((await notebook.error(source)).diagnostics).toMatchObject([{ code: 2322, line: 1, column: 14 }]);
  workspace.write("src/leaf.ts", "export const leaf = 2;\n");
  expect(await notebook.value(source)).toBe("2");
  notebook.engine.dispose();
});

it("keeps the types of a local file one over all cells, whatever it asks for that is not installed", async () => {
  workspace.write(
    "src/optional.ts",
    [
      "export class Secret { private readonly value = 1; show() { return this.value; } }",
      "export const native = () => require('not-installed-anywhere');",
    ].join("\n"),
  );
  const notebook = new Notebook(workspace.notebooks);
  await notebook.value('import { Secret } from "../src/optional.ts"; 0');
  await notebook.value("const show = (secret: Secret) => secret.show(); 0");
  await notebook.value("const one = new Secret(); 0");
  expect(await notebook.value("show(one) + show(new Secret())")).toBe("2");
  notebook.engine.dispose();
});
