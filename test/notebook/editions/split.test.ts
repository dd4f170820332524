import { readdirSync } from "node:fs";
import { join as joinPaths, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import {
  holdsSolutions,
  join,
  readEdition,
  split,
  studentEdition,
  textsOf,
  traces,
} from "../../../src/notebook/editions/index.ts";
import { type Cell, formatNotebook, type Notebook, parseNotebook } from "../../../src/notebook/index.ts";
import { randomNotebook } from "../randomNotebook.ts";

const lectures = resolve(import.meta.dirname, "../../../notebooks");
// Of those whose solutions lie apart: an index has no exercises.
const names = readdirSync(joinPaths(lectures, "solutions")).filter(name => name.endsWith(".ipynb"));

/** A random notebook with solutions in it, the same for the same seed; some have none. */
function randomJoined(seed: number): Notebook {
  const notebook = randomNotebook(seed);
  const cells = notebook.cells.map((cell, index): Cell => {
    const choice = (seed * 7 + index * 3) % 5;
    if (choice === 1) return { ...cell, metadata: { ...cell.metadata, tags: ["instructor-only", "kept"] } };
    if (choice === 2)
      return { ...cell, source: `${cell.source}\n  // BEGIN SOLUTION\nanswer\n\t// END SOLUTION\nrest` };
    if (choice === 3)
      return { ...cell, source: `# BEGIN SOLUTION\n${cell.source}\n# STUB\n# one\n\n  # two \n# END SOLUTION` };
    return cell;
  });
  return { ...notebook, cells };
}

/** The student's edition with outputs of its own, as a run leaves them. */
function asRun(student: Notebook): Notebook {
  const cells = student.cells.map((cell, index): Cell => {
    if (cell.cell_type !== "code") return cell;
    return { ...cell, execution_count: index, outputs: [{ output_type: "stream", name: "stdout", text: `${index}` }] };
  });
  return { ...student, cells, metadata: { ...student.metadata, ran: true } };
}

describe("join", () => {
  it("is the inverse of split, for every notebook and whatever ran", () => {
    let held = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const joined = randomJoined(seed);
      if (holdsSolutions(joined)) held++;
      const apart = split(joined);
      expect(join(apart.student, apart.solutions), `seed ${seed}`).toEqual(joined);
      const ran = split(joined, asRun(studentEdition(joined)));
      expect(join(ran.student, ran.solutions), `seed ${seed}, run`).toEqual(joined);
      expect(split(join(ran.student, ran.solutions), ran.student), `seed ${seed}, again`).toEqual(ran);
    }
    expect(held).toBeGreaterThan(100);
  });

  it("is its inverse through the files too", () => {
    for (let seed = 1; seed <= 100; seed++) {
      const { student, solutions } = split(randomJoined(seed));
      const stored = [student, solutions].map(each => parseNotebook(formatNotebook(each))) as [Notebook, Notebook];
      expect(formatNotebook(join(...stored)), `seed ${seed}`).toBe(formatNotebook(randomJoined(seed)));
    }
  });

  it.each(names)("is its inverse for %s", async name => {
    const joined = await readEdition(joinPaths(lectures, name), "instructor");
    expect(holdsSolutions(joined)).toBe(true);
    const { student, solutions } = split(joined);
    expect(join(student, solutions)).toEqual(joined);
    expect(holdsSolutions(student)).toBe(false);
    expect(traces(solutions, textsOf(student))).toEqual([]);
  });
});

const cell = (id: string, source: string, metadata: Cell["metadata"] = {}): Cell => ({
  cell_type: "code",
  id,
  source,
  metadata,
  execution_count: 1,
  outputs: [{ output_type: "stream", name: "stdout", text: `out ${id}` }],
});
const notebookOf = (...cells: Cell[]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const solved = cell("b", "const f = () => {\n  // BEGIN SOLUTION\n  return 42;\n  // END SOLUTION\n};", {
  tags: ["hide-input", "mine"],
  lectern: { summary: "A solution" },
  answer: 42,
});

describe("the student's edition", () => {
  it("has a stub where a solution is, nothing of its metadata but how it is shown, and outputs from before it only", () => {
    const { cells } = studentEdition(notebookOf(cell("a", "1"), solved, cell("c", "f()")));
    expect(cells).toEqual([
      cell("a", "1"),
      {
        ...cell(
          "b",
          'const f = () => {\n  throw new Error("not answered yet"); // your answer, in place of this line\n};',
        ),
        metadata: { tags: ["mine"] },
        outputs: [],
        execution_count: null,
      },
      { ...cell("c", "f()"), outputs: [], execution_count: null },
    ]);
  });

  it("uses unanswered() where the notebook has it, and the stub that is given before all", () => {
    const imports = cell("a", 'import { check, unanswered } from "lectern/exercise";');
    expect(studentEdition(notebookOf(imports, solved)).cells[1]?.source).toBe(
      "const f = () => {\n  return unanswered(); // your answer, in place of this line\n};",
    );
    const own = cell(
      "b",
      "// BEGIN SOLUTION\nconst n = 4;\n// STUB\n// const n: number = unanswered();\n//\n// END SOLUTION",
    );
    expect(studentEdition(notebookOf(imports, own)).cells[1]?.source).toBe("const n: number = unanswered();\n");
  });

  it("has stubs in other languages, and in text", () => {
    const python = { ...notebookOf(cell("a", "# BEGIN SOLUTION\nx = 1\n# END SOLUTION")) };
    python.metadata = { kernelspec: { name: "python3", display_name: "Python", language: "python" } };
    expect(studentEdition(python).cells[0]?.source).toMatch(/^raise NotImplementedError\(\)/);
    const text: Cell = {
      cell_type: "markdown",
      id: "t",
      metadata: {},
      source: "Why?\n\n<!-- BEGIN SOLUTION -->\nBecause.\n<!-- END SOLUTION -->",
    };
    expect(studentEdition(notebookOf(text)).cells[0]?.source).toBe("Why?\n\n*Your answer here.*");
  });

  it("has no cell that is the instructor's", () => {
    const notebook = notebookOf(cell("a", "1", { tags: ["instructor-only"] }), cell("b", "2"));
    expect(studentEdition(notebook).cells.map(({ id }) => id)).toEqual(["b"]);
    expect(studentEdition(notebook).cells[0]).toMatchObject({ outputs: [] });
  });

  it("is the notebook itself where nothing is to be taken out", () => {
    const notebook = notebookOf(cell("a", 'const s = "BEGIN SOLUTION";'));
    expect(studentEdition(notebook)).toEqual(notebook);
  });

  it.each([
    ["no end", "// BEGIN SOLUTION\n1", /^x\.ipynb, cell 2: BEGIN SOLUTION must have an END SOLUTION below it/],
    ["no beginning", "1\n// END SOLUTION", /cell 2: END SOLUTION must have a BEGIN SOLUTION above it/],
    [
      "one in another",
      "// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION",
      /cell 2: END SOLUTION must come before/,
    ],
    ["code in a stub", "// BEGIN SOLUTION\n1\n// STUB\n2\n// END SOLUTION", /cell 2: each line between STUB .* "2"/],
  ])("is refused for a solution with %s", (_, source, message) => {
    expect(() => studentEdition(notebookOf(cell("a", "1"), cell("b", source)), "x.ipynb")).toThrow(message);
  });
});

describe("halves that do not belong together", () => {
  const joined = notebookOf(cell("a", "1"), solved, cell("c", "f()"));
  const { student, solutions } = split(joined);
  const changed = (id: string, change: object): Notebook => ({
    ...student,
    cells: student.cells.map(each => (each.id === id ? ({ ...each, ...change } as Cell) : each)),
  });

  it.each([
    ["another stub", changed("b", { source: "const f = () => 1;" }), /cell 2: .* another source in cell "b"/],
    ["other metadata", changed("b", { metadata: {} }), /cell 2: .* another metadata in cell "b"/],
    ["another check", changed("c", { source: "g()" }), /cell 3: .* another source in cell "c"/],
    ["a cell that is gone", { ...student, cells: student.cells.slice(0, 2) }, /got none for "c"/],
  ])("are refused: %s", (_, notebook, message) => {
    expect(() => join(notebook, solutions, "x.ipynb")).toThrow(message);
  });

  it("may differ in what an editor notes when it saves", () => {
    const noted = { execution: { "iopub.status.busy": "2026" }, collapsed: true };
    expect(join(changed("b", { metadata: { ...noted, tags: ["mine"] } }), solutions)).toEqual(joined);
  });

  it("may differ where no solution is: a text that was mended, a cell that is new", () => {
    const mended = changed("a", { source: "2" });
    expect(join(mended, solutions).cells[0]?.source).toBe("2");
    expect(join({ ...student, cells: [cell("new", "0"), ...student.cells] }, solutions).cells).toHaveLength(4);
  });
});

describe("traces", () => {
  const solutions = notebookOf(
    cell("b", "shared();\n// BEGIN SOLUTION\nconst width = Math.sqrt(2);\n}\n// STUB\n// stubbed();\n// END SOLUTION"),
    cell("n", "told to instructors", { tags: ["instructor-only"] }),
  );

  it.each([
    ["a source", { cells: [{ source: "x;\n  const  width =\n Math.sqrt(2);" }] }],
    ["an output", { outputs: [{ data: { "text/html": "<p>const width = Math.sqrt(2);</p>" } }] }],
    ["metadata", { metadata: { deep: [{ er: "const width = Math.sqrt(2);" }] } }],
    ["a key", { "const width = Math.sqrt(2);": 1 }],
  ])("finds a line in %s, however it is broken", (_, value) => {
    expect(traces(solutions, textsOf(value))).toEqual([{ cell: "b", line: "const width = Math.sqrt(2);" }]);
  });

  it("takes a line that opens a bracket together with those that close it", () => {
    const open = notebookOf(
      cell(
        "b",
        "// BEGIN SOLUTION\nconst moments = candidates.map(\n  v => (v / 2) * 3,\n) as Moments;\n// END SOLUTION",
      ),
    );
    const found = (text: string) => traces(open, [text]).map(({ line }) => line);
    expect(found("const moments = candidates.map(other) as Moments;")).toEqual([]);
    expect(found("x(v => (v / 2) * 3, 1)")).toEqual(["v => (v / 2) * 3,"]);
    expect(found("const moments = candidates.map(v => (v / 2) * 3,) as Moments;")).toHaveLength(2);
  });

  it("finds teaching notes, and leaves alone what is shared, the stub, and lines that say nothing", () => {
    expect(traces(solutions, ["It was told to instructors."])).toEqual([{ cell: "n", line: "told to instructors" }]);
    expect(traces(solutions, ["shared(); stubbed(); }"])).toEqual([]);
  });
});
