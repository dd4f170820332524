import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { type CodeCell, type Notebook, fingerprint, setFingerprint, staleness } from "../../src/notebook/index.ts";

let root: string;
let path: string;
let notebook: Notebook;

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
}

function lock(version: string): string {
  const entry = (at: string) => [`node_modules/${at}`, { version }];
  return JSON.stringify({
    packages: Object.fromEntries([entry("@scope/used"), ["node_modules/unused", { version: "1" }]]),
  });
}

function code(source: string, count: number | null, tags: string[] = []): CodeCell {
  return {
    cell_type: "code",
    id: `c${count}${source.length}`,
    source,
    metadata: { tags },
    execution_count: count,
    outputs: [],
  };
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lectern-stale-"));
  path = join(root, "notebooks", "one.ipynb");
  await put("package.json", JSON.stringify({ name: "course", exports: { ".": { default: "./dist/index.js" } } }));
  await put("package-lock.json", lock("1.0.0"));
  await put("notebooks/helper.ts", 'import "../src/deep/index.js";\nimport "../src/cycle.ts";');
  await put("src/deep/index.ts", 'export { value } from "./value";');
  await put("src/deep/value.ts", 'import used from "@scope/used/part"; export const value = 1;');
  await put("src/cycle.ts", 'import "../notebooks/helper.ts";');
  await put("src/index.ts", "export {};");
  await put("src/unreachable.ts", "export {};");
  await put("data/README.md", "digits: sha256 1");
  notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: "markdown", id: "m", source: "# Title", metadata: {} },
      code('import "./helper.ts";', 1),
      code('import { readFile } from "node:fs"; await import("./helper.ts");', 2),
      code("", null),
      code("expensive()", null, ["skip-execution"]),
    ],
  };
  await setFingerprint(path, notebook);
});

it("is fresh after a run, and says that nothing was noted before one", async () => {
  expect(await staleness(path, notebook)).toEqual({ stale: false });
  notebook.metadata = {};
  expect(await staleness(path, notebook)).toMatchObject({
    stale: true,
    reason: expect.stringContaining("no fingerprint"),
  });
});

it.each([
  ["src/deep/value.ts", "export const value = 2;", "an imported file"],
  ["src/cycle.ts", "export {};", "an imported file"],
  ["notebooks/helper.ts", "", "an imported file"],
  ["data/README.md", "digits: sha256 2", "the data manifest"],
  ["package-lock.json", lock("1.0.1"), "the version of an imported package"],
])("is stale when %s changes", async (file, text, reason) => {
  await put(file, text);
  expect(await staleness(path, notebook)).toMatchObject({ stale: true, reason: expect.stringContaining(reason) });
});

it.each([
  ["src/unreachable.ts", "export const changed = 1;"],
  ["src/index.ts", "export const changed = 1;"],
  ["package-lock.json", lock("1.0.0").replace('"1"', '"2"')],
  ["notebooks/helper.ts", 'import "../src/deep/index.js";\r\nimport "../src/cycle.ts";'],
])("is fresh when %s changes in a way that does not matter", async (file, text) => {
  await put(file, text);
  expect(await staleness(path, notebook)).toEqual({ stale: false });
});

it("follows the package's own name to its sources", async () => {
  notebook.cells.push(code('import { value } from "course";', 3));
  await setFingerprint(path, notebook);
  await put("src/index.ts", "export const changed = 1;");
  expect(await staleness(path, notebook)).toMatchObject({ reason: expect.stringContaining("an imported file") });
});

it("sees the code change, and ignores prose and outputs", async () => {
  const before = await fingerprint(path, notebook);
  const [prose, first] = notebook.cells as [Notebook["cells"][0], CodeCell];
  prose.source = "# Another title";
  first.outputs.push({ output_type: "stream", name: "stdout", text: "x" });
  expect(await fingerprint(path, notebook)).toBe(before);
  first.source += " ";
  expect(await staleness(path, notebook)).toMatchObject({ stale: true, reason: expect.stringContaining("the code") });
});

it("is stale when the cells did not run from 1 to N", async () => {
  (notebook.cells[2] as CodeCell).execution_count = 5;
  expect(await staleness(path, notebook)).toMatchObject({
    stale: true,
    reason: expect.stringContaining("got 5 in cell 3 where 2 is due"),
  });
  (notebook.cells[2] as CodeCell).execution_count = null;
  expect(await staleness(path, notebook)).toMatchObject({
    stale: true,
    reason: expect.stringContaining("got none in cell 3"),
  });
});

it("takes a cell of white space for one that need not run, and a skipped one that ran for one that did", async () => {
  notebook.cells.push(code(" \n", null), code("expensive()", 3, ["skip-execution"]));
  await setFingerprint(path, notebook);
  expect(await staleness(path, notebook)).toEqual({ stale: false });
  notebook.cells.push(code("expensive()", 7, ["skip-execution"]));
  expect((await staleness(path, notebook)).reason).toContain("got 7 in cell 8 where 4 is due");
});

it("says all that changed", async () => {
  (notebook.cells[1] as CodeCell).source += " ";
  await put("data/README.md", "digits: sha256 2");
  expect((await staleness(path, notebook)).reason).toBe(
    "the code and the data manifest changed since the outputs were made; run the notebook again.",
  );
});

it("is the same for the same package in another place", async () => {
  const before = await fingerprint(path, notebook);
  expect(before).toMatch(/^cells-[0-9a-f]{32}\.files-[0-9a-f]{32}\.data-[0-9a-f]{32}\.packages-[0-9a-f]{32}$/);
  const elsewhere = await mkdtemp(join(tmpdir(), "lectern-elsewhere-"));
  const { cp } = await import("node:fs/promises");
  await cp(root, elsewhere, { recursive: true });
  expect(await fingerprint(join(elsewhere, "notebooks", "one.ipynb"), notebook)).toBe(before);
});
