import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { makeWorkspace, Notebook, repository } from "./kernel/support.ts";

// Every TypeScript block of the guide is a cell, and is run after the one before it.
const text = readFileSync(join(repository, "src/guide/kernel.md"), "utf8");
const cells = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""], index) => {
  const [, kind, wanted = ""] = /\/\/ (=>|throws) (.*)\n$/.exec(code) ?? [];
  return { number: index + 1, code: code.replace(/\/\/ (=>|throws) .*\n$/, ""), kind, wanted };
});

const workspace = makeWorkspace();
const notebook = new Notebook(workspace.notebooks);
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

it("says of each cell how it ends", () => {
  expect(cells.length).toBeGreaterThan(10);
  expect(cells.filter(each => each.kind === undefined)).toEqual([]);
});

it.each(cells)("cell $number of the guide: $kind $wanted", async ({ code, kind, wanted }) => {
  if (kind === "=>") return expect(await notebook.value(code)).toBe(wanted);
  const { name, message } = await notebook.error(code);
  return expect([name, `${name}: ${message}`]).toContain(wanted);
});
