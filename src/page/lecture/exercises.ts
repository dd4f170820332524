import type { CodeCell } from "@jupyterlab/cells";
import type { INotebookContent } from "@jupyterlab/nbformat";
import { verdictsIn } from "../../notebook/claims.ts";
import type { CourseOverview, ExerciseCounts } from "../../notebook/courseModels.ts";
import { VERDICT } from "../../notebook/told.ts";
import type { Output } from "../../notebook/types.ts";
import type { CourseService } from "../course/service.ts";
import type { VerdictRecord } from "../jupyter/verdicts.ts";
import type { Lecture } from "./lecture.ts";

/**
 * How the exercises of a lecture stand, by what its cells show.
 *
 * Where solutions lie apart, a check says of each how it stands. Else an exercise is a cell with a solution to replace,
 * and solved by code of the reader's own whose claims all hold.
 */
export class Exercises {
  /** The solutions that are to be replaced, by the ids of their cells. */
  readonly #solutions = new Map<string, string>();

  constructor(readonly lecture: Lecture) {}

  /** Reads which solutions the lecture itself has; the reader may have replaced them in what is open. */
  async read(service: CourseService, course: CourseOverview | undefined): Promise<void> {
    const { panel, path } = this.lecture;
    const overview = course?.lectures.find(each => each.path === path);
    if (!overview || overview.exercises.total === 0) return;
    await panel.context.ready;
    const { cells = [] } = ((await service.original(path))?.content ?? {}) as Partial<INotebookContent>;
    if (cells.some(({ outputs }) => verdictsIn((outputs ?? []) as unknown as Output[]).length > 0)) return;
    for (const { id, source } of cells) {
      const text = [source].flat().join("");
      if (text.includes("BEGIN SOLUTION")) this.#solutions.set(String(id), text);
    }
    this.lecture.announce();
  }

  between(from: number, to: number): ExerciseCounts {
    const counts = { total: 0, solved: 0, wrong: 0 };
    for (const cell of this.lecture.cells.slice(from, to)) {
      if (cell.model.type !== "code") continue;
      for (const state of this.#statesOf(cell as CodeCell)) {
        counts.total++;
        if (state === "right") counts.solved++;
        if (state === "wrong") counts.wrong++;
      }
    }
    return counts;
  }

  #statesOf({ model }: CodeCell): string[] {
    const { outputs, id, sharedModel } = model;
    const verdicts = Array.from({ length: outputs.length }, (_, index) => outputs.get(index).data[VERDICT]);
    const states = verdicts.flatMap(each => (each ? (each as unknown as VerdictRecord).state : []));
    const solution = this.#solutions.get(id);
    if (solution === undefined || states.length > 0) return states;
    const index = this.lecture.cells.findIndex(cell => cell.model === model);
    const { holds, fails } = this.lecture.claimsBetween(index, index + 1);
    const isOwn = withoutSpace(sharedModel.getSource()) !== withoutSpace(solution);
    return [isOwn && holds > 0 && fails === 0 ? "right" : "unanswered"];
  }
}

function withoutSpace(code: string): string {
  return code.replace(/\s+/g, "");
}
