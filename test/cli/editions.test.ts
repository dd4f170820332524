import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Report } from "../../src/cli/report.ts";
import { split } from "../../src/notebook/editions/index.ts";
import { formatNotebook, parseNotebook } from "../../src/notebook/index.ts";
import { slowness } from "../../src/kernel/process/slowness.ts";

// Most of these start a kernel twice.
vi.setConfig({ testTimeout: 60_000 * slowness() });

const root = resolve(import.meta.dirname, "../..");
const lectern = join(root, "dist/cli/main.js");
const folder = mkdtempSync(join(tmpdir(), "lectern editions "));
afterAll(() => rmSync(folder, { recursive: true }));

function command(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [lectern, ...args], { cwd: folder, encoding: "utf8" });
  return { code: status, stdout, stderr };
}

const read = (name: string) => readFileSync(join(folder, name), "utf8");

let count = 0;
/** A notebook of these code cells, and one of text that is the instructor's. */
function notebook(...sources: string[]): string {
  const name = `n${++count}.ipynb`;
  const cells = sources.map((source, i) => ({
    ...{ cell_type: "code", id: `c${i}`, metadata: {}, source, outputs: [], execution_count: null },
  }));
  const note = { cell_type: "markdown", id: "note", metadata: { tags: ["instructor-only"] }, source: "Told to few." };
  const all = [...cells, note];
  writeFileSync(join(folder, name), JSON.stringify({ cells: all, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return name;
}

const imports = `import { check, unanswered } from ${JSON.stringify(join(root, "src/exercise/index.ts"))};`;
const task = (solution: string) =>
  `function seven(): number {\n  // BEGIN SOLUTION\n  ${solution}\n  // END SOLUTION\n}\nconst base = 40;`;
const asks = 'check("1.1", must => must("it must be odd", seven() % 2 === 1, { got: seven() }));\nbase + 1';
const solved = () => notebook(imports, task("return 3 + 4 * 1; // found"), asks);

describe("lectern split and join", () => {
  const name = solved();
  const apart = join("solutions", name);
  let joined = "";

  it("take the solutions out, once both editions ran as they should", () => {
    const { code, stdout, stderr } = command("split", name);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toContain(apart);
    expect(stderr).toContain(`${name} (instructor): 3 cells ran, 0 claims hold, 1 exercise right`);
    expect(stderr).toContain(`${name} (student): 3 cells ran, 0 claims hold, 1 exercise unanswered`);
    expect(read(name)).toContain("return unanswered(); // your answer");
    expect(read(name)).toContain("not answered yet");
    expect(read(name)).not.toMatch(/3 \+ 4|found|Told to few|SOLUTION/);
    expect(read(apart)).toContain("Told to few");
    // What is the same in both is in one file.
    expect(JSON.parse(read(apart)).cells.map(({ id }: { id: string }) => id)).toEqual(["c1", "c2", "note"]);
  });

  it("put them back in, and take them out to the same bytes", () => {
    const [student, solutions] = [read(name), read(apart)];
    expect(command("join", name)).toMatchObject({ code: 0, stdout: expect.stringContaining(`lectern split ${name}`) });
    joined = read(name);
    expect(joined).toContain("return 3 + 4 * 1; // found");
    expect(joined).toContain("1.1: right.");
    expect(command("join", name).stderr).toContain("holds its solutions already");
    expect(read(name)).toBe(joined);
    expect(command("split", name).code).toBe(0);
    expect([read(name), read(apart)]).toEqual([student, solutions]);
  });

  it("runs either edition, by default what is stored", () => {
    const states = (...args: string[]) => {
      const { code, stdout } = command("run", name, "--report", "json", ...args);
      const [first] = (JSON.parse(stdout) as Report).notebooks;
      return [code, first?.exercises.map(({ exercise, state, cell }) => [exercise, state, cell])];
    };
    expect(states()).toEqual([0, [["1.1", "unanswered", 3]]]);
    expect(states("--for", "instructor")).toEqual([0, [["1.1", "right", 3]]]);
    expect(command("join", name).code).toBe(0);
    expect(states("--for", "student")).toEqual([0, [["1.1", "unanswered", 3]]]);
  });

  it("stores both halves with run --write, from either of the two forms", () => {
    writeFileSync(join(folder, name), joined.replace("// found", "// found again"));
    expect(command("run", name, "--write").code).toBe(0);
    expect(read(name)).not.toContain("found");
    expect(read(apart)).toContain("found again");
    writeFileSync(join(folder, name), read(name).replace('"import', '"// first\\n",\n    "import'));
    const { code, stdout } = command("run", name, "--write", "--report", "json");
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Report).notebooks.map(({ edition }) => edition)).toEqual(["instructor", "student"]);
    expect(read(name)).toContain("// first");
  });

  it("exports either edition, each under its name, and students' where nothing is said", () => {
    expect(command("export", name).stdout.trim()).toBe(join("handouts", name.replace("ipynb", "html")));
    const instructor = command("export", name, "--for", "instructor");
    expect(instructor).toMatchObject({ code: 0, stderr: "" });
    expect(instructor.stdout.trim()).toBe(join("handouts", name.replace("ipynb", "instructor.html")));
    const text = (file: string) => read(join("handouts", file)).replace(/<[^>]*>/g, "");
    expect(text(name.replace("ipynb", "html"))).not.toMatch(/3 \+ 4|found|Told to few/);
    expect(text(name.replace("ipynb", "html"))).toContain("Exercise 1.1: not answered yet.");
    const forInstructors = name.replace("ipynb", "instructor.html");
    expect(text(forInstructors)).toMatch(/For the instructor\s*Told to few/);
    // The rest of the cell is everybody's.
    expect(read(join("handouts", forInstructors))).toMatch(
      / seven<.*<span class="solution" role="note" aria-label="Solution">(?:(?! base).)*found again/s,
    );
  });

  it("leaves a notebook that still holds its solutions as it is, and runs and stores it so", () => {
    const whole = solved();
    expect(command("run", whole, "--write")).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("1 exercise right"),
    });
    expect(read(whole)).toContain("// BEGIN SOLUTION");
    expect(existsSync(join(folder, "solutions", whole))).toBe(false);
    const { stderr } = command("export", whole);
    expect(stderr).toMatch(
      /^\S+: a student's outputs must come from .*, but got 2 from .*; lectern split \S+ makes that run, where nothing but checks uses an answer\.\n$/,
    );
    expect(read(join("handouts", whole.replace("ipynb", "html"))).replace(/<[^>]*>/g, "")).not.toMatch(/3 \+ 4|Told/);
  });
});

describe("lectern split stores nothing", () => {
  it.each([
    [
      "a solution is wrong",
      () => notebook(imports, task("return 8;"), asks),
      /:3:1:\d+: WrongAnswer: exercise 1.1: it must be odd, but got 8; read the task once more\.$/m,
    ],
    [
      "a check passes without an answer",
      () => notebook(imports, task("return 7;"), 'check("1.1", must => must("it must be", true));'),
      /:3: exercise 1.1 must be unanswered for the student, but is right; a check must not pass/,
    ],
    [
      "a stub does not type-check",
      () =>
        notebook(
          imports,
          "// BEGIN SOLUTION\nconst n = 7;\n// END SOLUTION",
          'check("1.1", must => must("is", n === 7));',
        ),
      /:2:\d+:\d+: .*return/i,
    ],
    [
      "an answer is used outside its check",
      () => notebook(imports, task("return 7;"), "seven()", asks),
      /:3:1:1: Unanswered: unanswered: an answer must be written before it is used/,
    ],
    [
      "a line of a solution is left in the check",
      () => notebook(imports, task("return 28 / 4 + 0;"), `${asks}\n// return 28 / 4 + 0;`),
      /no line of a solution must be left for students, but got "return 28 \/ 4 \+ 0;" of cell c1/,
    ],
    ["a mark has no end", () => notebook(imports, "// BEGIN SOLUTION\n1"), /cell 2: BEGIN SOLUTION must have an END/],
  ])("where %s, and says so in a line", (_, make, message) => {
    const name = make();
    const before = read(name);
    const { code, stderr } = command("split", name);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/node_modules|node:internal|dist\//);
    expect(code).toBe(1);
    expect(read(name)).toBe(before);
    expect(existsSync(join(folder, "solutions", name))).toBe(false);
  });

  it("where a notebook and its solutions do not belong together", () => {
    const name = solved();
    const apart = join("solutions", name);
    const { student, solutions } = split(parseNotebook(read(name)));
    mkdirSync(join(folder, "solutions"), { recursive: true });
    writeFileSync(join(folder, apart), formatNotebook(solutions));
    writeFileSync(join(folder, name), formatNotebook(student).replace("const base = 40", "const base = 41"));
    const before = [read(name), read(apart)];
    for (const args of [
      ["join"],
      ["run", "--write"],
      ["run", "--for", "instructor"],
      ["export", "--for", "instructor"],
    ]) {
      const { code, stderr } = command(...args, name);
      expect([code, stderr.trim().split("\n").length]).toEqual([1, 1]);
      expect(stderr).toMatch(/cell 2: the notebook must be what its solutions were taken out of/);
    }
    expect([read(name), read(apart)]).toEqual(before);
  });

  it("where something looks like a mark and is none, nor is it exported; lectern check says so", () => {
    const name = notebook(imports, "const seven = 0; // Begin solution\n7 // end solution", asks);
    const problem = `${name}, cell 2: line 1: the mark of a solution must be`;
    for (const args of [["split"], ["export"], ["export", "--for", "student"], ["check"]]) {
      const { code, stdout, stderr } = command(...args, name);
      expect([args, code, stdout]).toEqual([args, 1, ""]);
      expect(stderr).toContain(problem);
      if (args[0] !== "check") expect(stderr.trim().split("\n").length).toBe(1);
    }
    expect(existsSync(join(folder, "handouts", name.replace("ipynb", "html")))).toBe(false);
  });

  it.each([
    [
      "two checks have one name",
      () => notebook(imports, task("return 7;"), asks, asks.replace("base + 1", "")),
      /cell 4: each check must have a name of its own, but got "1.1" in cell 3 too/,
    ],
    [
      "a solution has no check",
      () => notebook(imports, task("return 7;"), asks, "// BEGIN SOLUTION\nconst n = 1;\n// END SOLUTION", "base"),
      /cell 4: a solution must have a check, but got none that uses n;/,
    ],
  ])("where %s, nor does it run then; lectern check says so too", (_, make, message) => {
    const name = make();
    for (const verb of ["split", "check"]) {
      const { code, stderr } = command(verb, name);
      expect([verb, code]).toEqual([verb, 1]);
      expect(stderr).toMatch(message);
    }
    expect(existsSync(join(folder, "solutions", name))).toBe(false);
  });

  it.each([
    [["split"], /a notebook is needed/, 2],
    [["split", "plain.ipynb"], /plain.ipynb must hold solutions, but there is neither/, 1],
    [
      ["join", "plain.ipynb"],
      /plain.ipynb must have its solutions in .*solutions.*plain.ipynb, but there is no such file/,
      1,
    ],
    [["run", "plain.ipynb", "--for", "teacher"], /--for must be student or instructor, but got teacher/, 2],
    [["export", "plain.ipynb", "--for", "all"], /lectern export: --for must be student or instructor, but got all/, 2],
    [["run", "plain.ipynb", "--write", "--for", "student"], /--write and --for must not be used together/, 2],
  ])("%j, wrong use", (args, message, expected) => {
    const cells = [{ cell_type: "code", id: "a", metadata: {}, source: "1", outputs: [], execution_count: null }];
    writeFileSync(join(folder, "plain.ipynb"), JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
    const { code, stderr } = command(...args);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n").length).toBe(1);
    expect(code).toBe(expected);
  });

  it("where the solutions are named by themselves", () => {
    const { cells, ...others } = JSON.parse(read(solved()));
    mkdirSync(join(folder, "solutions"), { recursive: true });
    const apart = { ...others, cells, metadata: { solutions: { after: {} } } };
    writeFileSync(join(folder, "solutions/alone.ipynb"), JSON.stringify(apart));
    for (const name of ["run", "export", "split", "join"]) {
      const { code, stderr } = command(name, "solutions/alone.ipynb");
      expect([name, code, stderr.trim().split("\n").length]).toEqual([name, 1, 1]);
      expect(stderr).toContain("got the solutions of alone.ipynb; name that one, with --for instructor.");
    }
  });
});

describe("lectern check looks at the solutions that lie apart", () => {
  /** A notebook whose solutions lie apart, never run. */
  function apart(change: (student: string, solutions: string) => [student: string, solutions: string | undefined]) {
    const name = solved();
    const { student, solutions } = split(parseNotebook(read(name)));
    const [own, theirs] = change(formatNotebook(student), formatNotebook(solutions));
    mkdirSync(join(folder, "solutions"), { recursive: true });
    writeFileSync(join(folder, name), own);
    if (theirs !== undefined) writeFileSync(join(folder, "solutions", name), theirs);
    return name;
  }
  it.each<[string, Parameters<typeof apart>[0], RegExp]>([
    ["broken", student => [student, "{"], /^solutions\/n\d+\.ipynb: .*\S; .*\.$/m],
    [
      "missing",
      student => [student, undefined],
      /^n\d+\.ipynb: its exercises must have their solutions in solutions\/n\d+\.ipynb, but there is no such file; restore it/m,
    ],
    [
      "of another edition",
      (student, solutions) => [student.replace("const base = 40", "const base = 41"), solutions],
      /^n\d+\.ipynb, cell 2: the notebook must be what its solutions were taken out of, but got another source in cell "c1"; .* lectern join/m,
    ],
    [
      "of a cell that is gone",
      (student, solutions) => [student, solutions.replace('"id": "c1"', '"id": "gone"')],
      /each solution must have its cell in the notebook, but got none for "gone"|another/,
    ],
    [
      "stale",
      (student, solutions) => [student, solutions],
      /^n\d+\.ipynb \(instructor\): its outputs are not up to date: /m,
    ],
    [
      "not type-checked",
      (student, solutions) => [student, solutions.replace("3 + 4 * 1", "'seven'")],
      /^n\d+\.ipynb \(instructor\):2:\d+:\d+: .*'string' is not assignable to type 'number'/m,
    ],
    [
      "in both places",
      (_, solutions) => [
        solutions.replace(/"solutions": \{[^}]*\{[^}]*\}\s*\},?/, "").replace(/,(\s*\})/g, "$1"),
        solutions,
      ],
      /its solutions must be in one place, but got them in it and in solutions/,
    ],
  ])("%s", (_, change, message) => {
    const name = apart(change);
    const { code, stderr } = command("check", name);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/node:internal|dist\//);
    rmSync(join(folder, name));
    rmSync(join(folder, "solutions", name), { force: true });
  });
});
