import fs from "node:fs/promises";
import type { CourseOverview, LectureOverview } from "../../notebook/courseModels.ts";
import { claimsIn, type CodeCell, type Notebook, verdictsIn } from "../../notebook/index.ts";
import { joinPath } from "../contents/paths.ts";
import type { Course, Lecture } from "./course.ts";
import type { Lectures } from "./lectures.ts";
import type { CellProgress } from "./progressRecord.ts";

/** The lectures of the course, and how far the student is with each. */
export async function overview(course: Course, lectures: Lectures): Promise<CourseOverview> {
  const all = await Promise.all(course.lectures.map(each => lectureOverview(each, lectures)));
  return { title: course.title, lectures: all };
}

async function lectureOverview(lecture: Lecture, lectures: Lectures): Promise<LectureOverview> {
  const path = joinPath("notebooks", lecture.notebook);
  // One that cannot be read must not take the others away.
  const problems: string[] = [];
  const unread = (error: Error): undefined => {
    problems.push(error.message);
  };
  const original = await lectures.original(path).catch(unread);
  const current = await lectures.current(path).catch(unread);
  const progress = await lectures.progress.of(path);
  const copy = await lectures
    .copyOf(path)
    .then(file => fs.lstat(file))
    .catch(() => undefined);
  return {
    path,
    title: lecture.title,
    minutes: lecture.minutes,
    needs: lecture.needs.map(each => joinPath("notebooks", each)),
    ...(lecture.isIndex && { isIndex: true }),
    copy: copy !== undefined,
    modified: copy?.mtime.toISOString() ?? null,
    ...measure(original ?? nothing, progress),
    exercises: exercisesOf(original ?? nothing, current ?? original ?? nothing, progress),
    ...(problems[0] === undefined ? {} : { problem: problems[0] }),
  };
}

const nothing: Pick<Notebook, "cells"> = { cells: [] };

function measure(
  notebook: Pick<Notebook, "cells">,
  progress: Record<string, CellProgress>,
): Pick<LectureOverview, "cells" | "claims"> {
  const code = codeOf(notebook);
  const run = code.flatMap(cell => progress[cell.id] ?? []);
  return {
    cells: { code: code.length, run: run.filter(({ status }) => status === "ok").length },
    claims: {
      stored: code.reduce((sum, { outputs }) => sum + claimsIn(outputs).length, 0),
      made: run.reduce((sum, { claims }) => sum + claims.made, 0),
      holding: run.reduce((sum, { claims }) => sum + claims.holding, 0),
    },
  };
}

/**
 * Where solutions lie apart, a check says of each exercise how it stands: in its last run, else in the student's copy,
 * as it may have run elsewhere. Else an exercise is a cell with a solution to replace.
 */
function exercisesOf(
  original: Pick<Notebook, "cells">,
  current: Pick<Notebook, "cells">,
  progress: Record<string, CellProgress>,
): LectureOverview["exercises"] {
  const checked = new Set(codeOf(original).flatMap(({ outputs }) => verdictsIn(outputs).map(each => each.exercise)));
  if (checked.size === 0) {
    const exercises = codeOf(original).filter(({ source }) => source.includes("BEGIN SOLUTION"));
    const solved = exercises.filter(cell => isSolved(cell, progress[cell.id])).length;
    return { total: exercises.length, solved, wrong: 0 };
  }
  const verdicts = codeOf(current).flatMap(({ id, outputs }) => progress[id]?.verdicts ?? verdictsIn(outputs));
  const states = new Map(verdicts.map(({ exercise, state }) => [exercise, state]));
  const count = (wanted: string) => [...checked].filter(exercise => states.get(exercise) === wanted).length;
  return { total: checked.size, solved: count("right"), wrong: count("wrong") };
}

function codeOf({ cells }: Pick<Notebook, "cells">): CodeCell[] {
  return cells.filter((cell): cell is CodeCell => cell.cell_type === "code" && cell.source.trim() !== "");
}

/** With code of the student's own, whose claims all hold: to run the solution that is there solves nothing. */
function isSolved(cell: CodeCell, progress: CellProgress | undefined): boolean {
  if (progress?.status !== "ok" || progress.claims.made === 0) return false;
  return progress.claims.holding === progress.claims.made && withoutSpace(progress.code) !== withoutSpace(cell.source);
}

function withoutSpace(code: string): string {
  return code.replace(/\s+/g, "");
}
