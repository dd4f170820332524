import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, expect, it } from "vitest";
import { orphans, verdictProblems, withSolutions } from "../../src/cli/checkSolutions.ts";
import { type CodeCell, parseNotebook } from "../../src/notebook/index.ts";

const lectures = resolve(import.meta.dirname, "../../notebooks");
const student = readFileSync(join(lectures, "05-latent-variables.ipynb"), "utf8");
const solutions = readFileSync(join(lectures, "solutions/05-latent-variables.ipynb"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "lectern solutions "));
mkdirSync(join(folder, "solutions"));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, "n.ipynb");

function look(apart: string | undefined, own = student) {
  rmSync(join(folder, "solutions/n.ipynb"), { force: true });
  if (apart !== undefined) writeFileSync(join(folder, "solutions/n.ipynb"), apart);
  return withSolutions(path, parseNotebook(own));
}

it("says nothing of solutions that belong to their notebook, and which exercise is not right", async () => {
  const { problems, own } = await look(solutions);
  expect(problems).toEqual([]);
  const code = [...own].filter((cell): cell is CodeCell => cell.cell_type === "code");
  const cells = code.map((cell, index) => ({ cell, number: index + 1 }));
  expect(verdictProblems("n", cells, "right")).toEqual([]);
  expect(verdictProblems("n", cells, "unanswered")[0]).toMatch(
    /^n:\d+: exercise .* must be unanswered, but is right; /,
  );
});

it.each([
  ["cannot be read", "{", student, /solutions\/n\.ipynb: a notebook must be JSON/],
  [
    "are missing",
    undefined,
    student,
    /its exercises must have their solutions in .*, but there is no such file; restore/,
  ],
  [
    "are of a cell that is gone",
    solutions.replace('"id": "5e1c9a04"', '"id": "gone"'),
    student,
    /got none for "gone"; restore/,
  ],
])("says that solutions %s", async (_, apart, own, message) => {
  const { problems, joined } = await look(apart, own);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(message);
  expect(joined).toBeUndefined();
});

it("says that solutions have no notebook", () => {
  writeFileSync(join(folder, "solutions/lost.ipynb"), solutions);
  writeFileSync(path, student);
  expect(orphans([path, path])).toEqual([expect.stringContaining("lost.ipynb: solutions must have their notebook")]);
});
