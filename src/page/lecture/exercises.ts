import type { CodeCell } from "@jupyterlab/cells";
import type { ExerciseCounts } from "../../notebook/courseModels.ts";
import { VERDICT } from "../../notebook/told.ts";
import type { VerdictRecord } from "../jupyter/verdicts.ts";
import type { Lecture } from "./lecture.ts";

/** How the exercises of these cells stand, as their checks say there. */
export function exercisesBetween(lecture: Lecture, from: number, to: number): ExerciseCounts {
  const counts = { total: 0, solved: 0, wrong: 0 };
  for (const cell of lecture.cells.slice(from, to)) {
    if (cell.model.type !== "code") continue;
    const { outputs } = (cell as CodeCell).model;
    for (let index = 0; index < outputs.length; index++) {
      const verdict = outputs.get(index).data[VERDICT] as unknown as VerdictRecord | undefined;
      if (!verdict) continue;
      counts.total++;
      if (verdict.state === "right") counts.solved++;
      if (verdict.state === "wrong") counts.wrong++;
    }
  }
  return counts;
}
