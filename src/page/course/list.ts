import { URLExt } from "@jupyterlab/coreutils";
import { element } from "../element.ts";
import { exerciseWords } from "./exerciseWords.ts";
import type { CourseOverview, LectureOverview } from "../../notebook/courseModels.ts";

/** The lectures in order: each with what it needs, how long it takes, and how far the reader is. */
export function listOfLectures({ lectures }: CourseOverview): HTMLElement {
  const titles = new Map(lectures.map(({ path, title }) => [path, `${numberOf(path)} ${title}`]));
  return element("ol", { class: "lectures" }, ...lectures.map(lecture => row(lecture, titles)));
}

export function linkTo(path: string, cell?: string): string {
  const fragment = cell ? `#cell=${encodeURIComponent(cell)}` : "";
  return `/open/${URLExt.encodeParts(path)}${fragment}`;
}

/** Where to go on, and in which words: in the lecture that was studied last, or after it where all of it ran. */
export function goOnWith({ lectures }: CourseOverview): { lecture: LectureOverview; words: string } | undefined {
  const [first] = lectures;
  const [last] = lectures.filter(isBegun).sort((a, b) => (b.modified ?? "").localeCompare(a.modified ?? ""));
  if (!last) return first && { lecture: first, words: "Begin with" };
  const at = lectures.indexOf(last);
  const lecture = [...lectures.slice(at), ...lectures.slice(0, at)].find(each => !isDone(each));
  return lecture && { lecture, words: isBegun(lecture) ? "Go on with" : "Next" };
}

function isBegun({ copy, cells }: LectureOverview): boolean {
  return copy || cells.run > 0;
}

function isDone({ cells }: Pick<LectureOverview, "cells">): boolean {
  return cells.run >= cells.code;
}

export function numberOf(path: string): string {
  return /(?:^|\/)(\d+[a-z]?)-/.exec(path)?.[1] ?? "";
}

function row(lecture: LectureOverview, titles: Map<string, string>): HTMLElement {
  const { path, title, minutes, needs, claims, exercises, problem } = lecture;
  const after = needs.map(need => titles.get(need) ?? need);
  return element(
    "li",
    {},
    element(
      "a",
      { href: linkTo(path) },
      element("span", { class: "number", "aria-hidden": true }, numberOf(path)),
      element(
        "span",
        { class: "what" },
        element("strong", {}, title),
        element("span", { class: "meta" }, `${minutes} minutes`, after.length ? `; after ${after.join(", ")}` : ""),
        problem !== undefined && element("span", { class: "problem" }, problem),
      ),
      element("span", { class: "how-far" }, ...howFar(lecture), claimWords(claims), exercisesShown(exercises)),
    ),
  );
}

function howFar({ copy, cells }: LectureOverview): HTMLElement[] {
  if (!copy || cells.run === 0) return [];
  const words = isDone({ cells }) ? "all run" : `${cells.run} of ${cells.code} cells run`;
  return [element("progress", { value: cells.run, max: cells.code, "aria-label": words }), element("span", {}, words)];
}

/** What the reader's own runs say counts; before there are any, what the lecture claims. */
function claimWords({ stored, made, holding }: LectureOverview["claims"]): HTMLElement | undefined {
  if (made > holding) return element("span", { class: "fails" }, `✗ ${made - holding} of ${made} claims fail`);
  if (made > 0) return element("span", { class: "holds" }, `✓ ${holding} of ${Math.max(stored, made)} claims hold`);
  return stored > 0 ? element("span", {}, `${stored} claims`) : undefined;
}

function exercisesShown(exercises: LectureOverview["exercises"]): HTMLElement | undefined {
  if (exercises.total === 0) return undefined;
  return element("span", { class: exercises.wrong > 0 && "fails" }, exerciseWords(exercises));
}
