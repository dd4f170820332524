import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const SMALL = "notebooks/06-small.ipynb";
const verdict = (exercise: string) => ({
  output_type: "display_data",
  metadata: {},
  data: {
    "application/vnd.lectern.exercise+json": { exercise, state: "unanswered", message: "" },
    "text/plain": "not answered yet",
  },
});
const checking = (exercise: string, answer: string, right: string) => ({
  id: `check-${answer}`,
  code: `check("${exercise}", must => must("it must be the square", ${answer}() === ${right}));`,
  outputs: [verdict(exercise)],
});
const cells = [
  { id: "title", text: "# Squares\n\nA lecture with exercises." },
  { id: "imports", code: 'import { check, unanswered } from "../src/exercise/index.ts";' },
  { id: "exercises", text: "## Exercises\n\nSquare two, and three." },
  { id: "two", code: "function two(): number {\n  return unanswered();\n}" },
  checking("6.1", "two", "4"),
  { id: "three", code: "function three(): number {\n  return unanswered();\n}" },
  checking("6.2", "three", "9"),
];

describe.skipIf(!chromiumPath)(`exercises${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    lecture = await companion.open(SMALL);
    await lecture.run(0);
  });
  afterAll(() => companion?.stop());

  /** What the contents and the course say of them. */
  const expectBoth = async (words: string, mark: string) => {
    const link = lecture.page.locator(".contents a", { hasText: "Exercises" });
    await link.locator(`.mark[title="${words}"]`, { hasText: mark }).waitFor();
    const course = await companion.openCourse();
    await course.locator(".lectures li", { hasText: "A small lecture" }).getByText(words, { exact: true }).waitFor();
    await course.close();
  };
  const answer = async (index: number, name: string, value: string) => {
    await lecture.write(index, `function ${name}(): number {\n  return ${value};\n}`);
    await lecture.run(index);
    await lecture.run(index + 1);
  };

  it("stand alike in the cell, the contents and the course", async () => {
    await expectBoth("0 of 2 exercises right, 2 not answered yet", "○");
    await answer(1, "two", "4");
    await lecture.output(2).getByText("Exercise 6.1: right.").waitFor();
    await expectBoth("1 of 2 exercises right, 1 not answered yet", "○");
    await answer(3, "three", "6");
    await lecture.output(4).getByText("Exercise 6.2: not right yet.").waitFor();
    await expectBoth("1 of 2 exercises right, 1 not right yet", "✗");
    await answer(3, "three", "9");
    await expectBoth("2 of 2 exercises right", "✓");
  });

  it("are counted anew where the course is seen by the way back", async () => {
    const page = await companion.openCourse();
    await page.locator(".lectures a", { hasText: "A small lecture" }).click();
    await page.locator(".kernel", { hasText: /^ready$/ }).waitFor();
    await answer(3, "three", "6");
    await page.goBack();
    await page.getByText("1 of 2 exercises right, 1 not right yet", { exact: true }).waitFor();
    await page.close();
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
