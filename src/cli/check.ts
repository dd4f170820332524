import { dirname, resolve } from "node:path";
import { LocalChecker } from "../kernel/index.ts";
import { nearMarks } from "../notebook/editions/index.ts";
import { parseCell } from "../kernel/transform/parse.ts";
import {
  CLAIM,
  type CodeCell,
  hasTag,
  type Notebook,
  NotebookFormatError,
  readNotebook,
  staleness,
} from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { CommandError, exitCode } from "./errors.ts";
import { diagnosticLines } from "./report.ts";
import { weightProblem } from "./weight.ts";

/**
 * `lectern check`: what is wrong with notebooks as they are stored; nothing runs. Types, outputs that are not up to date,
 * errors and false claims in them, and weight; one line each, `file:cell:line:column: message`. Returns the exit code.
 */
export async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("check", args, { report: { type: "string" } });
  if (values.report !== undefined && values.report !== "json") {
    throw new CommandError(`lectern check: --report must be json, but got ${values.report}; as in --report json.`);
  }
  const notebooks = [];
  for (const path of notebookPaths("check", positionals)) {
    const problems = await problemsOf(path);
    notebooks.push({ path, ok: problems.length === 0, problems });
    for (const line of problems) console.error(line);
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
    notebook = await readNotebook(path);
  } catch (error) {
    if (error instanceof NotebookFormatError) return [error.message];
    throw error;
  }
  const cells = notebook.cells.filter(
    (cell): cell is CodeCell => cell.cell_type === "code" && !hasTag(cell, "skip-execution"),
  );
  const numberOf = (cell: CodeCell) => cells.indexOf(cell) + 1;
  const { stale, reason } = await staleness(path, notebook);
  const weight = weightProblem(notebook, numberOf);
  return [
    ...(await typeProblems(path, cells)),
    ...(stale ? [`${path}: its outputs are not up to date: ${reason}`] : []),
    ...cells
      .filter(cell => !hasTag(cell, "raises-exception"))
      .flatMap(cell => outputProblems(path, cell, numberOf(cell))),
    ...nearMarks(notebook, path).map(({ message }) => message),
    ...(weight === undefined ? [] : [`${path}: ${weight}`]),
  ];
}

/** As a kernel finds them that runs one cell after the other; a cell with a problem defines nothing for the next. */
async function typeProblems(path: string, cells: readonly CodeCell[]): Promise<string[]> {
  const checker = new LocalChecker(dirname(resolve(path)), resolve(path));
  await checker.know(cells.map(({ source }) => source));
  const problems: string[] = [];
  for (const [index, cell] of cells.entries()) {
    const id = index + 1;
    const { error } = await checker.check({ id, cell: id, source: cell.source });
    if (error && !hasTag(cell, "raises-exception")) problems.push(...diagnosticLines(path, error));
    if (!error) await checker.commit({ id, finished: parseCell(cell.source).declarations.map(each => each.statement) });
  }
  checker.dispose();
  return problems;
}

function outputProblems(path: string, { outputs }: CodeCell, number: number): string[] {
  return outputs.flatMap(output => {
    if (output.output_type === "error") return [`${path}:${number}: stored error: ${output.ename}: ${output.evalue}`];
    const claim = "data" in output ? output.data[CLAIM] : undefined;
    const { text, holds } = (claim ?? {}) as { text?: string; holds?: boolean };
    return holds === false ? [`${path}:${number}: false claim: ${text}`] : [];
  });
}
