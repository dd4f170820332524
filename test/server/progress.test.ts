import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RunModel } from "../../src/notebook/courseModels.ts";
import { Progress } from "../../src/server/lecture/progress.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "progress-"));
  file = path.join(folder, "work", "progress.json");
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const at = (place: string) => new Progress(async () => place);
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
  const progress = at(file);
  await Promise.all([progress.note("a.ipynb", run("one"), "1"), progress.note("a.ipynb", run("two"), "2")]);
  expect(Object.keys(await progress.of("a.ipynb"))).toEqual(["one", "two"]);
  expect(Object.keys(await at(file).of("a.ipynb"))).toEqual(["one", "two"]);
});

it.each(["", "{", "null"])("begins anew where the file holds %j", async text => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  const progress = at(file);
  expect(await progress.of("a.ipynb")).toEqual({});
  await progress.note("a.ipynb", run("one"), "1");
  expect(Object.keys(await at(file).of("a.ipynb"))).toEqual(["one"]);
});

const entry = { status: "ok", claims: { made: 1, holding: 1 }, code: "1" };

it.each([
  { "a.ipynb": { wrong: { status: "ok" }, right: entry } },
  { "a.ipynb": { wrong: { ...entry, claims: null }, right: entry } },
  { "a.ipynb": { wrong: { ...entry, claims: { made: "1", holding: 1 } }, right: entry } },
  { "a.ipynb": { wrong: { ...entry, verdicts: [null] }, right: entry } },
  { "a.ipynb": { wrong: { ...entry, code: 5 }, also: null, more: [], right: entry }, "b.ipynb": null, "c.ipynb": "x" },
])("leaves out what is no progress: %j", async record => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify(record));
  expect(await at(file).of("a.ipynb")).toEqual({ right: entry });
  for (const other of ["b.ipynb", "c.ipynb", "none.ipynb", "constructor"]) expect(await at(file).of(other)).toEqual({});
});

it("keeps what another server notes and forgets in the same file", async () => {
  const [one, other] = [at(file), at(file)];
  await one.note("a.ipynb", run("first"), "1");
  await other.note("a.ipynb", run("second"), "2");
  await one.note("b.ipynb", run("third"), "3");
  for (const each of [one, other, at(file)]) {
    expect(Object.keys(await each.of("a.ipynb"))).toEqual(["first", "second"]);
    expect(Object.keys(await each.of("b.ipynb"))).toEqual(["third"]);
  }
  await other.forget("a.ipynb");
  await one.note("b.ipynb", run("fourth"), "4");
  expect(await one.of("a.ipynb")).toEqual({});
  expect(Object.keys(await other.of("b.ipynb"))).toEqual(["third", "fourth"]);
});

it("writes nothing over what it cannot read", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  fs.mkdirSync(file, { recursive: true });
  const progress = at(file);
  await progress.note("a.ipynb", run("one"), "1");
  expect(fs.statSync(file).isDirectory()).toBe(true);
  expect(said).toHaveBeenCalledOnce();
  expect(Object.keys(await progress.of("a.ipynb"))).toEqual(["one"]);
  said.mockRestore();
});

it("knows what it could not write, and writes it with what comes next", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  fs.writeFileSync(path.dirname(file), "no folder");
  const progress = at(file);
  await progress.note("a.ipynb", run("one"), "1");
  expect(said).toHaveBeenCalledOnce();
  expect(Object.keys(await progress.of("a.ipynb"))).toEqual(["one"]);
  fs.rmSync(path.dirname(file));
  await progress.note("a.ipynb", run("two"), "2");
  expect(Object.keys(await at(file).of("a.ipynb"))).toEqual(["one", "two"]);
  said.mockRestore();
});
