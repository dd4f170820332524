import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import {
  assertNotSolutions,
  editionFrom,
  needsInWords,
  readNeeds,
  solutionLines,
  starterEdition,
  textsOf,
  traces,
} from "../notebook/editions/index.ts";
import { cleanNotebook, NotebookFormatError, readNotebook, writeNotebook } from "../notebook/index.ts";

/**
 * Writes what students get of a notebook into a folder, made if need be, and returns its path.
 *
 * @throws NotebookFormatError where a line of a solution would be left anywhere in it
 */
export async function writeStarter(
  path: string,
  out: string,
  options: { withoutOutputs?: boolean } = {},
): Promise<string> {
  const stored = await readNotebook(path);
  assertNotSolutions(path, stored);
  const joined = await editionFrom(path, stored, "instructor");
  const student = await editionFrom(path, stored, "student");
  const own = options.withoutOutputs ? cleanNotebook(student) : student;
  const name = basename(path, ".ipynb");
  const handedOut = starterEdition(own, joined, needsInWords(name, await readNeeds(path, student)));
  const [left] = traces(joined, textsOf(handedOut));
  if (left) {
    throw new NotebookFormatError(
      path,
      {},
      `no line of a solution must be left for students, but got ${JSON.stringify(left.line)} of cell ${left.cell}; say it in other words in one of the two.`,
    );
  }
  if (stored === joined && solutionLines(joined).length === 0)
    console.error(`${path}: no solutions are at hand, so nobody could look whether one is left in it`);
  await mkdir(out, { recursive: true });
  const target = join(out, `${name}.ipynb`);
  await writeNotebook(target, handedOut);
  return target;
}

/** Writes a notebook with its solutions in, as instructors get it, under a name that says so. */
export async function writeInstructors(path: string, out: string): Promise<string> {
  const stored = await readNotebook(path);
  assertNotSolutions(path, stored);
  const joined = await editionFrom(path, stored, "instructor");
  await mkdir(out, { recursive: true });
  const target = join(out, `${basename(path, ".ipynb")}.instructor.ipynb`);
  await writeNotebook(target, joined);
  return target;
}
