import fs from "node:fs";
import { createCanvas } from "@napi-rs/canvas";
import { JSDOM } from "jsdom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleOf } from "../../../src/kernel/display/display.ts";
import { makeWorkspace, Notebook, slowness, type Workspace } from "../support.ts";

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

describe("pictures", () => {
  const canvas = createCanvas(3, 2);
  canvas.getContext("2d").fillRect(0, 0, 2, 2);

  it.each([
    ["image/png", canvas.toBuffer("image/png")],
    ["image/jpeg", canvas.toBuffer("image/jpeg")],
    ["image/webp", canvas.toBuffer("image/webp")],
    ["image/gif", Buffer.from("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==", "base64")],
  ])("are the bytes of a file of type %s, also within a larger buffer", async (type, bytes) => {
    const inside = new Uint8Array([1, 2, ...bytes]).subarray(2);
    for (const each of [bytes, inside]) {
      const { data } = await bundleOf(each);
      expect(Buffer.from(String(data[type]), "base64").equals(bytes)).toBe(true);
      expect(data["text/plain"]).toContain(`${bytes.length} bytes`);
    }
  });

  it("are canvases", async () => {
    const { data } = await bundleOf(canvas);
    expect(Buffer.from(String(data["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
    expect(data["text/plain"]).toBe("canvas, 3 × 2");
  });

  it("are elements, of SVG and of HTML", async () => {
    const { document } = new JSDOM('<svg><circle r="1"/></svg><b>bold</b>').window;
    const svg = await bundleOf(document.querySelector("svg"));
    expect(svg.data["image/svg+xml"]).toContain('<circle r="1"');
    expect((await bundleOf(document.querySelector("b"))).data["text/html"]).toBe("<b>bold</b>");
  });

  it("are no other bytes", async () => {
    for (const bytes of [new Uint8Array(), new Uint8Array([0x89, 0x50]), Buffer.from("GIF")]) {
      expect(Object.keys((await bundleOf(bytes)).data)).toEqual(["text/plain"]);
    }
  });
});

/** The cells of a table as a reader sees them. */
function cellsOf(html: unknown): string[][] {
  const { document } = new JSDOM(String(html)).window;
  return [...document.querySelectorAll("tr")].map(row => [...row.children].map(cell => cell.textContent ?? ""));
}

describe("tables", () => {
  it("are arrays of records with the same keys", async () => {
    const { data } = await bundleOf([
      { name: "<b>", n: 1.5, when: new Date(0) },
      { name: 'a "b"', n: null, when: undefined },
    ]);
    expect(cellsOf(data["text/html"])).toEqual([
      ["", "name", "n", "when"],
      ["0", "<b>", "1.5", "1970-01-01T00:00:00.000Z"],
      ["1", 'a "b"', "null", ""],
    ]);
    expect(data["text/plain"]).toContain("name: '<b>'");
  });

  it("show their ends where they are long", async () => {
    const { data } = await bundleOf(Array.from({ length: 1000 }, (_, i) => ({ i })));
    const cells = cellsOf(data["text/html"]);
    expect(cells.length).toBe(22);
    expect([cells[10], cells[11]?.[0], cells[12]]).toEqual([["9", "9"], "…", ["990", "990"]]);
    expect(String(data["text/html"])).toContain("1000 rows × 1 columns");
  });

  it.each([
    ["no rows", []],
    ["rows with other keys", [{ a: 1 }, { b: 1 }]],
    ["rows with more keys", [{ a: 1 }, { a: 1, b: 2 }]],
    ["nested objects", [{ a: { b: 1 } }]],
    ["numbers", [1, 2]],
    ["rows of numbers", [[1], [2]]],
    ["empty records", [{}, {}]],
    [
      "instances of a class",
      [
        new (class A {
          a = 1;
        })(),
      ],
    ],
  ])("are not arrays of %s", async (_, value) => {
    expect(Object.keys((await bundleOf(value)).data)).toEqual(["text/plain"]);
  });

  it("are those of arquero and of Arrow, by their shape", async () => {
    const arquero = { columnNames: () => ["x"], numRows: () => 2, get: (name: string, row: number) => `${name}${row}` };
    expect(cellsOf((await bundleOf(arquero)).data["text/html"])).toEqual([
      ["", "x"],
      ["0", "x0"],
      ["1", "x1"],
    ]);
    const arrow = { numRows: 1, schema: { fields: [{ name: "y" }] }, getChildAt: () => ({ get: () => 7n }) };
    expect(cellsOf((await bundleOf(arrow)).data["text/html"])).toEqual([
      ["", "y"],
      ["0", "7n"],
    ]);
  });
});

describe("what node would print at any length, or not at all", () => {
  it("shows the first of a million keys, and stays quick", async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000_000 }, (_, i) => [`k${i}`, i]));
    const start = performance.now();
    const text = String((await bundleOf(many)).data["text/plain"]);
    expect(text).toContain("k99: 99");
    expect(text).toContain("999900 more keys");
    expect(text.length).toBeLessThan(5000);
    expect(performance.now() - start).toBeLessThan(10_000 * slowness);
  });

  it("prints a promise without ids and insides of the kernel", async () => {
    const shown = await notebook.run("console.log(Promise.resolve(1)); [new Promise(() => {})]");
    const [logged, value] = shown.outputs;
    expect(logged).toMatchObject({ text: "Promise { 1 }\n" });
    expect(value).toMatchObject({ data: { "text/plain": "[ Promise { <pending> } ]" } });
  });

  it.each([
    ["a timer", "setTimeout(() => {}, 1)", "Timeout {"],
    ["an immediate", "setImmediate(() => {})", "Immediate {"],
    ["a resource", 'new (await import("node:async_hooks")).AsyncResource("own")', "AsyncResource {"],
    [
      "a resource in an emitter",
      'new (await import("node:events")).EventEmitterAsyncResource({ name: "e" })',
      "Emitter",
    ],
    ["a server's handle", '(await import("node:net")).createServer().listen(0).unref()', "TCP {"],
    ["a child's handle", '(await import("node:child_process")).spawn("true")', "Process {"],
    ["a watcher's handle", '(await import("node:fs")).watch(".").unref()', "FSWatcher"],
  ])("prints %s without those of its own", async (_, source, known) => {
    const { outputs } = await notebook.run(`[${source}]`);
    const text = JSON.stringify(outputs);
    expect(text).toContain(known);
    expect(text).not.toMatch(/CellRun|kResourceStore|ontext_?[fF]rame|\((async|trigger)(_async)?_?[iI]d|_idleStart/);
  });
});

it("reads a picture that a cell has as a file", async () => {
  fs.writeFileSync(`${workspace.notebooks}/dot.png`, createCanvas(1, 1).toBuffer("image/png"));
  const { outputs } = await notebook.run('import { readFileSync } from "node:fs";\nreadFileSync("dot.png")');
  expect(outputs.at(-1)).toMatchObject({ data: { "image/png": expect.stringMatching(/^iVBOR/) } });
});
