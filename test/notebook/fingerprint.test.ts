import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { fingerprint, type Notebook } from "../../src/notebook/index.ts";

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lectern-fingerprint-"));
  for (const folder of ["src", "data"]) await mkdir(join(root, folder));
  for (const name of ["a", "b", "c"]) await writeFile(join(root, `src/${name}.ts`), `// ${name}`);
  await writeFile(join(root, "package.json"), "{}");
  await writeFile(join(root, "data/README.md"), "one\ntwo\n");
});

async function parts(source: string): Promise<Record<string, string>> {
  const cell = { cell_type: "code", id: "a", metadata: {}, source, execution_count: 1, outputs: [] } as const;
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [{ ...cell, outputs: [] }] };
  const text = await fingerprint(join(root, "one.ipynb"), notebook);
  return Object.fromEntries(text.split(".").map(part => part.split("-") as [string, string]));
}

const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);

// What is stored in notebooks: another order or another way to write a path would make all of them stale.
it.each([
  ["c", "a", "b"],
  ["b", "c", "a"],
  ["a", "b", "c"],
])("holds the files and packages by name, in whatever order they are imported: %s, %s, %s", async (...names) => {
  const source = names.map(name => `import "./src/${name}.ts"; import "${name}";`).join("\n");
  expect(await parts(source)).toEqual({
    cells: digest([source]),
    files: digest(["a", "b", "c"].map(name => [`src/${name}.ts`, `// ${name}`])),
    data: digest("one\ntwo\n"),
    packages: digest(["a", "b", "c"].map(name => [name, "not locked"])),
  });
});

it("takes any line ends of the data's manifest, and none at all", async () => {
  await writeFile(join(root, "data/README.md"), "one\r\ntwo\r\n");
  expect((await parts("1")).data).toBe(digest("one\ntwo\n"));
  await rm(join(root, "data"), { recursive: true });
  expect((await parts("1")).data).toBe(digest(""));
});
