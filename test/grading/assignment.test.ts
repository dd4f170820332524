import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readAssignment } from "../../src/grading/assignment.ts";
import { readSubmission } from "../../src/grading/submission.ts";
import { readCourse } from "../../src/server/lecture/course.ts";
import { code, lecture, notebook, type PlainCell, root, write } from "./fixture.ts";

const folder = mkdtempSync(join(tmpdir(), "lectern assignment "));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function file(cells: PlainCell[]): string {
  const path = join(folder, `n${++count}.ipynb`);
  write(path, notebook(cells));
  return path;
}

describe("a lecture to grade by", () => {
  it("has its answers, its checks with their points, and those that students never had", async () => {
    const { answers, checks, notebook: graded } = await readAssignment(file(lecture));
    expect([...answers]).toEqual(["a1", "a2"]);
    expect(checks.map(({ cell, exercise, points }) => [cell, exercise, points])).toEqual([
      ["c1", "1.1", 2],
      ["c2", "1.2", 1],
      ["c2", "1.2 below", 0.5],
      ["hidden", "1.3 large", 1],
    ]);
    expect(JSON.stringify(graded)).not.toMatch(/Gauss|2 - 1/);
  });

  it("without its solutions has the answers that are open", async () => {
    const stub = (id: string) => code(id, "const f = (): number => unanswered();");
    const cells = [
      code("i", "import { unanswered } from 'x';"),
      stub("a"),
      code("c", 'check("1", must => must("is", f() > 0))'),
    ];
    expect([...(await readAssignment(file(cells))).answers]).toEqual(["a"]);
  });

  const points = (points: unknown, source = 'check("1", m => m("", true)); check("2", m => m("", true));') => [
    code("c", source, { lectern: { points } }),
  ];
  it.each([
    ["no check", [code("a", "1")], /must have a check to be graded by, but got none/],
    [
      "both in a cell",
      [code("a", '// BEGIN SOLUTION\n1\n// END SOLUTION\ncheck("1", m => m("", true));')],
      /cell 1: an answer and its check must be two cells/,
    ],
    [
      "a name that is computed",
      [code("c", "check(`1.${k}`, m => m('', true));")],
      /cell 1: the name of a check must be plain text/,
    ],
    [
      "one name twice",
      [code("c", 'check("1", f);'), code("d", 'check("1", f);')],
      /each check must have a name of its own, but got "1" twice/,
    ],
    ["points for two checks", points(2), /by the name of each check, but got 2; write \{ "1": 1, "2": 1 \}/],
    ["points for none", points({ 1: 1, 3: 1 }), /but got some for "3"; its checks are 1, 2\./],
    ["points below none", points(-1, 'check("1", f);'), /points must be a number of at least 0, but got -1/],
    ["points in words", points("two", 'check("1", f);'), /but got "two" in metadata\.lectern\.points/],
  ])("is refused with %s", async (_, cells, message) => {
    await expect(readAssignment(file(cells))).rejects.toThrow(message);
  });

  it("may be any of the course that asks something", async () => {
    const asking = readCourse(root).lectures.filter(({ notebook }) =>
      existsSync(join(root, "notebooks/solutions", notebook)),
    );
    expect(asking.length).toBeGreaterThan(10);
    for (const { notebook: name } of asking) {
      const { answers, checks } = await readAssignment(join(root, "notebooks", name));
      expect(answers.size, name).toBeGreaterThan(0);
      expect(checks.length, name).toBeGreaterThanOrEqual(answers.size);
    }
  });
});

describe("what came back", () => {
  it("may have an id twice: the first that is not empty keeps it", async () => {
    const { notebook: read, duplicates } = await readSubmission(file([code("a", " "), code("a", "1"), code("a", "2")]));
    expect(duplicates).toEqual(["a"]);
    expect(read.cells.filter(({ id }) => id === "a").map(({ source }) => source)).toEqual(["1"]);
    expect(new Set(read.cells.map(({ id }) => id)).size).toBe(3);
  });

  it.each([
    ["", /got an empty file/],
    ["{", /./],
    ["[]", /./],
    ['{"nbformat": 2, "worksheets": []}', /nbformat/],
    ['{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [null]}', /./],
  ])("is told where it is no notebook: %s", async (content, message) => {
    const path = join(folder, "broken.ipynb");
    write(path, content);
    await expect(readSubmission(path)).rejects.toThrow(message);
    await expect(readSubmission(path)).rejects.toMatchObject({ name: "NotebookFormatError" });
  });
});
