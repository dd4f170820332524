import type { Cell, Notebook } from "../notebook/index.ts";
import { type Assignment, isHidden } from "./assignment.ts";
import { assemble, type GradedCell } from "./assemble.ts";
import { type Finding, note, suspicion } from "./findings.ts";
import { type CellOutcome, ranCells, runCells, type RunSettings } from "./runCells.ts";
import { type ExerciseGrade, scoreRun } from "./score.ts";
import type { Submission } from "./submission.ts";
import { forgedVerdicts, suspiciousSources, unfoundedOutputs } from "./suspicions.ts";
import type { Workplace } from "./workplace.ts";

/** What a submission came to. */
export interface Graded {
  exercises: ExerciseGrade[];
  findings: Finding[];
  /** The lecture with the student's answers and what they showed, without what students never get. */
  notebook: Notebook;
}

/** Runs a student's answers in the lecture and scores its checks. */
export async function gradeSubmission(
  assignment: Assignment,
  submission: Submission,
  place: Workplace,
  settings: RunSettings,
): Promise<Graded> {
  const { cells, findings } = assemble(assignment, submission);
  const outcomes = await runCells(cells, place, settings);
  const exercises = scoreRun(assignment, cells, outcomes);
  const right = new Set(exercises.filter(({ state }) => state === "right").map(({ exercise }) => exercise));
  const ran = ranCells(cells, outcomes);
  return {
    exercises,
    findings: [
      ...findings,
      ...withheld(exercises),
      ...deaths(cells, outcomes),
      ...strangers(assignment, cells, outcomes),
      ...forgedVerdicts(ran, new Set(exercises.map(({ exercise }) => exercise))),
      ...suspiciousSources(cells),
      ...unfoundedOutputs(
        submission.notebook.cells,
        ran.map(({ cell }) => cell),
        right,
      ),
    ],
    notebook: asShown(assignment.notebook, cells, outcomes),
  };
}

function withheld(exercises: readonly ExerciseGrade[]): Finding[] {
  return exercises
    .filter(({ state }) => state === "withheld")
    .map(({ exercise, message }) => suspicion(`${exercise} withheld: ${message}`));
}

/** Cells that ended the kernel: by what they took, which happens, or by will. */
function deaths(cells: readonly GradedCell[], outcomes: readonly CellOutcome[]): Finding[] {
  const found = outcomes.flatMap(({ error, fatal }, index) => {
    if (!fatal || !error) return [];
    const whose = cells[index]?.whose === "student" ? "a cell" : "an answer";
    const said = `${whose} ended the kernel: ${error.message}`;
    return [error.kind === "timeout" || TOOK_TOO_MUCH.test(error.message) ? note(said) : suspicion(said)];
  });
  return found.filter(({ text }, index) => found.findIndex(each => each.text === text) === index);
}

const TOOK_TOO_MUCH = /of memory|must not show more/;

/** Checks that spoke where they do not stand. A student's own, by names of their own, are nobody's business. */
function strangers({ checks }: Assignment, cells: readonly GradedCell[], outcomes: readonly CellOutcome[]): Finding[] {
  const lectures = new Set(checks.map(({ exercise }) => exercise));
  const names = outcomes.flatMap(({ heard }, index) => {
    const { cell, whose } = cells[index] as GradedCell;
    const own = checks.filter(check => check.cell === cell.id).map(({ exercise }) => exercise);
    return heard
      .map(({ exercise }) => exercise)
      .filter(each => !own.includes(each) && (whose === "lecture" || lectures.has(each)));
  });
  return [...new Set(names)].map(each =>
    suspicion(`a check ${JSON.stringify(each)} spoke in a cell that is not its own; it does not count.`),
  );
}

function asShown(lecture: Notebook, cells: readonly GradedCell[], outcomes: readonly CellOutcome[]): Notebook {
  const shown = cells.flatMap(({ cell }, index): Cell[] => {
    if (isHidden(cell)) return [];
    if (cell.cell_type !== "code") return [cell];
    return [{ ...cell, outputs: outcomes[index]?.outputs ?? [], execution_count: index + 1 }];
  });
  return { ...lecture, cells: shown };
}
