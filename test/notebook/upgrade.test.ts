import { describe, expect, it } from "vitest";
import { parseNotebook } from "../../src/notebook/index.ts";

const old = {
  nbformat: 3,
  nbformat_minor: 0,
  metadata: { name: "week 1" },
  worksheets: [
    {
      cells: [
        { cell_type: "heading", level: 2, metadata: {}, source: ["A heading\n", "of two lines"] },
        { cell_type: "html", metadata: {}, source: "<b>bold</b>" },
        {
          cell_type: "code",
          language: "python",
          collapsed: true,
          input: ["x = 1\n", "x"],
          prompt_number: 4,
          outputs: [
            { output_type: "stream", stream: "stderr", text: ["a\n", "b"] },
            { output_type: "pyout", prompt_number: 4, text: ["1"], html: "<i>1</i>", metadata: {} },
            { output_type: "display_data", png: "aGk=", json: '{"a": [1]}' },
            { output_type: "pyerr", ename: "E", evalue: "v", traceback: ["t"] },
          ],
        },
      ],
    },
    { cells: [{ cell_type: "raw", source: "as it is" }] },
  ],
};

describe("a notebook of nbformat 3", () => {
  it("is read as one of 4.5, in the words of today", () => {
    const told: string[] = [];
    const { cells, metadata, nbformat, nbformat_minor } = parseNotebook(JSON.stringify(old), "old.ipynb", words =>
      told.push(words),
    );
    expect([nbformat, nbformat_minor]).toEqual([4, 5]);
    expect(metadata).toEqual({ name: "week 1", language_info: { name: "python" } });
    expect(cells.map(({ cell_type, source }) => [cell_type, source])).toEqual([
      ["markdown", "## A heading of two lines"],
      ["markdown", "<b>bold</b>"],
      ["code", "x = 1\nx"],
      ["raw", "as it is"],
    ]);
    expect(cells[2]).toMatchObject({
      execution_count: 4,
      metadata: { collapsed: true },
      outputs: [
        { output_type: "stream", name: "stderr", text: "a\nb" },
        {
          output_type: "execute_result",
          execution_count: 4,
          data: { "text/plain": "1", "text/html": "<i>1</i>" },
          metadata: {},
        },
        { output_type: "display_data", data: { "image/png": "aGk=", "application/json": { a: [1] } }, metadata: {} },
        { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
      ],
    });
    expect(new Set(cells.map(({ id }) => id)).size).toBe(4);
    expect(told).toEqual([expect.stringMatching(/^old\.ipynb: a notebook should be of nbformat 4, but got 3; /)]);
  });

  it("is refused at the place where it is none", () => {
    const wrong = { ...old, worksheets: [{ cells: [{ cell_type: "code", input: 1 }] }] };
    expect(() => parseNotebook(JSON.stringify(wrong))).toThrow(/cell 1: source must be a string/);
  });
});

describe("an id that an earlier cell has", () => {
  const cell = (id: string, source: string) => ({ cell_type: "markdown", id, metadata: {}, source });
  const text = (...cells: object[]) => JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

  it("is another's, the same each time, and it is said which", () => {
    const told: string[] = [];
    const read = () =>
      parseNotebook(text(cell("a", "1"), cell("b", "2"), cell("a", "3")), "twice.ipynb", words => told.push(words));
    const ids = read().cells.map(({ id }) => id);
    expect(ids.slice(0, 2)).toEqual(["a", "b"]);
    expect(ids[2]).toMatch(/^[\w-]{1,64}$/);
    expect(new Set(ids).size).toBe(3);
    expect(read().cells.map(({ id }) => id)).toEqual(ids);
    expect(told[0]).toContain(
      `twice.ipynb, cell 3: each cell must have an id of its own, but got "a", which is cell 1's; it was read as ${ids[2]}`,
    );
  });
});
