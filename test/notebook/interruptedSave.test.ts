import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type Notebook, parseNotebook, writeNotebook } from "../../src/notebook/index.ts";
import { addressOf, runTypeScript } from "./runTypeScript.ts";

const small: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };

it("leaves a whole notebook behind when the process is killed in the middle of a save", async () => {
  const path = join(await mkdtemp(join(tmpdir(), "lectern-save-")), "a.ipynb");
  await writeNotebook(path, small);
  let interrupted = 0;
  for (let attempt = 0; attempt < 8; attempt++) {
    const child = runTypeScript(`
      import { writeNotebook } from ${JSON.stringify(addressOf("notebook/index.ts"))};
      const cells = [{ cell_type: "markdown", id: "a", metadata: {}, source: "x".repeat(40_000_000) }];
      console.log("ready");
      for (;;) await writeNotebook(${JSON.stringify(path)}, { nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
    `);
    await new Promise(resolve => child.stdout?.once("data", resolve));
    const folder = join(path, "..");
    while ((await readdir(folder)).length < 2) await new Promise(resolve => setTimeout(resolve, 1));
    child.kill("SIGKILL");
    await new Promise(resolve => child.once("close", resolve));
    // A temporary file left over shows that the kill came while a save was under way.
    if ((await readdir(folder)).length > attempt + 1) interrupted++;
    const { cells } = parseNotebook(await readFile(path, "utf8"));
    expect([0, 40_000_000]).toContain(cells[0]?.source.length ?? 0);
    if (interrupted >= 2) break;
  }
  expect(interrupted).toBeGreaterThan(0);
});
