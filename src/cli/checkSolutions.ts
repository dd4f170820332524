import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join as joinPaths } from "node:path";
import {
  exerciseProblems,
  hasSolutionsApart,
  holdsSolutions,
  join,
  nearMarks,
  solutionsPath,
} from "../notebook/editions/index.ts";
import {
  type Cell,
  type CodeCell,
  type Notebook,
  NotebookFormatError,
  readNotebook,
  verdictsIn,
} from "../notebook/index.ts";

/** What is known of a notebook and its solutions. */
export interface WithSolutions {
  /** What is wrong with the two, one line each. */
  problems: string[];
  /** The instructor's edition, where the solutions lie apart and belong to the notebook. */
  joined?: Notebook;
  /** The cells that it has from the solutions: the others are the student's, and are looked at there. */
  own: ReadonlySet<Cell>;
}

/**
 * Puts the solutions of a notebook in, where they lie apart, and says what is wrong with them: a file that cannot be
 * read, that is missing or belongs to another notebook, and exercises that no check looks at or that pass without an
 * answer.
 */
export async function withSolutions(path: string, notebook: Notebook): Promise<WithSolutions> {
  if (!hasSolutionsApart(path)) {
    const missing = missingSolutions(path, notebook);
    return { problems: [...missing, ...messages(exerciseProblems(notebook, path))], own: new Set() };
  }
  const apart = solutionsPath(path);
  try {
    const solutions = await readNotebook(apart);
    if (holdsSolutions(notebook)) {
      const problem = `${path}: its solutions must be in one place, but got them in it and in ${apart}; lectern split ${path} puts them there.`;
      return { problems: [problem], own: new Set() };
    }
    const joined = join(notebook, solutions, path);
    const own = new Set(solutions.cells);
    return {
      problems: messages([...exerciseProblems(joined, path), ...nearMarks(solutions, apart)]),
      joined,
      own: new Set(joined.cells.filter(cell => own.has(cell))),
    };
  } catch (error) {
    if (error instanceof NotebookFormatError) return { problems: [error.message], own: new Set() };
    throw error;
  }
}

/** The state that each exercise must have in an edition whose solutions lie apart. */
export function verdictProblems(
  path: string,
  cells: readonly { cell: CodeCell; number: number }[],
  due: string,
): string[] {
  return cells.flatMap(({ cell, number }) =>
    verdictsIn(cell.outputs).flatMap(({ exercise, state }) => {
      if (state === due) return [];
      const remedy =
        due === "right"
          ? "look at its solution and at its check"
          : "a check must not pass, nor fail, without an answer; ask for what the stub cannot have";
      return [`${path}:${number}: exercise ${exercise} must be ${due}, but is ${state}; ${remedy}.`];
    }),
  );
}

/** Solutions whose notebook is not there any more, in the folders of some notebooks. */
export function orphans(paths: readonly string[]): string[] {
  const folders = new Set(paths.map(path => dirname(solutionsPath(path))));
  return [...folders].filter(existsSync).flatMap(folder =>
    readdirSync(folder)
      .filter(name => name.endsWith(".ipynb") && !existsSync(joinPaths(dirname(folder), name)))
      .map(
        name =>
          `${joinPaths(folder, name)}: solutions must have their notebook beside the folder, but there is no ${joinPaths(dirname(folder), name)}; rename the two alike, or take the solutions away.`,
      ),
  );
}

/** Where solutions of other notebooks are, those of a notebook with exercises are missed. */
function missingSolutions(path: string, notebook: Notebook): string[] {
  const asks = notebook.cells.some(cell => cell.cell_type === "code" && /\bunanswered\(\)/.test(cell.source));
  if (!asks || holdsSolutions(notebook) || !existsSync(dirname(solutionsPath(path)))) return [];
  return [
    `${path}: its exercises must have their solutions in ${solutionsPath(path)}, but there is no such file; restore it, or mark the solutions in ${basename(path)} and lectern split it.`,
  ];
}

function messages(errors: readonly Error[]): string[] {
  return errors.map(({ message }) => message);
}
