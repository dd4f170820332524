import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const SMALL = "notebooks/06-small.ipynb";
const many = Array.from({ length: 40 }, (_, index) => ({
  id: `text${index}`,
  text: `## Part ${index}\n\nIt rests on \\eqref{late}, and on no other.\n\n$$ x_{${index}} = \\int_0^1 u^{${index}} du $$`,
}));
const cells = [
  { id: "title", text: "# Reading\n\nAll of it follows from \\eqref{late}." },
  { id: "first", code: "const first = 1;" },
  ...many.slice(0, 20),
  {
    id: "middle",
    code: "const half = (of: number) => { if (of > first) throw new Error('too large'); return of / 2; };",
  },
  { id: "fails", code: "half(first + 1)" },
  { id: "uses", code: "half(first)" },
  ...many.slice(20),
  { id: "equation", text: "## The equation\n\n$$ a = b \\tag{6.1}\\label{late} $$" },
  { id: "last", code: "'the end'" },
];

describe.skipIf(!chromiumPath)(`reading${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;
  let page: Page;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    // What was ever seen of a reference that has no number yet.
    await companion.prepare(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        for (const each of document.querySelectorAll("mjx-assistive-mml"))
          if (each.textContent?.includes("?")) seen.push(each.textContent);
      }).observe(document, { childList: true, subtree: true });
    });
    lecture = await companion.open(SMALL);
    page = lecture.page;
  });
  afterAll(() => companion?.stop());

  const topOf = (id: number) =>
    lecture.code(id).evaluate(node => {
      const view = node.closest(".jp-WindowedPanel-outer") as HTMLElement;
      return Math.round(node.getBoundingClientRect().top - view.getBoundingClientRect().top);
    });

  it("a reference to an equation has its number from the start, and leads there", async () => {
    await page.locator(".jp-MarkdownOutput mjx-assistive-mml", { hasText: "(6.1)" }).nth(2).waitFor();
    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([]);
    await page.locator('.MathJax a[href^="#mjx-eqn"]').first().click();
    expect(await page.locator(".jp-mod-active").textContent()).toContain("The equation");
    expect(page.context().pages()).toHaveLength(1);
  });

  it("a text with an equation that is drawn again has no error", async () => {
    const text = page.locator(".jp-MarkdownCell", { hasText: "The equation" });
    await text.dblclick();
    await page.keyboard.press("Control+Enter");
    await text.locator("mjx-assistive-mml", { hasText: "(6.1)" }).waitFor();
    expect(await text.locator("mjx-merror").count()).toBe(0);
  });

  it("the place stays while all runs", async () => {
    await lecture.code(0).scrollIntoViewIfNeeded();
    await lecture.select(0);
    const before = await topOf(0);
    await lecture.choose("More", "Run all");
    await lecture.ended(1);
    await page.waitForTimeout(800);
    expect(Math.abs((await topOf(0)) - before)).toBeLessThan(30);
    expect(await page.locator(".jp-CodeCell").first().getAttribute("class")).toContain("jp-mod-active");
  });

  it("an error names cells by the number beside them, and leads there", async () => {
    await lecture.run(1);
    await lecture.run(2);
    const error = lecture.output(2).locator("pre");
    await error
      .getByRole("link", { name: /^cell \[\d+\]$/ })
      .first()
      .waitFor();
    const number = await lecture.code(1).locator(".jp-InputPrompt").textContent();
    await error
      .getByRole("link", { name: `cell ${number?.replace(":", "")}` })
      .first()
      .click();
    expect(await lecture.code(1).getAttribute("class")).toContain("jp-mod-active");
  });

  it("the place is there again when the page is loaded again", async () => {
    await lecture.select(3);
    await lecture.code(3).evaluate(node => node.scrollIntoView({ block: "center" }));
    await page.waitForTimeout(600);
    const before = await topOf(3);
    await page.reload();
    await lecture.idle();
    await page.waitForTimeout(2000);
    expect(Math.abs((await topOf(3)) - before)).toBeLessThan(40);
    expect(await lecture.code(3).getAttribute("class")).toContain("jp-mod-active");
  });

  it("names a cell that did not run by how it begins", async () => {
    await lecture.choose("More", "Restart the kernel");
    await page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
    await lecture.idle();
    await lecture.select(3);
    await page.keyboard.press("Control+Enter");
    const notice = page.locator(".notice", { hasText: "uses what" });
    await notice.getByRole("link", { name: "the cell “const half = (of: number) => {" }).waitFor();
    await notice.getByRole("button", { name: "Run them first" }).waitFor();
    await notice.getByRole("link", { name: "the cell “const first = 1;”" }).click();
    expect(await lecture.code(0).getAttribute("class")).toContain("jp-mod-active");
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
