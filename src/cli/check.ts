import { dirname, resolve } from "node:path";
import { LocalChecker } from "../kernel/index.ts";
import { assertNotSolutions, nearMarks } from "../notebook/editions/index.ts";
import { parseCell } from "../kernel/transform/parse.ts";
import {
  type Cell,
  claimsIn,
  type CodeCell,
  hasTag,
  type Notebook,
  NotebookFormatError,
  readNotebook,
  staleness,
} from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { orphans, verdictProblems, withSolutions } from "./checkSolutions.ts";
import { CommandError, exitCode } from "./errors.ts";
import { emptyProblem } from "./handOutProblems.ts";
import { diagnosticLines } from "./report.ts";
import { weightProblem } from "./weight.ts";

/**
 * `lectern check`: what is wrong with notebooks as they are stored; nothing runs. Types, outputs that are not up to date,
 * errors and false claims in them, weight, and the same of the solutions that lie apart; one line each,
 * `file:cell:line:column: message`. Returns the exit code.
 */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("check", args, { report: { type: "string" } });
  if (values.report !== undefined && values.report !== "json") {
    throw new CommandError(`lectern check: --report must be json, but got ${values.report}; as in --report json.`);
  }
  const notebooks = [];
  const paths = notebookPaths("check", positionals);
  for (const path of paths) {
    const problems = await problemsOf(path);
    notebooks.push({ path, ok: problems.length === 0, problems });
    for (const line of problems) console.error(line);
  }
  for (const line of orphans(paths)) {
    notebooks.push({ path: line.slice(0, line.indexOf(": ")), ok: false, problems: [line] });
    console.error(line);
  }
  const ok = notebooks.every(each => each.ok);
  if (values.report === "json") console.log(JSON.stringify({ ok, notebooks }, null, 2));
  else if (ok)
    console.log(`${notebooks.length} notebook${notebooks.length === 1 ? "" : "s"} checked, nothing is wrong`);
  return ok ? exitCode.done : exitCode.failed;
}

async function problemsOf(path: string): Promise<string[]> {
  let notebook: Notebook;
  try {
    notebook = await readNotebook(path, words => console.error(words));
    assertNotSolutions(path, notebook);
  } catch (error) {
    if (error instanceof NotebookFormatError) return [error.message];
    throw error;
  }
  const empty = emptyProblem(path, notebook);
  if (empty !== undefined) return [empty];
  const cells = runCells(notebook);
  const weight = weightProblem(notebook, cell => cells.indexOf(cell) + 1);
  const solutions = await withSolutions(path, notebook);
  return [
    ...(await ranProblems(path, path, notebook, cells)),
    ...nearMarks(notebook, path).map(({ message }) => message),
    ...(weight === undefined ? [] : [`${path}: ${weight}`]),
    ...solutions.problems,
    ...(solutions.joined ? await solutionProblems(path, notebook, solutions.joined, solutions.own) : []),
  ];
}

/** Of the instructor's edition what is not the student's too; cells are counted as where the solutions are in. */
async function solutionProblems(path: string, notebook: Notebook, joined: Notebook, own: ReadonlySet<Cell>) {
  const name = `${path} (instructor)`;
  const cells = runCells(joined);
  const numbered = (all: readonly CodeCell[]) => all.map((cell, index) => ({ cell, number: index + 1 }));
  const solved = numbered(cells).filter(({ cell }) => own.has(cell));
  return [
    ...(await ranProblems(path, name, joined, cells, own)),
    ...verdictProblems(name, solved, "right"),
    ...verdictProblems(path, numbered(runCells(notebook)), "unanswered"),
  ];
}

function runCells({ cells }: Notebook): CodeCell[] {
  return cells.filter((cell): cell is CodeCell => cell.cell_type === "code" && !hasTag(cell, "skip-execution"));
}

/** What is wrong with some of the cells: their types and what they show, and whether that is up to date. */
async function ranProblems(
  path: string,
  name: string,
  notebook: Notebook,
  cells: readonly CodeCell[],
  some: ReadonlySet<Cell> = new Set(cells),
): Promise<string[]> {
  const { stale, reason } = await staleness(path, notebook);
  return [
    ...(await typeProblems(path, name, cells, some)),
    ...(stale ? [`${name}: its outputs are not up to date: ${reason}`] : []),
    ...cells.flatMap((cell, index) => {
      return some.has(cell) && !hasTag(cell, "raises-exception") ? outputProblems(name, cell, index + 1) : [];
    }),
  ];
}

/** As a kernel finds them that runs one cell after the other; a cell with a problem defines nothing for the next. */
async function typeProblems(
  path: string,
  name: string,
  cells: readonly CodeCell[],
  some: ReadonlySet<Cell>,
): Promise<string[]> {
  const checker = new LocalChecker(dirname(resolve(path)), resolve(path));
  await checker.know(cells.map(({ source }) => source));
  const problems: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const id = index + 1;
    const { error } = await checker.check({ id, cell: id, source: cell.source });
    if (error && some.has(cell) && !hasTag(cell, "raises-exception")) problems.push(...diagnosticLines(name, error));
    if (!error) await checker.commit({ id, finished: parseCell(cell.source).declarations.map(each => each.statement) });
  }
  checker.dispose();
  return problems;
}

function outputProblems(path: string, { outputs }: CodeCell, number: number): string[] {
  return outputs.flatMap(output => {
    if (output.output_type === "error") return [`${path}:${number}: stored error: ${output.ename}: ${output.evalue}`];
    return claimsIn([output]).flatMap(({ text, holds }) => {
      return holds === false ? [`${path}:${number}: false claim: ${text}`] : [];
    });
  });
}
