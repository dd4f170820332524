import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RunModel } from "../../src/notebook/courseModels.ts";
import { Progress } from "../../src/server/lecture/progress.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "progress-"));
  file = path.join(folder, "work", "progress.json");
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const run = (cell: string): RunModel => ({
  msg_id: cell,
  cell,
  state: "done",
  status: "ok",
  execution_count: 1,
  started: null,
  ended: null,
  outputs: [],
  dropped: 0,
});

it("keeps the runs of two cells that end before it was read", async () => {
  const progress = new Progress(file);
  await Promise.all([progress.note("a.ipynb", run("one"), "1"), progress.note("a.ipynb", run("two"), "2")]);
  expect(Object.keys(await progress.of("a.ipynb"))).toEqual(["one", "two"]);
  expect(Object.keys(await new Progress(file).of("a.ipynb"))).toEqual(["one", "two"]);
});

it.each(["", "{", "null"])("begins anew where the file holds %j", async text => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  const progress = new Progress(file);
  expect(await progress.of("a.ipynb")).toEqual({});
  await progress.note("a.ipynb", run("one"), "1");
  expect(Object.keys(await new Progress(file).of("a.ipynb"))).toEqual(["one"]);
});
