import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const sentences = Array.from({ length: 40 }, (_, i) => `So much for $a_{${i}} + b$. And "$c_{${i}}$", ($d$)!`);
const SOON = { timeout: 20_000 };
const long = Array.from({ length: 9 }, (_, i) => `x_{${i}} + y_{${i}}`).join(" = ");
const cells = [
  { id: "title", text: "# Narrow" },
  { id: "folded", code: "await new Promise(r => setTimeout(r, 6000));", metadata: { tags: ["hide-input"] } },
  { id: "seen", code: "await new Promise(r => setTimeout(r, 6000));" },
  { id: "formulas", text: `## Formulas\n\n${sentences.join(" ")}\n\nAnd one that is long: $${long}$.` },
];

describe.skipIf(!chromiumPath)(`a narrow page${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;
  let page: Page;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    companion.workspace.write("notebooks/own.ipynb", '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}');
    lecture = await companion.open("notebooks/06-small.ipynb");
    page = lecture.page;
  });
  afterAll(() => companion?.stop());

  const addedWords = (place: Locator, part: "::before" | "::after") =>
    place.evaluate((node, part) => getComputedStyle(node, part).content, part);

  it("has the name of a notebook in its tab", async () => {
    const own = await companion.openBusy("notebooks/own.ipynb");
    await expect.poll(() => own.title(), SOON).toBe("own · lectern");
    await own.close();
    expect(await page.title()).toBe("A small lecture · A course");
  });

  it("breaks no line between a formula and what is written on to it", async () => {
    const text = page.locator(".jp-MarkdownOutput", { hasText: "So much for" });
    await text.locator("mjx-container").nth(100).waitFor();
    for (const width of [1280, 700, 517, 433, 375, 320]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await text.evaluate(tornApart), `${width} px`).toEqual([]);
    }
  });

  it("breaks a formula that is longer than a line, within the text", async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    const paragraph = page.locator(".jp-MarkdownOutput p", { hasText: "one that is long" });
    const [right, formula] = await paragraph.evaluate(node => [
      node.getBoundingClientRect().right,
      Math.max(...[...node.querySelectorAll("mjx-math *")].map(each => each.getBoundingClientRect().right)),
    ]);
    expect(formula).toBeLessThanOrEqual(right + 1);
  });

  it("says that a cell runs where its number is not seen: folded, on a phone, and where all code is hidden", async () => {
    const folded = lecture.code(0).locator(".jp-Placeholder-contentContainer");
    expect(await addedWords(folded, "::after")).not.toContain("runs");
    await lecture.select(1);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => addedWords(folded, "::after"), SOON).toContain("runs …");
    await expect.poll(() => addedWords(folded, "::after"), SOON).not.toContain("runs");
    await lecture.select(1);
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => addedWords(lecture.code(1).locator(".jp-InputArea"), "::before"), SOON).toContain("runs …");
    await lecture.choose("View", "Hide the code");
    expect(await addedWords(lecture.code(1), "::before")).toContain("runs …");
    await lecture.choose("View", "Hide the code");
  });

  it("keeps menus within the window, and panels below the bar", async () => {
    const boxOf = async (selector: string) =>
      (await page.locator(selector).boundingBox()) ?? { x: -1, y: -1, width: 0 };
    for (const [width, height] of [
      [375, 812],
      [320, 400],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.getByRole("button", { name: "More", exact: true }).click();
      // A browser tells that it is open a moment after it shows it, and only then it gets its place.
      const right = async () => {
        const {
          x,
          y,
          width: across,
          height: down,
        } = (await page.locator(".menu:popover-open").boundingBox()) ?? NOWHERE;
        return x >= 0 && x + across <= width && y + down <= height;
      };
      await expect.poll(right).toBe(true);
      await page.keyboard.press("Escape");
      const bar = await page.locator(".bar").boundingBox();
      const foot = (bar?.y ?? 0) + (bar?.height ?? 0);
      await page.locator(".contents-toggle").click();
      expect((await boxOf(".contents")).y).toBeGreaterThanOrEqual(foot - 1);
      await page.keyboard.press("Escape");
      await lecture.choose("More", "What I changed");
      await page.locator(".side").waitFor();
      expect((await boxOf(".side")).y).toBeGreaterThanOrEqual(foot - 1);
      await page.locator(".side .close").click();
    }
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});

/** Runs in the page: the signs beside a formula that stand on another line than it. */
function tornApart(text: Element): string[] {
  const torn: string[] = [];
  for (const formula of text.querySelectorAll("mjx-container:not([display])")) {
    const place = (formula.querySelector("mjx-math") ?? formula).getBoundingClientRect();
    for (const [beside, isAfter] of [
      [formula.nextSibling, true],
      [formula.previousSibling, false],
    ] as const) {
      if (!(beside instanceof Text) || beside.data === "") continue;
      const at = isAfter ? 0 : beside.length - 1;
      const range = document.createRange();
      range.setStart(beside, at);
      range.setEnd(beside, at + 1);
      const sign = range.getBoundingClientRect();
      const isApart = isAfter ? sign.left < place.left : sign.left > place.left;
      if (isApart && /\S/.test(String(range))) torn.push(`${range} at ${beside.data.slice(0, 20)}`);
    }
  }
  return torn;
}

/** No box is there. */
const NOWHERE = { x: -1, y: -1, width: 0, height: 0 };
