import { declared } from "../notebook/editions/index.ts";
import type { Cell } from "../notebook/index.ts";

export interface Matches {
  /** The student's cell of each lecture cell that was found, and by what. */
  theirs: Map<string, { cell: Cell; by: "id" | "copy" | "name" }>;
  /** The student's cells in their order, with the id of the lecture's cell that each is. */
  order: { cell: Cell; lectureId: string | undefined }[];
}

/**
 * Which cell of a submission is which of the lecture: by its id; where a tool gave new ids, by the id that the starter
 * left in the metadata of an answer; else an answer by what it declares, and any other cell by its text.
 */
export function matchCells(
  lecture: readonly Cell[],
  submitted: readonly Cell[],
  answers: ReadonlySet<string>,
): Matches {
  const theirs: Matches["theirs"] = new Map();
  const taken = new Map<Cell, string>();
  const take = (id: string, cell: Cell | undefined, by: "id" | "copy" | "name") => {
    if (cell === undefined) return;
    theirs.set(id, { cell, by });
    taken.set(cell, id);
  };
  const byId = new Map(submitted.map(cell => [cell.id, cell]));
  for (const { id } of lecture) take(id, byId.get(id), "id");
  const left = (test: (cell: Cell) => boolean) => submitted.filter(cell => !taken.has(cell) && test(cell));
  for (const own of lecture) {
    if (theirs.has(own.id)) continue;
    if (!answers.has(own.id)) {
      const text = own.source.trim();
      take(own.id, left(cell => cell.cell_type === own.cell_type && cell.source.trim() === text)[0], "copy");
      continue;
    }
    const noted = left(cell => answerIn(cell) === own.id);
    if (noted.length === 1) take(own.id, noted[0], "copy");
    else {
      const names = declared(own);
      const declares = (cell: Cell) => cell.cell_type === "code" && names.every(each => declared(cell).includes(each));
      // Of several the last is what the notebook ended with.
      if (names.length > 0) take(own.id, left(declares).at(-1), "name");
    }
  }
  return { theirs, order: submitted.map(cell => ({ cell, lectureId: taken.get(cell) })) };
}

/** Which answer a cell of a starter is for; it outlives tools that give cells new ids. */
export function answerIn({ metadata }: Cell): string | undefined {
  const said = (metadata.lectern as { answer?: unknown } | undefined)?.answer;
  return typeof said === "string" ? said : undefined;
}

/** How many of a lecture's code cells are among those submitted: of which lecture it is. */
export function likeness(lecture: readonly Cell[], submitted: readonly Cell[], answers: ReadonlySet<string>): number {
  const { theirs } = matchCells(
    lecture.filter(({ cell_type }) => cell_type === "code"),
    submitted,
    answers,
  );
  return theirs.size;
}
