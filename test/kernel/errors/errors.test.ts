import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkspace, Notebook, type Workspace } from "../support.ts";

let workspace: Workspace;
let notebook: Notebook;

beforeAll(() => {
  workspace = makeWorkspace({
    "src/thrower.ts":
      "export interface Unused { a: number }\n\nexport function fail(text: string): never {\n  throw new RangeError(text);\n}\n",
    "src/broken.ts": "export const fine = 1;\nexport const = 2;\n",
  });
  notebook = new Notebook(workspace.notebooks);
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

it("places a type error and does not run the cell", async () => {
  const { outputs, ...result } = await notebook.run(
    'console.log("ran");\nconst x = 1;\nif (x) {\n  const n: number = "a";\n}',
  );
  expect(result).toMatchObject({ error: { kind: "type", name: "TS2322", cell: 1, line: 4, column: 9 } });
  expect(outputs).toEqual([
    {
      output_type: "error",
      ename: "TS2322",
      evalue: "Type 'string' is not assignable to type 'number'.",
      traceback: ["cell 1, line 4, column 9: Type 'string' is not assignable to type 'number'. (TS2322)"],
    },
  ]);
});

it("places a syntax error", async () => {
  expect(await notebook.error("const a = 1;\nconst = 2;")).toMatchObject({
    kind: "syntax",
    name: "SyntaxError",
    line: 2,
    column: 7,
  });
  expect(await notebook.error("let twice = 1; let twice = 2;")).toMatchObject({ line: 1, column: 5 });
});

it("shows the user's frames only, in cells and modules", async () => {
  await notebook.run(
    'import { fail } from "../src/thrower.ts";\nfunction outer() {\n  [1].forEach(() => fail("deep"));\n}',
  );
  const error = await notebook.error("\nouter();");
  expect(error).toMatchObject({ kind: "thrown", name: "RangeError", message: "deep", cell: 5, line: 2, column: 1 });
  expect(error.file).toBeUndefined();
  expect(error.traceback).toEqual([
    "RangeError: deep",
    "    at fail (../src/thrower.ts:4:9)",
    expect.stringMatching(/^ {4}at cell 4, line 3, column 21$/),
    "    at outer (cell 4, line 3, column 7)",
    "    at cell 5, line 2, column 1",
  ]);
});

it("shows what caused an error", async () => {
  const { traceback } = await notebook.error('throw new Error("outer", { cause: new TypeError("inner") });');
  expect(traceback).toEqual([
    "Error: outer",
    "    at cell 6, line 1, column 7",
    "Caused by: TypeError: inner",
    "    at cell 6, line 1, column 35",
  ]);
  expect((await notebook.error('throw new Error("outer", { cause: "text" });')).traceback.at(-1)).toBe(
    'Caused by: Uncaught "text"',
  );
});

it.each([
  ['throw "boom"', '"boom"'],
  ["throw null", "null"],
  ["throw undefined", "undefined"],
  ["throw { code: 3 }", "{ code: 3 }"],
])("says clearly: %s", async (source, shown) => {
  expect(await notebook.error(source)).toMatchObject({
    name: "Uncaught",
    message: shown,
    traceback: [`Uncaught ${shown}`],
  });
});

it("names file, line and column of a syntax error in a module", async () => {
  const error = await notebook.error('import { fine } from "../src/broken.ts"; fine');
  expect(error).toMatchObject({ file: `${workspace.root}/src/broken.ts`, line: 2, column: 14 });
  expect(error.traceback[0]).toMatch(/\.\.\/src\/broken\.ts:2:14: /);
});

it("reports the type error of an edited module", async () => {
  workspace.write("src/edited.ts", "export const size: number = 1;\n");
  expect(await notebook.value('import { size } from "../src/edited.ts"; size')).toBe("1");
  workspace.write("src/edited.ts", 'export const size: number = "one";\n');
  expect(await notebook.error('import { size } from "../src/edited.ts"; size')).toMatchObject({
    kind: "type",
    file: `${workspace.root}/src/edited.ts`,
    line: 1,
    column: 14,
  });
});

it("maps error.stack that the user prints", async () => {
  const { outputs } = await notebook.run('console.log(new Error("seen").stack)');
  expect(outputs[0]).toMatchObject({
    text: expect.stringMatching(/^Error: seen\n {4}at cell \d+, line 1, column 13\n$/),
  });
});

it("names the missing file of an import", async () => {
  expect((await notebook.error('import { x } from "../src/nowhere.ts"')).diagnostics?.[0]).toMatchObject({
    code: 2307,
    column: 19,
  });
  expect((await notebook.error('await import("../src/" + "nowhere.ts")')).message).toContain("nothing is there");
});

it("places an error without frames at the await that it came from", async () => {
  const error = await notebook.error(
    'import fs from "node:fs/promises";\nconst text =\n  await fs.readFile("nowhere.txt", "utf8");',
  );
  expect(error).toMatchObject({ line: 3, column: 3, message: expect.stringContaining("ENOENT") });
  expect(error.traceback.at(-1)).toMatch(/^ {4}at cell \d+, line 3, column 3$/);
});

it("finds the user's frames below many of a library", async () => {
  const error = await notebook.error(
    'import fs from "node:fs";\nconst deep = (n: number): unknown => n === 0 ? JSON.parse("{") : [1].map(() => deep(n - 1));\ndeep(12);',
  );
  expect(error).toMatchObject({ line: 2, name: "SyntaxError", kind: "thrown" });
});

it("calls a constant of an earlier cell a constant, and an import an import", async () => {
  await notebook.run("const fixed = 1; let free = 1;");
  expect(await notebook.error("free = 2;\nfixed = 2;")).toMatchObject({
    line: 2,
    column: 1,
    message: "Cannot assign to 'fixed' because it is a constant of an earlier cell. Declare it with let, or again.",
  });
  expect(await notebook.error('import { sep } from "node:path"; sep = "/";')).toMatchObject({
    message: "Cannot assign to 'sep' because it is an import.",
  });
});
