import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { languageOfNotebook } from "../handout/languages.ts";
import { type Notebook, NotebookFormatError } from "../notebook/index.ts";
import { CommandError } from "./errors.ts";
import { makeFolder } from "./outFolder.ts";

/**
 * A cell in another language would fail by a type error, of which nobody would learn why.
 *
 * @throws NotebookFormatError for a notebook in a language that is not ours
 */
export function assertOurLanguage(path: string, notebook: Notebook): void {
  const language = languageOfNotebook(notebook);
  if (OURS.has(language) || !notebook.cells.some(({ cell_type }) => cell_type === "code")) return;
  throw new NotebookFormatError(
    path,
    {},
    `a notebook that is run here must be in TypeScript or JavaScript, but got ${language}; run it with its own kernel: jupyter nbconvert --to notebook --execute --inplace ${path}.`,
  );
}

/**
 * Finds out before a run, which may take hours, whether it can be stored. Makes the folder where there is none.
 *
 * @throws CommandError where no file can be written
 */
export function prepareOut(command: string, out: string): void {
  const fail = (got: string): never => {
    throw new CommandError(
      `lectern ${command}: --out must be a file that can be written, but got ${got}; as in --out /tmp/run.ipynb.`,
    );
  };
  if (existsSync(out) && statSync(out).isDirectory()) fail(`the folder ${out}`);
  try {
    makeFolder(dirname(resolve(out)));
    // The new file takes the old one's place, so the folder decides.
    accessSync(dirname(out), constants.W_OK);
  } catch (error) {
    fail(`${out} (${(error as Error).message})`);
  }
}

/** A notebook that does not say is taken for ours. */
const OURS = new Set(["", "typescript", "javascript", "ts", "js", "tsx", "jsx"]);
