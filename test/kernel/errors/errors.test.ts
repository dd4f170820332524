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
  expect(error.traceback.at(-2)).toMatch(/^ {4}at cell \d+, line 3, column 3$/);
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

it("keeps the cell's own line where an async function of the same cell throws", async () => {
  const error = await notebook.error(
    "async function read() {\n  await null;\n  throw new Error('lost');\n}\n\nawait read();",
  );
  expect(error.traceback).toEqual([
    "Error: lost",
    expect.stringMatching(/^ {4}at (async )?read \(cell \d+, line 3, column 9\)$/),
    expect.stringMatching(/^ {4}at cell \d+, line 6, column \d+$/),
  ]);
});

it("shows what an error carries besides its message", async () => {
  const error = await notebook.error(
    "throw Object.assign(new Error('refused'), { status: 503, body: { retry: true } });",
  );
  expect(error.traceback.at(-1)).toBe("    { status: 503, body: { retry: true } }");
  const marked = await notebook.error("throw Object.assign(new Error('marked'), { [Symbol('retry')]: 3 });");
  // Node 24 prints no brackets.
  expect(marked.traceback.at(-1)).toMatch(/^ {4}\{ \[?Symbol\(retry\)\]?: 3 \}$/);
  const system = await notebook.error('import { readFileSync } from "node:fs";\nreadFileSync("nowhere.txt");');
  expect(system.traceback.join("\n")).toContain("code: 'ENOENT'");
});

it.each([
  ["a Proxy whose get throws", "new Proxy({}, { get() { throw new Error('no'); } })"],
  ["a Proxy with no working trap", "new Proxy({}, new Proxy({}, { get: () => () => { throw 1; } }))"],
  ["a Proxy around an error", "new Proxy(new Error('x'), { get() { throw 1; }, getPrototypeOf() { throw 2; } })"],
  ["a revoked Proxy", "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()"],
  ["an error whose stack throws", "Object.defineProperty(new Error('x'), 'stack', { get() { throw 1; } })"],
  ["an error whose message throws", "Object.defineProperty(new Error('x'), 'message', { get() { throw 1; } })"],
  ["an error whose message is no text", "Object.assign(new Error('x'), { message: { toString() { throw 1; } } })"],
  ["an error whose name throws", "Object.defineProperty(new Error('x'), 'name', { get() { throw 1; } })"],
  ["an error whose cause throws", "Object.defineProperty(new Error('x'), 'cause', { get() { throw 1; } })"],
  ["an error that is its own cause", "(() => { const e = new Error('x'); e.cause = e; return e; })()"],
  ["errors whose list throws", "Object.defineProperty(new AggregateError([]), 'errors', { get() { throw 1; } })"],
  [
    "an own property that throws",
    "Object.defineProperty(new Error('x'), 'a', { enumerable: true, get() { throw 1; } })",
  ],
  ["an object that refuses inspection", "({ [Symbol.for('nodejs.util.inspect.custom')]() { throw 1; } })"],
  ["a symbol", "Symbol('x')"],
  ["an error of another realm", "process.getBuiltinModule('node:vm').runInNewContext('new TypeError(\"far\")')"],
  ["an object without a prototype", "Object.assign(Object.create(null), { a: 1 })"],
])("ends the cell that throws %s, shows it and logs it", async (_, value) => {
  const thrown = await notebook.error(`throw (${value}) as unknown;`);
  expect(thrown.kind).toBe("thrown");
  expect(thrown.traceback.length).toBeGreaterThan(0);
  const rejected = await notebook.error(`await Promise.reject((${value}) as unknown);`);
  expect(rejected.kind).toBe("thrown");
  // Shown or logged, it is either printed or the cell's error: node's console may throw.
  for (const use of [`(${value}) as unknown`, `console.log((${value}) as unknown);`]) {
    const { status, outputs } = await notebook.run(use);
    expect([status, outputs.length > 0 || use.includes("undefined")]).toEqual([expect.any(String), true]);
  }
  expect(await notebook.value("1 + 1")).toBe("2");
});
