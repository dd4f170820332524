import { NotebookFormatError, type Notebook, readNotebook } from "../notebook/index.ts";
import { assertNotSolutions, type Edition, editionFrom } from "../notebook/editions/index.ts";
import { parseArguments } from "./arguments.ts";
import { notebookPaths } from "./course.ts";
import { parseEdition } from "./edition.ts";
import { CommandError, exitCode } from "./errors.ts";
import { assertOurLanguage } from "./runnable.ts";
import { Stepping } from "./step/stepping.ts";

/** `lectern step`: one cell after another in the terminal; the notebook stays as it is. Returns the exit code. */
export async function step(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments("step", args, { for: { type: "string" } });
  const edition = parseEdition("step", values.for) ?? "student";
  const [path, ...others] = notebookPaths("step", positionals);
  if (path === undefined || others.length > 0) {
    throw new CommandError(`lectern step: one notebook must be named, but got ${others.length + 1}; choose one.`);
  }
  const notebook = await notebookFor(edition, path).catch(error => {
    throw error instanceof NotebookFormatError ? new CommandError(error.message, exitCode.failed) : error;
  });
  return new Stepping(path, notebook).run();
}

async function notebookFor(edition: Edition, path: string): Promise<Notebook> {
  const notebook = await readNotebook(path);
  assertNotSolutions(path, notebook);
  assertOurLanguage(path, notebook);
  return editionFrom(path, notebook, edition);
}
