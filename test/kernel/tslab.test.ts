import { createRequire } from "node:module";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as ours from "../../src/kernel/tslab.ts";
import { collect, makeWorkspace, Notebook, type Workspace } from "./support.ts";

// The types of both must agree: an assignment that does not compile is a failing test.
type Theirs = typeof import("tslab");
const compatible: Pick<Theirs, "display" | "newDisplay" | "versions"> = ours;

let workspace: Workspace;
let notebook: Notebook;

beforeAll(() => {
  workspace = makeWorkspace();
  notebook = new Notebook(workspace.notebooks);
});
afterAll(() => {
  notebook.engine.dispose();
  workspace.remove();
});

it("has every name that tslab exports, and every way to display", () => {
  const theirs = createRequire(import.meta.url)("tslab") as Theirs;
  expect(Object.keys(theirs).filter(name => !(name in compatible))).toEqual([]);
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(theirs.display)).filter(
    name => name !== "constructor",
  );
  expect(methods.filter(name => typeof Reflect.get(ours.display, name) !== "function")).toEqual([]);
  expect(Object.keys(ours.versions).sort()).toEqual(Object.keys(theirs.versions).sort());
});

it("displays in a cell, by type", async () => {
  const { outputs } = await notebook.run(
    'import * as tslab from "tslab";\ntslab.display.html("<i>x</i>");\ntslab.display.png(new Uint8Array([1, 2, 3]));\ntslab.display.raw("application/x", "r");',
  );
  expect(outputs.map(each => "data" in each && each.data)).toEqual([
    { "text/html": "<i>x</i>" },
    { "image/png": "AQID" },
    { "application/x": "r" },
  ]);
});

it("is the same by require, as JavaScript notebooks have it", async () => {
  const { outputs } = await notebook.run('require("tslab").display.html("<b>x</b>"); require("node:path").sep.length');
  expect(outputs.map(each => "data" in each && each.data)).toEqual([
    { "text/html": "<b>x</b>" },
    { "text/plain": "1" },
  ]);
});

it("updates one display, also from a later cell", async () => {
  await notebook.run("const place = tslab.newDisplay(); place.text('1'); place.text('2');");
  await notebook.run("place.text('3');");
  const shown = notebook.messages.filter(each => each.kind !== "clear").slice(-3);
  expect(shown.map(each => each.kind)).toEqual(["output", "update", "update"]);
  expect(collect(shown)).toEqual([{ output_type: "display_data", data: { "text/plain": "3" }, metadata: {} }]);
});

it("says outside of a cell that there is no kernel", () => {
  notebook.engine.dispose();
  expect(() => ours.display.text("x")).toThrow(/no kernel is running/);
});
