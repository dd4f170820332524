import type { Assignment, Check } from "./assignment.ts";
import type { GradedCell } from "./assemble.ts";
import type { CellOutcome, Heard } from "./runCells.ts";

/** What an exercise came to. */
export interface ExerciseGrade {
  exercise: string;
  /** `failed`: it could not be judged, since something did not run. `withheld`: right, but not to be believed. */
  state: "right" | "wrong" | "unanswered" | "failed" | "withheld";
  points: number;
  of: number;
  /** Why it is not right, in words; empty where it is. */
  message: string;
}

/** What each check of the lecture said, once, while its own cell ran; nothing else counts. */
export function scoreRun(
  { checks, answers }: Assignment,
  cells: readonly GradedCell[],
  outcomes: readonly CellOutcome[],
): ExerciseGrade[] {
  return checks.map(check => {
    const index = cells.findIndex(({ cell }) => cell.id === check.cell);
    const judged = judge(check, outcomes[index], () => brokenAnswer(cells, outcomes, answers, index));
    return {
      exercise: check.exercise,
      ...judged,
      points: judged.state === "right" ? check.points : 0,
      of: check.points,
    };
  });
}

type Judged = Pick<ExerciseGrade, "state" | "message">;

function judge({ exercise }: Check, outcome: CellOutcome | undefined, broken: () => string | undefined): Judged {
  const own = outcome?.heard.filter(each => each.exercise === exercise) ?? [];
  const begun = own.filter(({ state }) => state === "begun").length;
  const verdicts = own.filter((each): each is Heard & Judged => STATES.has(each.state));
  const [verdict] = verdicts;
  if (begun > 1 || verdicts.length > 1) {
    return { state: "withheld", message: "the check spoke more than once: something else called it, too." };
  }
  if (verdict === undefined) return { state: "failed", message: broken() ?? whyNot(outcome) };
  if (verdict.state !== "right") return { state: verdict.state, message: verdict.message };
  if (verdict.changed.length > 0) {
    const what = verdict.changed.slice(0, 3).join(", ");
    return { state: "withheld", message: `what the check relies on was changed: ${what}.` };
  }
  return { state: "right", message: "" };
}

/** Why an answer above a check did not run, if one did not: then the check cannot be blamed. */
function brokenAnswer(
  cells: readonly GradedCell[],
  outcomes: readonly CellOutcome[],
  answers: ReadonlySet<string>,
  before: number,
): string | undefined {
  for (let index = before - 1; index >= 0; index--) {
    const { cell, whose } = cells[index] as GradedCell;
    const error = outcomes[index]?.error;
    if (whose === "student" && error) return `the answer must run, but: ${error.message}`;
    if (answers.has(cell.id)) return undefined;
  }
  return undefined;
}

function whyNot(outcome: CellOutcome | undefined): string {
  const error = outcome?.error;
  if (error)
    return error.kind === "timeout" || error.kind === "crash"
      ? error.message
      : `the check could not run: ${error.message}`;
  return outcome === undefined || outcome.outputs.length === 0
    ? "the check was not reached."
    : "the check said nothing.";
}

const STATES = new Set(["right", "wrong", "unanswered"]);
