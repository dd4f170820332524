import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";

const SMALL = "notebooks/06-small.ipynb";
const plot =
  '({ data: [{ x: [1, 2], y: [1, 3] }], layout: { width: 640, title: { text: "A title that is as long as many of these are" } }, alt: "A line." })';
const wait = (ms: number) => `await new Promise(resolve => setTimeout(resolve, ${ms}));`;

const cells = [
  { id: "title", text: "# A small lecture\n\nThe library's [quadrature](../src/generative/exact/quadrature.ts)." },
  { id: "folded", code: "const base = 2;", metadata: { tags: ["hide-input"], lectern: { summary: "The imports" } } },
  { id: "uses", code: "base + 1" },
  { id: "answer", code: "interface Point { x: number }\nconst answer = 1;" },
  { id: "check", code: "answer * 10" },
  { id: "fails", code: `${wait(1500)}\nthrow new Error("no");` },
  { id: "other", code: "const other = 1;" },
  { id: "long", code: wait(60_000) },
  { id: "slow", code: wait(2500) },
  { id: "figure", code: plot },
  { id: "last", code: "1 + 1" },
  { id: "end", text: "## To remember" },
];
const [FOLDED, USES, ANSWER, CHECK, FAILS, OTHER, LONG, SLOW, FIGURE, LAST] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

describe.skipIf(!chromiumPath)(`the first hour with a lecture${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start(cells);
  });
  afterAll(() => companion?.stop());

  it("names a folded cell by its title, and reads TypeScript as TypeScript", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.select(USES);
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.page.locator(".notice", { hasText: "the cell “The imports” defines" }).waitFor();
    // A word of JavaScript is a name like others.
    const spans = lecture.code(ANSWER).locator(".cm-line").first().locator("span");
    expect(await spans.allTextContents()).toContain("interface");
    await lecture.page.close();
  });

  it("opens a file of the library beside the lecture, where the text links it", async () => {
    const { page } = await companion.open(SMALL);
    const tabs = page.context().pages().length;
    await page.locator(".jp-MarkdownOutput a", { hasText: "quadrature" }).click();
    await page.locator(".side h2", { hasText: "generative/exact/quadrature.ts" }).waitFor();
    await expect
      .poll(() => page.locator(".side .cm-line").first().locator("span").allTextContents())
      .toContain("import");
    expect(page.context().pages()).toHaveLength(tabs);
    await page.close();
  });

  it("says of what rests on an answer that it was edited, and failed", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(ANSWER);
    await lecture.run(CHECK);
    await lecture.write(ANSWER, 'const answer: number = "one";');
    await lecture.run(ANSWER);
    const note = lecture.code(CHECK).locator(".stale-note");
    await note.getByText(/soon stale: rests on cell \[\d+\], which was edited and failed/).waitFor();
    await lecture.write(ANSWER, "const answer = 2;");
    await lecture.run(ANSWER);
    await note.getByText("changed in cell").waitFor();
    await lecture.run(CHECK);
    await note.waitFor({ state: "detached" });
    await lecture.page.close();
  });

  it("says of an edited cell that was left out because one before it failed that it did not run", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(OTHER);
    await lecture.write(OTHER, "const other = 2;");
    await lecture.select(FAILS);
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.select(OTHER);
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.code(FAILS).getByText("Error: no").first().waitFor();
    await lecture.code(OTHER).locator(".stale-note", { hasText: "edited since it ran" }).waitFor();
    await lecture.page.close();
  });

  it("tells a stopped cell from one that failed, and what Stop finds where nothing runs", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await lecture.select(LONG);
    await page.keyboard.press("Control+Enter");
    await page.locator(".kernel", { hasText: "runs …" }).waitFor();
    await lecture.select(FOLDED + 1);
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.mouse.wheel(0, -5000);
    await page.locator("#do-interrupt").click();
    await page.locator(".notice", { hasText: /^Cell \[\d+\] was stopped\./ }).waitFor();
    await lecture.idle();
    await page.locator("#do-interrupt").click();
    await page.locator(".notice", { hasText: "Nothing runs." }).waitFor();
    await page.close();
  });

  it("asks before it steps back by running much again", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await lecture.run(SLOW);
    await lecture.run(LAST);
    const before = await lecture.code(SLOW).locator(".jp-InputPrompt").textContent();
    await page.locator("#do-back").click();
    const dialog = page.locator(".jp-Dialog", { hasText: /a new kernel runs .* again, which took \d+ seconds/ });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await lecture.idle();
    expect(await lecture.code(SLOW).locator(".jp-InputPrompt").textContent()).toBe(before);
    await page.close();
  });

  it("steps on to the text after the last code", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.select(LAST);
    await lecture.page.keyboard.press("Shift+Enter");
    await lecture.page.locator(".jp-MarkdownCell.jp-mod-active", { hasText: "To remember" }).waitFor();
    await lecture.page.close();
  });

  it("keeps the buttons of a figure off its title", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(FIGURE);
    await lecture.code(FIGURE).locator(".js-plotly-plot").hover();
    const buttons = await lecture.code(FIGURE).locator(".modebar-group").first().boundingBox();
    const title = await lecture.code(FIGURE).locator(".gtitle").boundingBox();
    expect(buttons && title && title.x + title.width <= buttons.x).toBe(true);
    await lecture.page.close();
  });

  it("closes the contents that lie over a narrow lecture by Escape and by a touch of it", async () => {
    const { page } = await companion.open(SMALL);
    await page.setViewportSize({ width: 400, height: 700 });
    const link = page.locator(".contents a", { hasText: "To remember" });
    for (const close of [() => page.keyboard.press("Escape"), () => page.mouse.click(390, 400)]) {
      await page.getByRole("button", { name: "Contents" }).click();
      await expect.poll(() => isSeen(link)).toBe(true);
      await close();
      await expect.poll(() => isSeen(link)).toBe(false);
    }
    await page.close();

    async function isSeen(what: typeof link): Promise<boolean> {
      const box = await what.boundingBox();
      return (await what.isVisible()) && box !== null && box.x >= 0;
    }
  });

  it("comes back to the reader's place, however long the page is drawn, and figures need no bar of their own", async () => {
    const lecture = await companion.open("notebooks/05-latent-variables.ipynb");
    const { page } = lecture;
    const top = () => page.evaluate(() => document.querySelector(".jp-WindowedPanel-outer")?.scrollTop ?? 0);
    await page.locator(".contents a", { hasText: "To remember" }).click();
    await page.waitForTimeout(5000);
    const before = await top();
    expect(before).toBeGreaterThan(5000);
    const moving = page.locator(".jp-OutputArea-output:has(> .explore)").first();
    expect(await moving.evaluate(node => node.scrollHeight - node.clientHeight)).toBe(0);
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 8 });
    await page.reload();
    await expect.poll(top, { timeout: 90_000 }).toBeGreaterThan(5000);
    await page.close();
  });

  it("resets a copy that cannot be read, and shows the lecture", async () => {
    mkdirSync(join(companion.workspace.root, "work"), { recursive: true });
    writeFileSync(join(companion.workspace.root, "work/06-small.ipynb"), '{"cells": [');
    const page = await companion.openBusy(SMALL);
    page.setDefaultTimeout(90_000);
    await page.locator(".jp-Dialog", { hasText: "reset the lecture" }).getByRole("button").first().click();
    // Nothing of the reader's is here that could be saved over it.
    await page.waitForTimeout(1000);
    expect(await page.locator(".jp-Dialog", { hasText: "Save" }).count()).toBe(0);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.locator(".menu:popover-open button", { hasText: "Reset the lecture" }).click();
    await page.getByRole("button", { name: "Reset", exact: true }).click();
    await page.locator(".jp-MarkdownOutput h1", { hasText: "A small lecture" }).waitFor();
    expect(companion.complaints.splice(0).join()).toContain("Unreadable notebook");
    await page.close();
  });

  it("never complained, and asked for nothing outside", () => {
    expect(companion.complaints).toEqual([]);
  });
});
