import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { renderProse } from "../../src/cli/step/prose.ts";
import { makeWorkspace, repository } from "../kernel/support.ts";

const code = (id: string, source: string) => ({
  cell_type: "code",
  id,
  metadata: {},
  source,
  outputs: [],
  execution_count: null,
});
const figure = `({ data: [{ x: [1, 2], y: [1, 4], type: "scatter" }], layout: {}, alt: "A line that rises." })`;
const cells = [
  { cell_type: "markdown", id: "m", metadata: {}, source: "# Title\n\nSome *prose* with $a_1 * b_2$." },
  code("a", "const a = 6;\nconsole.log('ran', a);"),
  code("b", "throw new Error('skipped?')"),
  code("c", figure),
  code("d", "throw new Error('as expected')"),
  code("e", "console.log('never')"),
];
const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
const asking = JSON.stringify({
  cells: [{ ...code("p", "console.log('came', 6 * 7)"), metadata: { tags: ["predict"] } }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const exercise = JSON.stringify({
  cells: [
    code("i", 'import { check } from "../src/exercise/index.ts";'),
    code("t", "function twice(n: number): number {\n  // BEGIN SOLUTION\n  return 2 * n;\n  // END SOLUTION\n}"),
    code("w", 'check("1", must => must("twice three must be even", false, { got: 7 }));'),
  ],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
});
const workspace = makeWorkspace({
  "notebooks/a.ipynb": text,
  "notebooks/asking.ipynb": asking,
  "notebooks/broken.ipynb": "{",
  "notebooks/exercise.ipynb": exercise,
});
fs.symlinkSync(path.join(repository, "src"), path.join(workspace.root, "src"));
afterAll(() => workspace.remove());

function step(args: string[], input: string) {
  const program = path.join(repository, "dist/cli/main.js");
  const env = { ...process.env, NO_COLOR: "1" };
  return spawnSync(process.execPath, [program, "step", ...args], { cwd: workspace.root, input, env, encoding: "utf8" });
}

describe("lectern step", () => {
  it("shows prose and code, runs, skips and ends as it is told, and leaves the notebook alone", () => {
    const { status, stdout } = step(["notebooks/a.ipynb"], "\ns\n\nwhat?\n\nq\n");
    expect(status).toBe(0);
    expect(stdout).toContain("Some prose with $a_1 * b_2$.");
    expect(stdout).toMatch(/ {2}┃ const a = 6;\n {2}┃ console\.log\('ran', a\);/);
    expect(stdout).toContain("[1/5] Enter runs it, s skips it, b goes back, q ends, ? helps: ran 6\n");
    expect(stdout).not.toContain("Error: skipped?");
    expect(stdout).toContain("▣ A line that rises.");
    const drawing = fs.readFileSync(fileURLToPath(/file:\S+\.svg/.exec(stdout)?.[0] ?? ""), "utf8");
    expect(drawing).toContain("<svg");
    expect(stdout).toContain("Error: as expected");
    expect(stdout).toContain("what? is no answer here; ? shows those that are.");
    expect(stdout).not.toContain("never\n");
    expect(fs.readFileSync(path.join(workspace.notebooks, "a.ipynb"), "utf8")).toBe(text);
  });

  it("asks what will come out of a cell tagged predict, and shows both", () => {
    const { stdout } = step(["notebooks/asking.ipynb"], "\nforty-two\nq\n");
    expect(stdout).toMatch(/Predict first: what will come out\? came 42\n[\s\S]*You predicted: forty-two/);
  });

  it("shows students no solution, and to instructors all", () => {
    const student = step(["notebooks/exercise.ipynb"], "s\ns\nq\n").stdout;
    expect(student).toContain("function twice");
    expect(student).not.toContain("return 2 * n");
    expect(step(["notebooks/exercise.ipynb", "--for", "student"], "s\ns\nq\n").stdout).toBe(student);
    const { stdout } = step(["notebooks/exercise.ipynb", "--for", "instructor"], "s\ns\nq\n");
    expect(stdout).toContain("return 2 * n");
    expect(step(["notebooks/exercise.ipynb", "--for", "all"], "")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--for must be student or instructor, but got all"),
    });
  });

  it("says once what is wrong with an answer", () => {
    const { stdout } = step(["notebooks/exercise.ipynb"], "\ns\n\nq\n");
    expect(stdout.match(/twice three must be even, but got 7/gi)).toHaveLength(1);
    expect(stdout).toContain("✗ Exercise 1: not right yet. Twice three must be even");
    expect(stdout).not.toContain("WrongAnswer");
  });

  it("ends where its input ends, and says what is no notebook", () => {
    expect(step(["notebooks/a.ipynb"], "").status).toBe(0);
    expect(step(["notebooks/broken.ipynb"], "")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("must be JSON"),
    });
    expect(step([], "")).toMatchObject({ status: 2, stderr: expect.stringContaining("a notebook is needed") });
    expect(step(["course"], "")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("one notebook must be named"),
    });
  });
});

describe("prose in a terminal", () => {
  const plain = (source: string, width = 40) => stripVTControlCharacters(renderProse(source, width)).trimEnd();

  it("wraps lines, and marks lists", () => {
    expect(plain("one two three four five", 12)).toBe("one two\nthree four\nfive");
    expect(plain("- first\n- second\n  1. inner\n  2. next")).toBe("• first\n\n• second\n\n  1. inner\n\n  2. next");
  });

  it("leaves code and formulas as they are", () => {
    expect(plain("$$\\log p_\\theta(x)$$ and `a_b*c*`")).toBe("$$\\log p_\\theta(x)$$ and a_b*c*");
    expect(plain("```ts\nconst a = 1;\n```")).toBe("    const a = 1;");
  });
});
