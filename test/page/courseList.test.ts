import { JSDOM } from "jsdom";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { LectureOverview } from "../../src/notebook/courseModels.ts";
import { goOnWith, listOfLectures } from "../../src/page/course/list.ts";

beforeAll(() => {
  vi.stubGlobal("document", new JSDOM().window.document);
});
afterAll(() => {
  vi.unstubAllGlobals();
});

const lecture = (name: string, more: Partial<LectureOverview> = {}): LectureOverview => ({
  path: `notebooks/${name}.ipynb`,
  title: name,
  minutes: 5,
  needs: [],
  copy: false,
  modified: null,
  cells: { code: 1, run: 0 },
  claims: { stored: 0, made: 0, holding: 0 },
  exercises: { total: 0, solved: 0, wrong: 0 },
  ...more,
});

it("says at a lecture that cannot be read why, and what to do, and lists the others", () => {
  const problem = "work/01-one.ipynb: a notebook must be JSON, but got <b>. Or reset the lecture.";
  const list = listOfLectures({ title: "", lectures: [lecture("01-one", { problem }), lecture("02-two")] });
  const [first, second] = list.querySelectorAll("li");
  expect(first?.querySelector(".problem")?.textContent).toBe(problem);
  expect(second?.querySelector(".problem")).toBeNull();
  expect(second?.querySelector("strong")?.textContent).toBe("02-two");
});

const done = { code: 3, run: 3 };
const begun = { code: 3, run: 1 };
const onMay = (day: number) => ({ copy: true, modified: `2026-05-0${day}T12:00:00.000Z` });

it.each([
  ["at the first lecture, of who did nothing yet", [{}, {}, {}], "Begin with", 0],
  ["in the lecture that was studied last", [{ ...onMay(1) }, { ...onMay(3), cells: begun }, {}], "Go on with", 1],
  ["after it, where all of it ran", [{}, { ...onMay(1), cells: done }, {}], "Next", 2],
  ["there too where it was begun before", [{}, { ...onMay(2), cells: done }, { ...onMay(1) }], "Go on with", 2],
  ["before it where nothing is left after it", [{}, {}, { ...onMay(1), cells: done }], "Next", 0],
  ["in a lecture that ran and is not saved yet", [{}, { cells: begun }, {}], "Go on with", 1],
] as [string, Partial<LectureOverview>[], string, number][])("goes on %s", (_, each, words, at) => {
  const lectures = each.map((more, index) => lecture(`0${index}-any`, { cells: { code: 3, run: 0 }, ...more }));
  expect(goOnWith({ title: "", lectures })).toEqual({ words, lecture: lectures[at] });
});

it("goes on nowhere once all ran", () => {
  expect(goOnWith({ title: "", lectures: [lecture("00-any", { ...onMay(1), cells: done })] })).toBeUndefined();
});
