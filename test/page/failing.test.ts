import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const SMALL = "notebooks/06-small.ipynb";
const [HELPER, ANSWER, USES, OWN, TALL, AFTER, LAST] = [0, 1, 2, 3, 4, 5, 6] as const;
const solved = (how: string) =>
  `import { claim } from "../src/generative/derivation/index.ts";\n${how}\nclaim("two is two", two(), 2, { within: 1e-9 });`;
const held = {
  output_type: "display_data",
  metadata: {},
  data: {
    "application/vnd.lectern.claim+json": { text: "two is two", holds: true, residual: 0 },
    "text/plain": "✓ two is two",
  },
};
const cells = [
  { id: "title", text: "# Failing" },
  { id: "helper", code: `/* ${"-".repeat(70)} */ const helper = 2;` },
  { id: "answer", code: "function answer(): number {\n  return 0;\n}" },
  { id: "uses", code: "answer()" },
  { id: "exercises", text: `${"Before the exercises.\n\n".repeat(12)}## Exercises\n\nTwo.` },
  {
    id: "own",
    code: solved("// BEGIN SOLUTION\nconst two = () => 2;\n// END SOLUTION"),
    outputs: [held],
  },
  { id: "below", text: "## Below the fold" },
  { id: "tall", code: `${"// a line\n".repeat(70)}throw new Error("at the end");` },
  { id: "after", code: "'after'" },
  { id: "last", code: "'last'" },
];

describe.skipIf(!chromiumPath)(`a cell that fails${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;
  let page: Page;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    lecture = await companion.open(SMALL);
    page = lecture.page;
  });
  afterAll(() => companion?.stop());

  const mark = (section: string) => page.locator(".contents a", { hasText: section }).locator(".mark");
  const error = () => lecture.code(TALL).locator(".lectern-error");
  const isActive = async (index: number) =>
    (await lecture.code(index).getAttribute("class"))?.includes("jp-mod-active");
  /** How far its head is below the head of the view; the view is as high as the second number. */
  const placeOf = (element: Locator) =>
    element.evaluate(node => {
      const view = (node.closest(".jp-WindowedPanel-outer") as HTMLElement).getBoundingClientRect();
      return [Math.round(node.getBoundingClientRect().top - view.top), Math.round(view.height)] as const;
    });
  const expectErrorInView = () =>
    expect
      .poll(
        async () => {
          const [top, height] = await placeOf(error());
          return top >= 0 && top < height - 20;
        },
        { timeout: 10_000 },
      )
      .toBe(true);

  it("is offered what it needs before it runs, and before that, in place of a type error for each name", async () => {
    await lecture.write(ANSWER, "function answer(): number {\n  return helper;\n}");
    const underlined = lecture.code(ANSWER).locator(".cm-lintRange-info");
    await underlined.first().waitFor();
    await lecture.select(USES);
    await page.keyboard.press("Shift+Enter");
    const notice = page.locator(".notice[data-kind=prerequisites]");
    await notice.waitFor();
    const named = await notice.locator(".cell-link").allTextContents();
    expect(named.join("\n")).toMatch(/^the cell “\/\* -+…”\nthe cell “function answer\(\): number {”$/);
    expect(await lecture.output(USES).count()).toBe(0);
    // Who presses the keys again wants that.
    await page.keyboard.press("Shift+Enter");
    await expect.poll(() => lecture.output(USES).last().textContent()).toBe("2");
    await underlined.first().waitFor({ state: "detached" });
    expect(await notice.count()).toBe(0);
    await expect.poll(() => isActive(OWN)).toBe(true);
  });

  it("ran while another did, and is offered what it needs after it failed", async () => {
    await lecture.choose("More", "Restart the kernel");
    await page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
    await lecture.idle();
    await lecture.write(LAST, "await new Promise(resolve => setTimeout(resolve, 4000));");
    await page.keyboard.press("Control+Enter");
    await page.locator(".kernel", { hasText: "runs …" }).waitFor();
    await lecture.select(USES);
    await page.keyboard.press("Control+Enter");
    await page.locator(".notice[data-kind=prerequisites] button", { hasText: "Run them first" }).click();
    await expect.poll(() => lecture.output(USES).last().textContent()).toBe("2");
  });

  it("has a type that reads in one line also at the end of a line", async () => {
    await lecture.code(HELPER).locator(".cm-line").getByText("helper").first().hover();
    const type = page.locator(".cm-tooltip .hover");
    await type.waitFor();
    expect((await type.boundingBox())?.height).toBeLessThan(60);
    await page.mouse.move(0, 0);
  });

  it("is no exercise that was solved: the solution that is there is to be replaced", async () => {
    await mark("Exercises")
      .and(page.locator('[title="1 claim holds; 0 of 1 exercise right, 1 not answered yet"]'))
      .waitFor();
    expect(await mark("Exercises").textContent()).toBe("○");
    await lecture.write(OWN, solved("const two = () => 1 + 1;"));
    await lecture.run(OWN);
    await mark("Exercises").and(page.locator('[title="1 claim holds; 1 of 1 exercise right"]')).waitFor();
    expect(await mark("Exercises").textContent()).toBe("✓");
  });

  it("is marked in the contents, whose links lead to the heading and leave the keys with the notebook", async () => {
    await page.locator(".contents a", { hasText: "Exercises" }).click();
    await page.waitForTimeout(2500);
    expect((await placeOf(page.locator(".jp-MarkdownOutput h2", { hasText: "Exercises" })))[0]).toBeLessThan(60);
    await page.keyboard.press("ArrowDown");
    expect(await isActive(OWN)).toBe(true);
    expect(await mark("Below the fold").count()).toBe(0);
  });

  it("shows its error to who ran it, and stays selected", async () => {
    for (const keys of ["Shift+Enter", "Control+Enter"]) {
      await page.locator(".contents a", { hasText: "Below the fold" }).click();
      await page.waitForTimeout(2500);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press(keys);
      await lecture.ended(TALL);
      await expectErrorInView();
      expect(await isActive(TALL)).toBe(true);
    }
    await mark("Below the fold").and(page.locator('.fails[title="1 cell failed"]')).waitFor();
  });

  it("is told of to who ran all, and what waited for it has no number", async () => {
    await page.locator(".contents a", { hasText: "Failing" }).click();
    await page.waitForTimeout(2500);
    await lecture.choose("More", "Run all");
    await page.locator(".notice", { hasText: /^Cell \[\d+\] failed\./ }).waitFor();
    expect(await isActive(TALL)).toBe(false);
    for (const index of [AFTER, LAST])
      expect(await lecture.code(index).locator(".jp-InputPrompt").textContent()).toMatch(/^\[ \]/);
    await page.getByRole("button", { name: "Show the error" }).click();
    await expectErrorInView();
    await error().getByText("at the end").filter({ visible: true }).first().waitFor();
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
