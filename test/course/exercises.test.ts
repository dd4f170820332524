import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { type NotebookReport, reportRun } from "../../src/cli/report.ts";
import { runNotebook } from "../../src/cli/runNotebook.ts";
import { partsOf } from "../../src/notebook/editions/marks.ts";
import { readEdition } from "../../src/notebook/editions/index.ts";
import type { Cell, CodeCell } from "../../src/notebook/index.ts";
import { type Exercise, exercises } from "./wrongAnswers.ts";
import { folder } from "./run.ts";

// Beside others a lecture takes minutes.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

/** The cell with its solutions, but for one. */
function answered(cell: Cell, [, which]: Exercise["answer"], answer: string): CodeCell {
  let count = 0;
  const lines = partsOf(cell, "notebook.ipynb", 1).flatMap(part =>
    part.kind === "solution" && count++ === which ? [answer] : part.lines,
  );
  expect(count).toBeGreaterThan(which);
  return { ...(cell as CodeCell), source: lines.join("\n") };
}

/** One run of the lecture with its solutions, then each wrong answer with its check, then the solutions again. */
describe.each([...new Set(exercises.map(({ notebook }) => notebook))])("the exercises of %s", name => {
  const path = join(folder, name);
  const own = exercises.filter(({ notebook }) => notebook === name);
  const tried = own.flatMap(exercise =>
    Object.entries(exercise.wrong).map(([slip, answer]) => ({ ...exercise, slip, answer_: answer })),
  );
  let report: NotebookReport;
  let first: NotebookReport["exercises"];

  beforeAll(async () => {
    const notebook = await readEdition(path, "instructor");
    const find = (test: (cell: Cell) => boolean) => notebook.cells.find(test) as CodeCell;
    const extra = tried.flatMap(({ answer, answer_, check }) => {
      const solved = find(({ id }) => id === answer[0]);
      const asks = find(({ source }) => source.includes(`check("${check}"`));
      const metadata = { tags: ["raises-exception"] };
      return [answered(solved, answer, answer_), { ...asks, metadata }, { ...solved, metadata: {} }];
    });
    const cells = [...notebook.cells, ...extra].map((cell, i) => ({ ...cell, id: `c${i}` }));
    const run = await runNotebook(path, { ...notebook, cells });
    report = reportRun(path, run);
    expect(report.error).toBeUndefined();
    const code = notebook.cells.filter(({ cell_type }) => cell_type === "code").length;
    first = report.exercises.filter(({ cell }) => cell <= code);
    report.exercises = report.exercises.filter(({ cell }) => cell > code);
  });

  it("are right with their solutions in, and are all tried", () => {
    expect(first.map(({ exercise, state }) => [exercise, state])).toEqual(own.map(({ check }) => [check, "right"]));
    for (const { wrong } of own) expect(Object.keys(wrong).length).toBeGreaterThanOrEqual(2);
  });

  it.each(tried.map(({ check, slip, right }, index) => ({ check, slip, right, index })))(
    "$check rejects: $slip",
    ({ check, right, index }) => {
      const rejected = report.exercises.filter(({ state }) => state === "wrong")[index];
      expect(rejected).toMatchObject({ exercise: check, state: "wrong" });
      expect(rejected?.message).toMatch(/^.+, but .+; .+\.$/);
      expect(rejected?.message).not.toMatch(right);
    },
  );
});
