import { declared, NEEDS } from "../notebook/editions/index.ts";
import type { Cell, CodeCell } from "../notebook/index.ts";
import { type Assignment, isHidden } from "./assignment.ts";
import { type Finding, note, suspicion } from "./findings.ts";
import { matchCells } from "./matchCells.ts";
import type { Submission } from "./submission.ts";

/** A cell of what is run, and who wrote it. */
export interface GradedCell {
  cell: Cell;
  whose: "lecture" | "student";
  /** The lecture's own cell in the place of an answer, where that ends the kernel. */
  stub?: Cell;
}

/** The lecture with a student's answers, and what was found while they were put in. */
export interface Assembled {
  cells: GradedCell[];
  findings: Finding[];
}

/**
 * The lecture with a student's answers in: all of it is the lecture's, by id, but the answers and the cells that the
 * student added, each behind the cell it was put behind. What a student changed elsewhere does not run; it is told.
 */
export function assemble(assignment: Assignment, { notebook, duplicates }: Submission): Assembled {
  const lecture = assignment.notebook.cells;
  const { theirs, order } = matchCells(lecture, notebook.cells, assignment.answers);
  const findings: Finding[] = duplicates.map(id =>
    note(`the id ${id} stands on several cells; one of them counts as it.`),
  );
  const exercisesOf = (id: string) =>
    assignment.checks.filter(({ cell }) => cell === id).map(({ exercise }) => exercise);

  const added = new Map<string | null, Cell[]>();
  let behind: string | null = null;
  for (const { cell, lectureId } of order) {
    if (lectureId !== undefined) behind = lectureId;
    else if (cell.id !== NEEDS && cell.cell_type !== "raw") added.set(behind, [...(added.get(behind) ?? []), cell]);
  }
  const student = (cell: Cell, stub?: Cell): GradedCell => ({
    // What only says how a cell is shown, or that it is skipped, is not the student's to say.
    cell: { ...cell, metadata: {} },
    whose: "student",
    ...(stub && { stub }),
  });
  const cells: GradedCell[] = (added.get(null) ?? []).map(each => student(each));
  let edited = 0;
  let missing = 0;
  for (const own of lecture) {
    const their = theirs.get(own.id);
    if (assignment.answers.has(own.id)) cells.push(answerOf(own, their, findings, student));
    else {
      cells.push({ cell: own, whose: "lecture" });
      const names = exercisesOf(own.id);
      const what = their === undefined ? "deleted" : sameText(own, their.cell) ? undefined : "edited";
      if (what !== undefined && names.length > 0 && !isHidden(own))
        findings.push(suspicion(`the check of ${names.join(" and ")} was ${what}; the lecture's ran.`));
      else if (what === "edited" && own.cell_type === "code") edited++;
      else if (what === "deleted" && !isHidden(own) && own.cell_type === "code") missing++;
    }
    for (const each of added.get(own.id) ?? []) cells.push(student(each));
  }
  if (edited > 0) findings.push(note(`${counted(edited)} edited; the lecture's ran.`));
  if (missing > 0) findings.push(note(`${counted(missing)} deleted; the lecture's ran.`));
  if (isReordered(lecture, order)) findings.push(note("cells of the lecture moved; they ran in the lecture's order."));
  return { cells, findings };
}

type Match = { cell: Cell; by: "id" | "copy" | "name" };

function answerOf(
  own: Cell,
  their: Match | undefined,
  findings: Finding[],
  student: (cell: Cell, stub?: Cell) => GradedCell,
): GradedCell {
  const what = named(own);
  // Also as it was handed out it is the student's: another cell of theirs may say it anew.
  const open = student(own, own);
  if (their === undefined) {
    findings.push(note(`the cell of the answer ${what} is missing.`));
    return open;
  }
  if (their.cell.cell_type !== own.cell_type) {
    findings.push(
      note(`the cell of the answer ${what} is no longer one of ${own.cell_type === "code" ? "code" : "text"}.`),
    );
    return open;
  }
  if (their.by === "name") findings.push(note(`the answer ${what} was taken from a cell of another id.`));
  return sameText(own, their.cell) ? open : student({ ...own, source: their.cell.source } as Cell, own);
}

/** An answer as people know it: what it declares, or the id of its cell. */
function named(cell: Cell): string {
  return declared(cell).join(", ") || cell.id;
}

/** Whether nobody changed a text; what an editor does to the ends of lines is no change. */
function sameText(left: Pick<CodeCell, "source">, right: Pick<CodeCell, "source">): boolean {
  const plain = (text: string) => text.replace(/\s+$/gm, "").trim();
  return plain(left.source) === plain(right.source);
}

function isReordered(lecture: readonly Cell[], order: readonly { lectureId: string | undefined }[]): boolean {
  const places = new Map(lecture.map(({ id }, index) => [id, index]));
  const found = order.flatMap(({ lectureId }) => (lectureId === undefined ? [] : [places.get(lectureId) as number]));
  return found.some((place, i) => i > 0 && place < (found[i - 1] as number));
}

function counted(n: number): string {
  return n === 1 ? "1 cell of the lecture was" : `${n} cells of the lecture were`;
}
