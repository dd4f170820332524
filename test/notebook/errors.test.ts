import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatNotebook, NotebookFormatError, parseNotebook, readNotebook } from "../../src/notebook/index.ts";

const code = { cell_type: "code", id: "a", metadata: {}, source: "", execution_count: null, outputs: [] };
const notebook = (...cells: object[]) => JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const withOutput = (output: unknown) => notebook(code, { ...code, id: "b", outputs: [output] });

function failure(text: string): NotebookFormatError {
  try {
    parseNotebook(text, "week1.ipynb");
  } catch (error) {
    expect(error).toBeInstanceOf(NotebookFormatError);
    return error as NotebookFormatError;
  }
  throw new Error("the text was accepted");
}

describe("text that is not JSON", () => {
  it.each([
    ['{"é": 1,}', 9, 'got "}" at byte 9 (line 1, column 9)'],
    ['{\n "a": [1, 2\n', 14, "got the end of the file at byte 14 (line 3, column 1)"],
    ["", 0, "the end of the file"],
    ["hello", 0, '"hello"'],
    ['{"a": 01}', 7, "byte 7"],
    ['{"a": "x\ny"}', 8, "line 1, column 9"],
    ['{"a": "\\q"}', 7, "byte 7"],
    ['{"a": nul}', 6, "byte 6"],
    ["[1] 2", 4, "byte 4"],
    ["{'a': 1}", 1, "byte 1"],
    ['{"a": 1\n<<<<<<< HEAD\n', 8, "merge conflict"],
  ])("%j: names the byte, the line and the column", (text, byte, message) => {
    const error = failure(text);
    expect(error.byte).toBe(byte);
    expect(error.message).toContain(message);
    expect(error.file).toBe("week1.ipynb");
  });

  it("is located in large strings too", () => {
    expect(failure(`{"a": "${"x\\n".repeat(1_000_000)}" ?}`).byte).toBe(3_000_009);
  });
});

describe("JSON that is not a notebook of version 4", () => {
  it.each([
    ["[]", "a notebook must be an object, but got []"],
    ["{}", 'must have the member "nbformat"'],
    [
      '{"nbformat": 2, "nbformat_minor": 0, "worksheets": []}',
      "got 2.0; convert the file once with `jupyter nbconvert --to notebook --inplace week1.ipynb`",
    ],
    ['{"nbformat": 4, "nbformat_minor": 9, "cells": []}', "got 4.9"],
    ['{"nbformat": 5, "cells": []}', "got 5.0"],
    ['{"nbformat": "3", "cells": []}', 'nbformat must be 4.0 to 4.5, but got "3".0; save the file as version 4.5'],
    ['{"nbformat": 4, "nbformat_minor": "x", "cells": []}', 'but got 4."x"'],
    ['{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "cells must be an array, but got nothing"],
    ['{"nbformat": 4, "nbformat_minor": 5, "metadata": [], "cells": []}', "metadata must be an object"],
  ])("%s", (text, message) => expect(failure(text).message).toContain(message));
});

describe("cells of the wrong shape", () => {
  it.each([
    [notebook(code, { ...code, id: "b", source: 1 }), 2, "source must be a string or an array of lines, but got 1"],
    [notebook({ ...code, source: ["a", null] }), 1, "source[1] must be a string, but got null"],
    [notebook({ ...code, cell_type: "heading" }), 1, 'cell_type must be one of code, markdown, raw, but got "heading"'],
    [notebook({ ...code, execution_count: "1" }), 1, "execution_count must be a whole number or null"],
    [notebook({ ...code, outputs: {} }), 1, "outputs must be an array"],
    [notebook({ ...code, metadata: { tags: "x" } }), 1, "metadata.tags must be an array"],
    [notebook({ ...code, metadata: { tags: [1] } }), 1, "metadata.tags[0] must be a string"],
    [notebook({ ...code, id: "no spaces" }), 1, "id must be 1 to 64 letters, digits, - or _"],
    [
      notebook({ ...code, id: "no spaces" }),
      1,
      'id must be 1 to 64 letters, digits, - or _, but got "no spaces"; delete it and it will get a new one.',
    ],
    [notebook({ ...code, execution_count: -1 }), 1, "execution_count must be a whole number or null, but got -1"],
    [
      notebook({ ...code, execution_count: 0.5 }),
      1,
      "execution_count must be a whole number or null, but got 0.5; mend the file, or open and save it in Jupyter.",
    ],
    [notebook({ ...code, execution_count: "x".repeat(58) }), 1, `but got "${"x".repeat(58)}";`],
    [notebook({ ...code, execution_count: "x".repeat(59) }), 1, `but got "${"x".repeat(59)}…;`],
    [notebook(null as never), 1, "a cell must be an object, but got null"],
    [notebook({ ...code, cell_type: "markdown", attachments: { a: 1 } }), 1, "attachments.a must be an object"],
    [withOutput({ output_type: "pyout" }), 2, "outputs[0].output_type must be one of"],
    [withOutput({ output_type: "stream", text: "" }), 2, "outputs[0].name must be a string, but got nothing"],
    [withOutput({ output_type: "stream", name: "stdout", text: 5 }), 2, "outputs[0].text must be"],
    [
      withOutput({ output_type: "display_data", data: { "text/plain": {} }, metadata: {} }),
      2,
      "outputs[0].data.text/plain must be",
    ],
    [
      withOutput({ output_type: "display_data", data: { "application/jsonx": {} }, metadata: {} }),
      2,
      "outputs[0].data.application/jsonx must be",
    ],
    [
      withOutput({ output_type: "display_data", data: { "x-application/json": {} }, metadata: {} }),
      2,
      "outputs[0].data.x-application/json must be",
    ],
    [
      withOutput({ output_type: "execute_result", data: {}, metadata: {} }),
      2,
      "outputs[0].execution_count must be a whole number or null, but got nothing",
    ],
    [withOutput({ output_type: "display_data", data: {} }), 2, "outputs[0].metadata must be an object"],
    [
      withOutput({ output_type: "error", ename: "", evalue: "", traceback: "x" }),
      2,
      "outputs[0].traceback must be an array",
    ],
  ])("%#: the error names the cell and the field", (text, cell, message) => {
    const error = failure(text);
    expect(error.cell).toBe(cell);
    expect(error.message).toContain(`week1.ipynb, cell ${cell}: `);
    expect(error.message).toContain(message);
  });

  it("lack metadata at times", () => {
    const { metadata: _, ...bare } = code;
    const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, cells: [bare] });
    expect(parseNotebook(text)).toEqual(JSON.parse(notebook(code)));
  });
});

it("is an error with a name, and with the places that it knows", () => {
  expect({ ...failure("[]") }).toEqual({ name: "NotebookFormatError", file: "week1.ipynb" });
  expect({ ...failure("[") }).toEqual({ name: "NotebookFormatError", file: "week1.ipynb", byte: 1 });
  expect({ ...failure(notebook({})) }).toEqual({ name: "NotebookFormatError", file: "week1.ipynb", cell: 1 });
  expect(failure("[]").message).toMatch(/^week1\.ipynb: a notebook must be an object/);
  for (const run of [() => parseNotebook("[]"), () => formatNotebook([] as never)]) {
    expect(run).toThrow(/^notebook\.ipynb: a notebook must be an object/);
  }
});

describe("files", () => {
  it("that are absent, folders, empty or not UTF-8 are told apart", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lectern-errors-"));
    const file = async (name: string, bytes: Buffer) => {
      await writeFile(join(folder, name), bytes);
      return join(folder, name);
    };
    await expect(readNotebook(join(folder, "none.ipynb"))).rejects.toThrow("the file must exist");
    await expect(readNotebook(folder)).rejects.toThrow("got a folder");
    await expect(readNotebook(await file("empty.ipynb", Buffer.alloc(0)))).rejects.toThrow("got an empty file");
    await expect(readNotebook(join(folder, "empty.ipynb", "in.ipynb"))).rejects.toThrow(
      "the file must be readable, but got ENOTDIR",
    );
    const latin = readNotebook(await file("latin.ipynb", Buffer.from('{"a": "\xe9"}', "latin1")));
    await expect(latin).rejects.toMatchObject({ byte: 7, message: expect.stringContaining("got byte 0xe9 at byte 7") });
  });
});
