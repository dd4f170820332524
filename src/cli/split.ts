import {
  assertNotSolutions,
  exerciseProblems,
  hasSolutionsApart,
  holdsSolutions,
  join,
  solutionsPath,
  studentEdition,
} from "../notebook/editions/index.ts";
import { type Notebook, NotebookFormatError, readNotebook, writeNotebook } from "../notebook/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { CommandError, exitCode } from "./errors.ts";
import { interruptOnce, parseTimeout } from "./run.ts";
import { runEditions } from "./runEditions.ts";

/** `lectern split`: takes the solutions out of notebooks, once both editions ran as they should. Returns the exit code. */
export async function splitCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("split", args, { timeout: { type: "string" } });
  const timeoutSeconds = parseTimeout("split", values.timeout);
  const interrupt = interruptOnce();
  let code: number = exitCode.done;
  for (const path of notebookPaths("split", positionals)) {
    const notebook = await wholeNotebook(path);
    await asCommand(async () => studentEdition(notebook, path));
    if (!holdsSolutions(notebook)) {
      throw new CommandError(
        `lectern split: ${path} must hold solutions, but there is neither "// BEGIN SOLUTION" nor a cell tagged instructor-only; ${hasSolutionsApart(path) ? `they are in ${solutionsPath(path)} already` : "mark them"}.`,
        exitCode.failed,
      );
    }
    const [problem] = exerciseProblems(notebook, path);
    if (problem) throw new CommandError(problem.message, exitCode.failed);
    const told = await asCommand(() => runEditions(path, notebook, { timeoutSeconds, signal: interrupt.signal }));
    if (told.every(({ report }) => report.ok)) console.log(`${path} and ${solutionsPath(path)}`);
    else code = exitCode.failed;
    if (interrupt.signal.aborted) break;
  }
  interrupt.dispose();
  return interrupt.signal.aborted ? exitCode.interrupted : code;
}

/** `lectern join`: puts the solutions back in, to be edited where they belong. Returns the exit code. */
export async function joinCommand(args: readonly string[]): Promise<number> {
  const { positionals } = parseArguments("join", args, {});
  const joined: [path: string, notebook: Notebook][] = [];
  for (const path of notebookPaths("join", positionals)) {
    const notebook = await wholeNotebook(path);
    if (holdsSolutions(notebook)) {
      console.error(`${path} holds its solutions already`);
      continue;
    }
    if (!hasSolutionsApart(path)) {
      throw new CommandError(
        `lectern join: ${path} must have its solutions in ${solutionsPath(path)}, but there is no such file; mark solutions in the notebook, then lectern split.`,
        exitCode.failed,
      );
    }
    const solutions = await asCommand(() => readNotebook(solutionsPath(path)));
    joined.push([path, await asCommand(async () => join(notebook, solutions, path))]);
  }
  for (const [path, notebook] of joined) {
    await writeNotebook(path, notebook);
    console.log(`${path} holds its solutions, to be edited; lectern split ${path} takes them out again.`);
  }
  return exitCode.done;
}

async function wholeNotebook(path: string): Promise<Notebook> {
  return asCommand(async () => {
    const notebook = await readNotebook(path);
    assertNotSolutions(path, notebook);
    return notebook;
  });
}

async function asCommand<Value>(work: () => Promise<Value>): Promise<Value> {
  return work().catch(error => {
    throw error instanceof NotebookFormatError ? new CommandError(error.message, exitCode.failed) : error;
  });
}
