import { chmod, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Notebook, readNotebook, writeNotebook } from "../../src/notebook/index.ts";

const small: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };

async function freshPath(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "lectern-save-")), "a.ipynb");
}

it("keeps the mode of the file", async () => {
  const path = await freshPath();
  await writeFile(path, "{}");
  await chmod(path, 0o640);
  await writeNotebook(path, small);
  expect((await stat(path)).mode & 0o777).toBe(0o640);
});

it("writes nothing when the notebook is not valid", async () => {
  const path = await freshPath();
  await writeNotebook(path, small);
  await expect(writeNotebook(path, { ...small, cells: [{} as never] })).rejects.toThrow("cell_type");
  expect(await readNotebook(path)).toEqual(small);
});
