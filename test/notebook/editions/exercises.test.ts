import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { exerciseProblems, readEdition } from "../../../src/notebook/editions/index.ts";
import type { Cell, Notebook } from "../../../src/notebook/index.ts";

const cell = (source: string, index: number, tags: string[] = []): Cell => ({
  ...{ cell_type: "code", id: `c${index}`, source, metadata: { tags }, execution_count: null, outputs: [] },
});
const problems = (...sources: (string | Cell)[]) => {
  const cells = sources.map((each, index) => (typeof each === "string" ? cell(each, index) : each));
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
  return exerciseProblems(notebook, "n.ipynb").map(({ message }) => message);
};
const solved = (code: string) => `// BEGIN SOLUTION\n${code}\n// END SOLUTION`;
const seven = `function seven(): number {\n  // BEGIN SOLUTION\n  const n = 7;\n  return n;\n  // END SOLUTION\n}`;
const check = (name: string, rule = "seven() === 7") => `check("${name}", must => must("it must be", ${rule}));`;

describe("the exercises of a notebook with its solutions", () => {
  it.each([
    ["a check right below", [seven, check("1.1", "true")]],
    ["a check in the cell", [`${seven}\n${check("1.1")}`]],
    ["a check further on that uses it", [seven, "const other = 1;", check("1.1")]],
    ["a name taken apart", [solved("const { a, b: [n] } = made;"), "1", "2", check("1.1", "n > a")]],
    [
      "a check of what uses it",
      [solved("const base = 7;"), "1", solved("const twice = () => 2 * base;"), check("1.1", "twice()")],
    ],
    [
      "a note with code",
      [seven, check("1.1"), cell("// BEGIN SOLUTION\nnote();\n// END SOLUTION", 9), check("1.2", "note")],
    ],
    ["no check anywhere", [seven, "claim('it is seven', seven(), 7, { within: 1 });"]],
    ["two checks that a comment speaks of", [seven, check("1.1"), `// ${check("1.1")}\n/* ${check("1.1")} */`]],
    ["a method of that name", [seven, check("1.1"), 'linter.check("1.1"); recheck("1.1")']],
  ])("may have %s", (_, sources) => expect(problems(...sources)).toEqual([]));

  it("need a check each, where there are checks at all", () => {
    expect(
      problems(seven, check("1.1"), solved("const eight = () => 8;"), "eight + 1", check("1.2", "seven()")),
    ).toEqual([
      'n.ipynb, cell 3: a solution must have a check, but got none that uses eight; add a cell below with check("…", must => …), or tag this one instructor-only.',
    ]);
    // What is indented is the solution's own, and a longer name is another.
    expect(
      problems(seven, check("1.1"), "1", seven.replaceAll("seven", "sev"), "1", check("1.2", "seven() + n")),
    ).toEqual([expect.stringContaining("cell 4: a solution must have a check, but got none that uses sev;")]);
    expect(problems(solved("note();"), "1", seven, check("1.1"))[0]).toContain(
      "cell 1: a solution must have a check, but got none that uses it",
    );
  });

  it("need checks of different names", () => {
    expect(problems(seven, check("1.1"), "1", check("1.1"), `check(\n  '1.1', must => must("is", true))`)).toEqual([
      'n.ipynb, cell 4: each check must have a name of its own, but got "1.1" in cell 2 too; number one of them anew.',
      'n.ipynb, cell 5: each check must have a name of its own, but got "1.1" in cell 2 too; number one of them anew.',
    ]);
  });

  const lectures = resolve(import.meta.dirname, "../../../notebooks");
  it.each(readdirSync(lectures).filter(name => name.endsWith(".ipynb")))("are in order in %s", async name => {
    const path = join(lectures, name);
    expect(exerciseProblems(await readEdition(path, "instructor"), name).map(String)).toEqual([]);
  });
});
