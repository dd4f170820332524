import { mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, dirname, join as joinPaths } from "node:path";
import { NotebookFormatError } from "../errors.ts";
import { readNotebook, writeNotebook } from "../files.ts";
import type { Notebook } from "../types.ts";
import { type Editions, join } from "./join.ts";
import { holdsSolutions, studentEdition } from "./student.ts";

/** For whom a notebook is: without its solutions, or with them. */
export const editions = ["student", "instructor"] as const;
export type Edition = (typeof editions)[number];

/**
 * Where the solutions of a notebook are: `solutions/NN-idea.ipynb` beside `NN-idea.ipynb`.
 *
 * A notebook of their own, not a JSON of our own: every editor opens it and shows its figures, `git diff` and
 * `lectern clean` treat it as they treat the lecture, and its cells have the ids of the cells they belong to. A folder of
 * its own, so that to hand out `notebooks/*.ipynb` is to hand out no solution, and one line of `.gitignore`, or another
 * repository in its place, keeps all solutions apart.
 */
export function solutionsPath(path: string): string {
  return joinPaths(dirname(path), FOLDER, basename(path));
}

/** Whether the solutions of a notebook lie apart. */
export function hasSolutionsApart(path: string): boolean {
  return existsSync(solutionsPath(path));
}

/**
 * A notebook for somebody. Where it holds its solutions they are taken out for students; where they lie apart they are
 * put in for instructors.
 *
 * @throws NotebookFormatError where a file cannot be read, or the two do not belong together
 */
export async function readEdition(path: string, edition: Edition): Promise<Notebook> {
  return editionFrom(path, await readNotebook(path), edition);
}

/** {@link readEdition} of a notebook that was read already. */
export async function editionFrom(path: string, notebook: Notebook, edition: Edition): Promise<Notebook> {
  if (edition === "student") return studentEdition(notebook, path);
  if (holdsSolutions(notebook) || !hasSolutionsApart(path)) return notebook;
  return join(notebook, await readNotebook(solutionsPath(path)), path);
}

/** Writes both halves: first the solutions, so that a process killed in between leaves them in one of the two files. */
export async function writeEditions(path: string, { student, solutions }: Editions): Promise<void> {
  await mkdir(dirname(solutionsPath(path)), { recursive: true });
  await writeNotebook(solutionsPath(path), solutions);
  await writeNotebook(path, student);
}

/** @throws NotebookFormatError for the solutions of a notebook, which are not one that can be run or handed out */
export function assertNotSolutions(path: string, notebook: Notebook): void {
  if (notebook.metadata.solutions === undefined || basename(dirname(path)) !== FOLDER) return;
  const lecture = joinPaths(dirname(dirname(path)), basename(path));
  throw new NotebookFormatError(
    path,
    {},
    `a notebook must be whole, but got the solutions of ${lecture}; name that one, with --for instructor.`,
  );
}

const FOLDER = "solutions";
