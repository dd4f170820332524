import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { ClaimReport } from "../src/cli/report.ts";
import {
  hasSolutionsApart,
  holdsSolutions,
  isMarked,
  readEdition,
  solutionLines,
  solutionsPath,
  textsOf,
  traces,
} from "../src/notebook/editions/index.ts";
import {
  type CodeCell,
  formatNotebook,
  type Notebook,
  parseNotebook,
  readNotebook,
  staleness,
} from "../src/notebook/index.ts";
import { readCourse } from "../src/server/lecture/course.ts";
import { indexes, lectures } from "./course/lectures.ts";
import { folder, run } from "./course/run.ts";

vi.setConfig({ testTimeout: 300_000 });

it("are all in the course and have their tests, and the course names no others", () => {
  const names = readdirSync(folder).filter(name => name.endsWith(".ipynb"));
  const course = readCourse(join(folder, "..")).lectures;
  expect(course.map(({ notebook }) => notebook)).toEqual(names.sort());
  expect([...lectures, ...indexes].map(({ notebook }) => notebook)).toEqual(names);
  for (const { needs } of course) for (const need of needs) expect(names).toContain(need);
});

/**
 * What is stored was made by these very sources, or it is stale; so what it claims need not be run again here.
 * `npm run test:course` does run it all.
 */
describe.each([...lectures, ...indexes])("$notebook", lecture => {
  const { notebook: name, claims: least, mustClaim = {} } = lecture;
  const isIndex = indexes.includes(lecture);
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  const { cells } = parseNotebook(text, name);
  const code = cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const displayed = code.flatMap(({ outputs }) => outputs.flatMap(output => ("data" in output ? [output] : [])));

  it("is written canonically", () => {
    expect(formatNotebook(parseNotebook(text, name))).toBe(text);
  });

  it("is small, ran from top to bottom, and is up to date", async () => {
    expect(statSync(path).size).toBeLessThanOrEqual(300_000);
    expect(await staleness(path, await readNotebook(path))).toEqual({ stale: false });
  });

  it("gives every figure a drawing and words", () => {
    const figures = displayed.filter(({ data }) => "application/vnd.plotly.v1+json" in data);
    expect(figures.length).toBeGreaterThanOrEqual(isIndex ? 1 : 3);
    for (const { data, metadata } of figures) {
      expect(data["image/svg+xml"]).toContain("<svg");
      expect((metadata["image/svg+xml"] as { alt: string }).alt.length).toBeGreaterThan(30);
    }
  });

  it("defines nothing long", () => {
    for (const { source } of code) expect(source.split("\n").length).toBeLessThanOrEqual(60);
  });

  it.skipIf(isIndex)("has exercises with solutions", async () => {
    const joined = await readEdition(path, "instructor");
    const all = joined.cells.filter(isMarked).map(({ source }) => source);
    expect(all.join("\n").split("// BEGIN SOLUTION").length - 1).toBeGreaterThanOrEqual(2);
  });

  const claims = displayed.flatMap(({ data }) =>
    "application/vnd.lectern.claim+json" in data
      ? [data["application/vnd.lectern.claim+json"] as unknown as ClaimReport]
      : [],
  );

  it(`makes at least ${least} claims, all true, and one or more for each numbered formula`, () => {
    expect(claims.length).toBeGreaterThanOrEqual(least);
    expect(claims.every(({ holds }) => holds)).toBe(true);
    const formulas = cells.flatMap(({ cell_type, source }) =>
      cell_type === "markdown" ? [...source.matchAll(/\\tag\{([\d.]+)\}/g)].map(match => match[1]) : [],
    );
    if (!isIndex) expect(formulas.length).toBeGreaterThanOrEqual(4);
    expect([...new Set(claims.map(({ label }) => label))]).toEqual(expect.arrayContaining(formulas));
  });

  it.each(Object.entries(mustClaim))("claims that %s", (claim, details) => {
    expect(claims.find(made => made.text === claim)).toMatchObject({ ...details, holds: true });
  });
});

const apart = lectures.filter(({ notebook }) => hasSolutionsApart(join(folder, notebook)));

/** What students get never held a solution. */
describe.each(apart)("$notebook, whose solutions lie apart", ({ notebook: name }) => {
  const path = join(folder, name);
  const text = readFileSync(path, "utf8");
  const student = parseNotebook(text, name);
  const verdicts = (notebook: Notebook) =>
    notebook.cells.flatMap(cell =>
      cell.cell_type !== "code"
        ? []
        : cell.outputs.flatMap(output =>
            "data" in output && "application/vnd.lectern.exercise+json" in output.data
              ? [(output.data["application/vnd.lectern.exercise+json"] as { state: string }).state]
              : [],
          ),
    );

  it("has no line of a solution or of a teaching note, in its outputs and metadata either", async () => {
    const solutions = await readNotebook(solutionsPath(path));
    expect(solutionLines(solutions).length).toBeGreaterThan(4);
    expect(traces(solutions, textsOf(student))).toEqual([]);
    expect(traces(solutions, [text])).toEqual([]);
    expect(holdsSolutions(student)).toBe(false);
  });

  it("has solutions that are up to date and written canonically", async () => {
    const file = solutionsPath(path);
    const solutions = readFileSync(file, "utf8");
    expect(formatNotebook(parseNotebook(solutions, file))).toBe(solutions);
    expect(solutions.length).toBeLessThanOrEqual(300_000);
    expect(await staleness(path, await readEdition(path, "instructor"))).toEqual({ stale: false });
  });

  it("is unanswered everywhere, and right everywhere with the solutions in", async () => {
    const [without, within] = [verdicts(student), verdicts(await readEdition(path, "instructor"))];
    expect(without.length).toBeGreaterThanOrEqual(3);
    expect([...new Set(without)]).toEqual(["unanswered"]);
    expect(within).toEqual(without.map(() => "right"));
  });
});

describe.each(["05-latent-variables.ipynb", "07-elbo.ipynb"])("%s, run", name => {
  const report = run(name);

  it("ends with every claim true, as stored", () => {
    expect(report.error).toBeUndefined();
    expect(report.claims.every(({ holds }) => holds)).toBe(true);
    const stored = lectures.find(({ notebook }) => notebook === name);
    expect(report.claims.length).toBeGreaterThanOrEqual(stored?.claims ?? Number.NaN);
  });

  it("gives the same report again, timings aside", () => {
    expect({ ...run(name), seconds: 0 }).toEqual({ ...report, seconds: 0 });
  });
});
