import { assertNotSolutions, type Edition, editionFrom } from "../notebook/editions/index.ts";
import { type Notebook, readNotebook, staleness } from "../notebook/index.ts";

/**
 * Why what is stored in a notebook should not be handed out: it is empty, or its outputs are not those of its code run
 * from top to bottom; one line each. What was changed to read the file is told.
 *
 * @throws NotebookFormatError where the file cannot be read, or is the solutions of another
 */
export async function handOutProblems(
  path: string,
  edition: Edition,
  told: (words: string) => void,
): Promise<string[]> {
  const stored = await readNotebook(path, told);
  assertNotSolutions(path, stored);
  const empty = emptyProblem(path, stored);
  if (empty !== undefined) return [empty];
  const own = await editionFrom(path, stored, edition);
  const { stale, reason } = await staleness(path, edition === "student" ? stored : own);
  const left = edition === "student" ? outputsIn(stored) - outputsIn(own) : 0;
  return [
    ...(left > 0
      ? [
          `${path}: a student's outputs must come from a run without the solutions, but got ${left} from a run with them, which the handout leaves out; lectern split ${path} makes that run, where nothing but checks uses an answer.`,
        ]
      : []),
    ...(stale
      ? [
          `${path}: its outputs are not up to date (${reason?.replace(/\.$/, "")}); run lectern run --write ${path} first.`,
        ]
      : []),
  ];
}

/** What is wrong with a notebook in which nothing is written; undefined for any other. */
export function emptyProblem(path: string, { cells }: Notebook): string | undefined {
  if (cells.some(({ source }) => source.trim() !== "")) return undefined;
  const got = cells.length === 0 ? "no cells" : "nothing in its cells";
  return `${path}: a notebook must have something in it, but got ${got}; write it, or leave it out.`;
}

function outputsIn({ cells }: Notebook): number {
  return cells.reduce((sum, cell) => sum + (cell.cell_type === "code" ? cell.outputs.length : 0), 0);
}
