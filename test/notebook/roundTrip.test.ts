import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { type Cell, formatNotebook, parseNotebook } from "../../src/notebook/index.ts";
import { randomNotebook } from "./randomNotebook.ts";

const sample = new URL("../fixtures/notebooks/sample.ipynb", import.meta.url);

describe("the canonical text", () => {
  it("gives back every valid notebook unchanged", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const notebook = randomNotebook(seed);
      expect(parseNotebook(formatNotebook(notebook)), `seed ${seed}`).toEqual(notebook);
    }
  });

  it("does not change when it is formatted again", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const once = formatNotebook(randomNotebook(seed));
      expect(formatNotebook(parseNotebook(once)), `seed ${seed}`).toBe(once);
    }
  });

  it("is what is stored in the repository", async () => {
    const text = await readFile(sample, "utf8");
    expect(formatNotebook(parseNotebook(text))).toBe(text);
  });

  // Compared with Python's json.dumps(notebook, sort_keys=True, indent=1, ensure_ascii=False) after nbformat's
  // rule of which texts are split by str.splitlines(True).
  it("is written as Jupyter writes it", () => {
    const text = formatNotebook({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { b: {}, a: [], "10": 1, "9": "é\u2028" },
      cells: [
        {
          cell_type: "code",
          id: "one",
          metadata: {},
          source: "a\r\nb\n\nc",
          execution_count: null,
          outputs: [
            {
              output_type: "display_data",
              metadata: {},
              data: { "image/png": "AA\nBB", "text/plain": "x\ny", "application/json": ["x\ny"] },
            },
          ],
        },
        { cell_type: "markdown", id: "two", metadata: {}, source: "" },
      ],
    });
    expect(text).toBe(
      '{\n "cells": [\n  {\n   "cell_type": "code",\n   "execution_count": null,\n   "id": "one",\n   "metadata": {},\n   "outputs": [\n    {\n     "data": {\n      "application/json": [\n       "x\\ny"\n      ],\n      "image/png": "AA\\nBB",\n      "text/plain": [\n       "x\\n",\n       "y"\n      ]\n     },\n     "metadata": {},\n     "output_type": "display_data"\n    }\n   ],\n   "source": [\n    "a\\r\\n",\n    "b\\n",\n    "\\n",\n    "c"\n   ]\n  },\n  {\n   "cell_type": "markdown",\n   "id": "two",\n   "metadata": {},\n   "source": []\n  }\n ],\n "metadata": {\n  "10": 1,\n  "9": "é\u2028",\n  "a": [],\n  "b": {}\n },\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
    );
  });

  it("has no execution times, and keeps the rest of the metadata", () => {
    const timed = (metadata: Record<string, unknown>) =>
      formatNotebook({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [{ cell_type: "code", id: "one", source: "", metadata, execution_count: 1, outputs: [] }],
      });
    const times = { "iopub.execute_input": "2026-01-01T00:00:00Z", "shell.execute_reply": "2026-01-01T00:00:01Z" };
    expect(timed({ execution: times, ExecuteTime: {}, "iopub.status.busy": "x", kept: 1 })).toBe(timed({ kept: 1 }));
    expect(timed({ execution: { ...times, allow: true } })).toBe(timed({ execution: { allow: true } }));
    expect(timed({ mine: times })).toContain('"iopub.execute_input": "2026-01-01T00:00:00Z"');
    expect(timed({ nothing: undefined })).toBe(timed({}));
  });

  it("holds as lines what Jupyter's writer holds as lines", () => {
    const text = (mime: string) => [mime, "a\nb"];
    const types = ["text/html", "application/javascript", "image/svg+xml", "application/x-tex", "image/png"];
    const data = Object.fromEntries(types.map(text)) as Record<string, string>;
    const { cells } = JSON.parse(
      formatNotebook({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [{ cell_type: "markdown", id: "m", metadata: {}, source: "", attachments: { "a.svg": data } }],
      }),
    );
    const lines = ["a\n", "b"];
    expect(cells[0].attachments["a.svg"]).toEqual({
      ...data,
      ...{ "text/html": lines, "application/javascript": lines, "image/svg+xml": lines },
    });
  });
});

describe("older notebooks", () => {
  const old = (minor: number) =>
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: minor,
      metadata: {},
      cells: [
        {
          cell_type: "code",
          metadata: {},
          source: ["a\n", "b"],
          execution_count: null,
          outputs: [{ output_type: "stream", name: "stdout", text: ["1\n", "2"] }],
        },
        { cell_type: "code", metadata: {}, source: ["a\n", "b"], execution_count: null, outputs: [] },
      ],
    });

  it.each([0, 1, 2, 3, 4])("of nbformat 4.%i become 4.5", minor => {
    const { cells, nbformat_minor } = parseNotebook(old(minor));
    expect(nbformat_minor).toBe(5);
    expect(cells[0]).toMatchObject({ source: "a\nb", outputs: [{ text: "1\n2" }] });
    expect(cells.map(cell => cell.id)).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}$/),
      expect.stringMatching(/^[0-9a-f]{8}$/),
    ]);
    expect(cells[0]?.id).not.toBe(cells[1]?.id);
    expect(parseNotebook(old(minor)).cells.map(cell => cell.id)).toEqual(cells.map(cell => cell.id));
  });

  it("give a cell another id than one that is there already", () => {
    const [first, second] = parseNotebook(old(4)).cells as [Cell, Cell];
    const { id: _, ...bare } = first;
    const cells = parseNotebook(
      JSON.stringify({ ...JSON.parse(old(4)), cells: [bare, { ...second, id: first.id }] }),
    ).cells.map(cell => cell.id);
    expect(cells).toEqual([expect.stringMatching(/^[0-9a-f]{8}$/), first.id]);
    expect(cells[0]).not.toBe(first.id);
  });

  it("may start with a byte order mark", () => {
    expect(parseNotebook(`\uFEFF${old(4)}`).cells).toHaveLength(2);
  });
});
