import { JSDOM } from "jsdom";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { LectureOverview } from "../../src/notebook/courseModels.ts";
import { listOfLectures } from "../../src/page/course/list.ts";

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
