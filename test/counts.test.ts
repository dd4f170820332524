import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseNotebook, readNotebook } from "../src/notebook/index.ts";
import { readCourse } from "../src/server/lecture/course.ts";
import { countsOf } from "./course/counts.ts";
import { folder } from "./course/run.ts";

// A lecture joins by its first figure that moves. The indexes, 12 and 13, have none: they are lists to look things up
// in, as long as what they list, and what they are held to is in test/indexes.
const lectures = await Promise.all(
  readCourse(join(folder, "..")).lectures.map(async ({ notebook }) => ({
    notebook,
    counts: countsOf(await readNotebook(join(folder, notebook))),
  })),
);
const lessons = lectures.filter(({ counts }) => counts.moving > 0);

describe.each(lessons)("$notebook", ({ counts }) => {
  it("is a lesson: words, figures that move, one at once, little code and none that is long", () => {
    expect(counts.words).toBeGreaterThanOrEqual(2500);
    expect(counts.moving).toBeGreaterThanOrEqual(4);
    expect(counts.wordsBeforeFigure).toBeLessThanOrEqual(250);
    expect(counts.shownLines).toBeLessThanOrEqual(500);
    expect(counts.longestShown).toBeLessThanOrEqual(30);
    expect(counts.bytes).toBeLessThanOrEqual(300_000);
  });

  it("links the files of the library that it uses", () => {
    expect(counts.unlinked).toEqual([]);
  });
});

it("holds the rewritten lectures, which lose nothing of it", () => {
  const rewritten = ["00", "01", "02", "03", "04", "04b", "05", "06", "07", "08", "09", "10", "11", "11b"];
  expect(lessons.map(({ notebook }) => notebook.split("-")[0])).toEqual(expect.arrayContaining(rewritten));
});

it("counts what is there", () => {
  const code = (source: string, tags: string[] = [], ...data: object[]) => ({
    cell_type: "code",
    id: `c${Math.random()}`.replace(".", ""),
    source,
    metadata: { tags },
    execution_count: 1,
    outputs: data.map(each => ({ output_type: "display_data", data: each, metadata: {} })),
  });
  const text = (source: string) => ({
    cell_type: "markdown",
    id: `m${Math.random()}`.replace(".", ""),
    source,
    metadata: {},
  });
  const cells = [
    text("# Two words\n\nand $x + y$ [three more](../src/generative/models/vae.ts) – $$a b c$$"),
    code('import {\n  VAE, type Figure, MADE as Made, fit,\n  logSumExp } from "../src/index.ts";\n', ["hide-input"]),
    code("const a = 1;\n\n// why\nconst b = 2;\n", [], {
      "image/svg+xml": "<svg/>",
      "application/vnd.lectern.explore+json": {},
    }),
    text("ten more"),
    code('check("1", must => {});', ["hide-cell"], { "application/vnd.lectern.claim+json": {} }),
    code(""),
  ];
  const notebook = parseNotebook(JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }), "x.ipynb");
  expect(countsOf(notebook)).toMatchObject({
    words: 7,
    wordsBeforeFigure: 5,
    shownLines: 4,
    foldedLines: 4,
    longestShown: 4,
    claims: 1,
    moving: 1,
    exercises: 1,
    unlinked: ["generative/exact/logSumExp.ts", "generative/models/made.ts"],
  });
  expect(countsOf({ ...notebook, cells: [] })).toMatchObject({
    words: 0,
    wordsBeforeFigure: Infinity,
    longestShown: 0,
  });
});
