import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { lecture, notebook, type PlainCell, root, write } from "../grading/fixture.ts";
import { type Case, cheats, right, wrong } from "../grading/submissions.ts";

// A kernel for each submission.
vi.setConfig({ testTimeout: 300_000 * slowness(), hookTimeout: 300_000 * slowness() });

const folder = mkdtempSync(join(tmpdir(), "lectern grade "));
afterAll(() => rmSync(folder, { recursive: true }));

function lectern(...args: string[]) {
  const run = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args], { cwd: folder, encoding: "utf8" });
  return { code: run.status, stdout: run.stdout, stderr: run.stderr };
}

const read = (name: string) => readFileSync(join(folder, name), "utf8");
const cases: [string, Case][] = Object.entries({ ...right, ...wrong, ...cheats });

/** The rows of the table, each by its heads; fields hold neither a quote nor a line break that is not the table's. */
function rows(): Record<string, Record<string, string>> {
  const [head = [], ...others] = read("grades/grades.csv")
    .trimEnd()
    .split("\r\n")
    .map(line =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      ),
    );
  return Object.fromEntries(others.map(row => [row[0], Object.fromEntries(row.map((value, i) => [head[i], value]))]));
}

const args = ["grade", "in", "--of", "sums.ipynb", "--workers", "2", "--timeout", "5"];
let first: ReturnType<typeof lectern>;

beforeAll(() => {
  write(join(folder, "sums.ipynb"), notebook(lecture));
  expect(lectern("starter", "sums.ipynb")).toMatchObject({ code: 0, stderr: "" });
  const starter: PlainCell[] = JSON.parse(read("starter/sums.ipynb")).cells.map(
    (cell: { source: string | string[] }) => ({
      ...cell,
      source: [cell.source].flat().join(""),
    }),
  );
  for (const [name, { cells }] of cases) write(join(folder, "in", `${name}.ipynb`), notebook(cells(starter)));
  write(join(folder, "in/broken/sums.ipynb"), "{");
  write(join(folder, "in/empty.ipynb"), "");
  write(
    join(folder, "in/foreign.ipynb"),
    notebook([{ cell_type: "code", id: "q", metadata: {}, source: "1", outputs: [], execution_count: null }]),
  );
  write(join(folder, "in/essay.pdf"), "%PDF");
  first = lectern(...args);
});

describe("lectern grade", () => {
  it("has ten right and ten wrong submissions, and cheats", () => {
    expect([right, wrong].map(each => Object.keys(each).length)).toEqual([10, 10]);
    expect(Object.keys(cheats).length).toBeGreaterThanOrEqual(3);
  });

  it.each(cases)("%s", (name, { points, lookAt, told }) => {
    const row = rows()[name];
    expect(["1.1", "1.2", "1.2 below", "1.3 large"].map(each => Number(row?.[each]))).toEqual(points);
    expect(Number(row?.points)).toBe(points.reduce((a, b) => a + b));
    expect(row).toMatchObject({ lecture: "sums", of: "4.5" });
    if (lookAt) expect(row?.["look at"]).toMatch(lookAt);
    else expect(row?.["look at"]).toBe("");
    const why = read("grades/grades.md").split(`**${name}**`)[1]?.split("\n**")[0] ?? "";
    if (told) expect(unescaped(why)).toMatch(told);
    expect(existsSync(join(folder, "grades/feedback", `${name}.html`))).toBe(true);
  });

  it("tells of files that cannot be graded, and grades the rest", () => {
    expect(first.code).toBe(1);
    expect(first.stderr).toContain("essay.pdf is no notebook, and is not graded");
    expect(first.stderr).toMatch(/\] broken\/sums: .*broken\/sums\.ipynb/);
    expect(rows().empty).toMatchObject({ points: "0", "look at": expect.stringContaining("got an empty file") });
    expect(rows().foreign?.["look at"]).toMatch(/must have cells of sums, but got none/);
    expect(first.stdout).toContain(join("grades", "grades.csv"));
  });

  it("makes the same table again from what it kept, and runs only what is new", () => {
    const before = [read("grades/grades.csv"), read("grades/grades.md")];
    const again = lectern(...args);
    expect([read("grades/grades.csv"), read("grades/grades.md")]).toEqual(before);
    expect(again.stderr.match(/as before/g)?.length).toBe(cases.length);
    rmSync(join(folder, "grades/records/formula.json"));
    expect(lectern(...args).stderr.match(/as before/g)?.length).toBe(cases.length - 1);
    expect([read("grades/grades.csv"), read("grades/grades.md")]).toEqual(before);
  });

  it("gives feedback without what students never get", () => {
    const page = read("grades/feedback/one off.html");
    const text = page.replace(/<style>[\s\S]*?<\/style>|<[^>]*>/g, "");
    expect(text).toContain("0 of 4.5 points");
    expect(text).toContain("but got 36");
    // The hidden check says what it came to, and nobody sees it; nor a solution, nor a note.
    for (const secret of ["500000500000", "Gauss", "n + 2 - 1"]) expect(page).not.toContain(secret);
  });
});

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number)));
}

it.each([
  [["grade"], /one folder must be named, but got none/, 2],
  [["grade", "nowhere"], /nowhere must be a folder of notebooks/, 2],
  [["grade", "in", "--workers", "0"], /--workers must be a positive number/, 2],
  [["grade", "in", "--memory", "much"], /--memory must be a positive number of megabytes, but got much/, 2],
  [["grade", "in", "--due", "soon"], /--due must be a date and a time, but got soon/, 2],
  [["grade", "in", "--of", "plain.ipynb"], /a lecture must have a check to be graded by, but got none/, 1],
  [["starter", "sums.ipynb", "--out", "sums.ipynb"], /lectern starter: --out must be a folder/, 2],
])("%j, wrong use", (wrongArgs, message, code) => {
  write(
    join(folder, "plain.ipynb"),
    notebook([{ cell_type: "markdown", id: "m", metadata: {}, source: "# No check" }]),
  );
  const run = lectern(...wrongArgs);
  expect(run.stderr).toMatch(message);
  expect(run.stderr.trim().split("\n").length).toBe(1);
  expect(run.code).toBe(code);
});
