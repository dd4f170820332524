import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { nearMarks, studentEdition } from "../../../src/notebook/editions/index.ts";
import { type Notebook, parseNotebook } from "../../../src/notebook/index.ts";

const root = resolve(import.meta.dirname, "../../..");

function notebook(cell_type: "code" | "markdown", source: string, tags: string[] = []): Notebook {
  const cell = { id: "a", metadata: { tags }, source };
  const own =
    cell_type === "code" ? { ...cell, cell_type, outputs: [], execution_count: null } : { ...cell, cell_type };
  return { cells: [own], metadata: {}, nbformat: 4, nbformat_minor: 5 };
}

describe("what looks like a mark and is none", () => {
  it.each([
    "<!-- begin solution -->",
    "// begin solution",
    "// Begin Solution",
    "//  BEGIN  SOLUTION",
    "// BEGIN\tSOLUTION",
    "/* BEGIN SOLUTION */",
    "/** BEGIN SOLUTION */",
    "// BEGIN-SOLUTION",
    "// BEGIN_SOLUTION",
    "// BEGINSOLUTION",
    "// BEGIN SOLUTIONS",
    "// SOLUTION BEGIN",
    "// solution end",
    "// START SOLUTION",
    "// --- BEGIN SOLUTION ---",
    "const x = 1; // BEGIN SOLUTION",
    "f(); /* end solution */",
    "text <!-- BEGIN SOLUTION --> 7 <!-- END SOLUTION -->",
    "BEGIN SOLUTION",
    "**Begin solution**",
    "-- end solution",
    "% BEGIN SOLUTION",
  ])("is refused, with its cell and line: %s", line => {
    for (const kind of ["code", "markdown"] as const) {
      const near = notebook(kind, `one\n  ${line}\nthree`);
      expect(() => studentEdition(near, "n.ipynb")).toThrow(
        /^n\.ipynb, cell 1: line 2: .* must be .*, but got .*; .*\.$/,
      );
    }
  });

  it.each(["instructor_only", "Instructor-only", "instructor only", "instructors-only", "INSTRUCTOR", "teacher-only"])(
    "is refused as a tag: %s",
    tag => {
      expect(() => studentEdition(notebook("markdown", "a", [tag]), "n.ipynb")).toThrow(
        `n.ipynb, cell 1: the tag of what students do not get must be instructor-only, but got "${tag}"`,
      );
    },
  );

  it.each(["  // BEGIN SOLUTION\n7\n  // END SOLUTION", "# BEGIN SOLUTION\n# END SOLUTION"])(
    "is no mark: %j",
    source => {
      expect(nearMarks(notebook("code", source, ["instructor-only", "hide-input"]))).toEqual([]);
    },
  );

  it.each([
    "We begin solution two with a sketch; in the end solutions agree.",
    "The end: solutions of the equation are real.",
    "## Solution",
    "// the solution begins at zero",
    "// start solution at zero",
    "const solutionEnd = solutions.at(-1);",
    "Mark it with `// BEGIN SOLUTION` and `<!-- END SOLUTION -->`.",
  ])("is no prose: %s", line => {
    for (const kind of ["code", "markdown"] as const) expect(nearMarks(notebook(kind, line))).toEqual([]);
  });

  it("is in no lecture, solution or page of the guide", () => {
    const files = (folder: string, end: string) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
        .filter(name => name.endsWith(end))
        .map(name => readFileSync(join(root, folder, name), "utf8"));
    const all = [
      ...files("notebooks", ".ipynb").map(text => parseNotebook(text)),
      ...[...files("src/guide", ".md"), readFileSync(join(root, "README.md"), "utf8")].map(text =>
        notebook("markdown", text),
      ),
    ];
    expect(all.length).toBeGreaterThan(15);
    expect(all.flatMap(each => nearMarks(each).map(({ message }) => message))).toEqual([]);
  });
});
