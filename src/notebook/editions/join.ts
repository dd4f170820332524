import { isDeepStrictEqual } from "node:util";
import { lookedAt } from "../clean.ts";
import { NotebookFormatError } from "../errors.ts";
import type { Cell, Notebook } from "../types.ts";
import { studentEdition } from "./student.ts";

/** Both halves of a notebook with solutions. */
export interface Editions {
  student: Notebook;
  solutions: Notebook;
}

/**
 * A notebook with its solutions taken out. The solutions are a notebook too: each cell in which the instructor's edition
 * differs from the student's, whole, with its outputs; and in the metadata, for each cell that students do not have,
 * the one that it comes after.
 *
 * `student` is the student's edition as it ran; left out, it is made of the notebook and has fewer outputs. Then
 * `join` is the inverse, to the last byte, whatever ran.
 *
 * @throws NotebookFormatError where `student` is not the student's edition of the notebook, or a mark has no other end
 */
export function split(joined: Notebook, student: Notebook = studentEdition(joined), file = "notebook.ipynb"): Editions {
  assertEditionOf(joined, student, file);
  const own = new Map(student.cells.map(cell => [cell.id, cell]));
  const cells = joined.cells.filter(cell => !isDeepStrictEqual(own.get(cell.id), cell));
  const after = joined.cells.flatMap(({ id }, index) =>
    own.has(id) ? [] : [[id, joined.cells[index - 1]?.id ?? null] as const],
  );
  const metadata = { ...joined.metadata, solutions: { after: Object.fromEntries(after) } };
  return { student, solutions: { ...joined, cells, metadata } };
}

/**
 * The instructor's edition: the student's with the solutions in.
 *
 * @throws NotebookFormatError where the two do not belong together: a cell is missing, or was changed in one alone
 */
export function join(student: Notebook, solutions: Notebook, file = "notebook.ipynb"): Notebook {
  const { solutions: places, ...metadata } = solutions.metadata;
  const after = new Map(Object.entries((places as { after?: Record<string, string | null> } | undefined)?.after ?? {}));
  const own = new Map(solutions.cells.map(cell => [cell.id, cell]));
  const cells: Cell[] = [];
  const place = (cell: Cell | null) => {
    if (cell) cells.push(own.get(cell.id) ?? cell);
    for (const next of solutions.cells) if (after.get(next.id) === (cell?.id ?? null)) place(next);
  };
  place(null);
  for (const cell of student.cells) place(cell);
  const placed = new Set(cells.map(({ id }) => id));
  const lost = solutions.cells.find(({ id }) => !placed.has(id));
  if (lost) {
    throw new NotebookFormatError(
      file,
      {},
      `each solution must have its cell in the notebook, but got none for ${JSON.stringify(lost.id)}; restore the cell, or take it out of the solutions too.`,
    );
  }
  const joined = { ...solutions, cells, metadata };
  assertEditionOf(joined, student, file);
  return joined;
}

/** A change in one of the two alone would be lost, or would be another exercise than the one that was solved. */
function assertEditionOf(joined: Notebook, student: Notebook, file: string): void {
  const due = studentEdition(joined, file).cells;
  const count = Math.max(due.length, student.cells.length);
  for (let index = 0; index < count; index++) {
    const [left, right] = [due[index], student.cells[index]];
    const part = parts.find(each => !isDeepStrictEqual(compared(left, each), compared(right, each)));
    if (part === undefined) continue;
    throw new NotebookFormatError(
      file,
      { cell: index + 1 },
      `the notebook must be what its solutions were taken out of, but got another ${part} in cell ${JSON.stringify(right?.id ?? left?.id)}; change exercises where their solutions are in: lectern join, edit, lectern split.`,
    );
  }
}

const parts = ["id", "cell_type", "source", "metadata"] as const;

/** An editor that saves may note how a cell was looked at and when it ran, which makes it no other cell. */
function compared(cell: Cell | undefined, part: (typeof parts)[number]): unknown {
  if (part !== "metadata" || cell === undefined) return cell?.[part];
  return Object.entries(cell.metadata)
    .filter(([key]) => key !== "execution" && !lookedAt.includes(key))
    .sort();
}
