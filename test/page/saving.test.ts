import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import { HeldFiles } from "./heldFiles.ts";
import type { LecturePage } from "./lecturePage.ts";

const SMALL = "notebooks/06-small.ipynb";
const LONG = 30_000 * slowness();

const cells = [
  { id: "title", text: "# A small lecture" },
  { id: "count", code: "let count = 1;\ncount" },
  { id: "add", code: "count += 10;\ncount" },
  { id: "more", code: "count * 2" },
];

describe.skipIf(!chromiumPath)(`saving that is slow${needsChromium}`, () => {
  let companion: Companion;
  let copy: string;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    copy = join(companion.workspace.root, "work/06-small.ipynb");
  });
  beforeEach(() => rmSync(copy, { force: true }));
  afterAll(() => companion?.stop());

  /** The sources of the cells in the reader's copy; nothing where there is none yet. */
  const inFile = async () => {
    const saved = await companion.saved("06-small.ipynb").catch(() => []);
    return saved.map(({ source }) => [source].flat().join("")).join("\n\n");
  };
  const open = async () => {
    const lecture = await companion.open(SMALL);
    return { lecture, page: lecture.page, files: await HeldFiles.of(lecture.page) };
  };
  const save = (page: Page) => page.keyboard.press("ControlOrMeta+s");
  const isSaved = (page: Page) => page.locator(".saved", { hasText: /^saved$/ }).waitFor({ timeout: LONG });
  const question = (page: Page) => page.locator(".notice", { hasText: "This notebook was changed elsewhere" });
  const first = (lecture: LecturePage) => lecture.code(0).locator(".cm-content");
  const shown = async (lecture: LecturePage) => (await first(lecture).locator(".cm-line").allTextContents()).join("\n");
  const type = async (lecture: LecturePage, text: string) => {
    await first(lecture).click();
    await lecture.page.keyboard.press("ControlOrMeta+End");
    await lecture.page.keyboard.insertText(`\n${text}`);
  };
  const change = (from: string, to: string) => {
    const text = readFileSync(copy, "utf8");
    expect(text).toContain(from);
    writeFileSync(copy, text.replace(from, to));
  };

  it("goes one save after the other, and never takes one's own for somebody else's", async () => {
    const { lecture, page, files } = await open();
    files.held = method => (method === "PUT" ? { before: 1500, after: 1500 } : undefined);
    await type(lecture, "// one");
    await save(page);
    await wait(500);
    await type(lecture, "// two");
    await save(page);
    await wait(1000);
    await type(lecture, "// three");
    await page.keyboard.press("Control+Enter");
    await lecture.ended(0);
    await save(page);
    await expect.poll(inFile, { timeout: LONG }).toContain("// three");
    await isSaved(page);
    expect(await shown(lecture)).toMatch(/\/\/ one\n\/\/ two\n\/\/ three/);
    expect(await lecture.output(0).textContent()).toBe("1");
    expect(files.mostAtOnce).toBe(1);
    expect(files.warnings).toEqual([]);
    expect(await question(page).count()).toBe(0);
    await page.close();
  });

  it("says saved only of what the file holds, and saves by itself what was written during a save", async () => {
    const { lecture, page, files } = await open();
    files.held = method => (method === "PUT" ? { before: 0, after: 5000 } : undefined);
    await type(lecture, "// one");
    await save(page);
    await wait(500);
    await type(lecture, "// two");
    await save(page);
    await wait(500);
    await type(lecture, "// three");
    await isSaved(page);
    expect(await inFile()).toContain("// one\n// two\n// three");
    await page.close();
  });

  it("knows its own save again whose answer was lost", async () => {
    const { lecture, page, files } = await open();
    await type(lecture, "// first");
    await save(page);
    await isSaved(page);
    files.held = method => (method === "PUT" ? { before: 0, after: 0, isLost: true } : undefined);
    await type(lecture, "// sent");
    await save(page);
    await expect.poll(inFile, { timeout: LONG }).toContain("// sent");
    await page.locator(".notice", { hasText: "Not saved" }).waitFor();
    await type(lecture, "// later");
    files.held = () => undefined;
    await save(page);
    await page.locator(".notice", { hasText: "all that you wrote is in the file again" }).waitFor();
    await isSaved(page);
    expect(await inFile()).toContain("// first\n// sent\n// later");
    expect(await question(page).count()).toBe(0);
    await page.close();
  });

  it("keeps what is written while what another tab saved is on its way", async () => {
    const { lecture, page, files } = await open();
    const other = await open();
    files.held = method => (method === "GET" ? { before: 0, after: 3000 } : undefined);
    await other.lecture.code(2).locator(".cm-content").click();
    await other.page.keyboard.insertText("/* theirs */ ");
    const asks = page.waitForRequest(/06-small\.ipynb/);
    await save(other.page);
    await isSaved(other.page);
    await asks;
    await page.bringToFront();
    await type(lecture, "// mine");
    await wait(4000);
    expect(await shown(lecture)).toContain("// mine");
    await save(page);
    await isSaved(page);
    expect(await inFile()).toContain("// mine");
    expect(await inFile()).toContain("/* theirs */");
    await other.page.close();
    await page.close();
  });

  it("offers back what was written during a save, where the page was closed before the next", async () => {
    const { lecture, page, files } = await open();
    let hold: boolean | undefined = false;
    files.held = method => {
      if (method !== "PUT") return undefined;
      const now = hold ? { before: 3_600_000, after: 0 } : { before: 0, after: 1500 };
      hold = true;
      return now;
    };
    await type(lecture, "// one");
    await save(page);
    await wait(300);
    await type(lecture, "// two");
    await expect.poll(inFile, { timeout: LONG }).toContain("// one");
    await wait(2500);
    await page.close();
    const again = await open();
    await again.page.getByRole("button", { name: "Bring back" }).click();
    expect(await shown(again.lecture)).toMatch(/\/\/ one\n\/\/ two/);
    await save(again.page);
    await isSaved(again.page);
    await again.page.close();
  });

  it("goes on offering what was not saved until the reader took or refused it", async () => {
    const { lecture, page, files } = await open();
    files.held = method => (method === "PUT" ? { before: 3_600_000, after: 0 } : undefined);
    await type(lecture, "// unsaved");
    await wait(1000);
    await page.close();
    for (const cell of [1, 2]) {
      const again = await open();
      await again.page.getByRole("button", { name: "Bring back" }).waitFor();
      await again.lecture.write(cell, `'other ${cell}'`);
      await save(again.page);
      await isSaved(again.page);
      await again.page.close();
    }
    const last = await open();
    await last.page.getByRole("button", { name: "Bring back" }).click();
    expect(await shown(last.lecture)).toContain("// unsaved");
    await save(last.page);
    await isSaved(last.page);
    expect(await inFile()).toContain("// unsaved");
    expect(await inFile()).toContain("'other 1'");
    await last.page.close();
  });

  it("asks where the file is changed elsewhere before the server sees the save, and again when it changes again", async () => {
    const { lecture, page, files } = await open();
    await type(lecture, "// mine");
    await save(page);
    await isSaved(page);
    files.held = method => (method === "PUT" ? { before: 1500, after: 0 } : undefined);
    await type(lecture, "// more");
    await save(page);
    change("// mine", "// editor");
    await question(page).waitFor({ timeout: LONG });
    expect(await inFile()).toContain("// editor");
    expect(await shown(lecture)).toContain("// more");
    change("// editor", "// again");
    await question(page).getByRole("button", { name: "Keep what is here" }).click();
    await wait(2500);
    await question(page).waitFor({ timeout: LONG });
    expect(await inFile()).toContain("// again");
    files.held = () => undefined;
    await question(page).getByRole("button", { name: "Keep what is here" }).click();
    await isSaved(page);
    expect(await inFile()).toContain("// mine\n// more");
    await page.close();
  });

  it.each([320, 768])("shows in a window of %d px whether all is saved", async width => {
    const { lecture, page, files } = await open();
    await page.setViewportSize({ width, height: 900 });
    const seen = async (words: string) => {
      const saved = page.locator(".saved", { hasText: words });
      await saved.waitFor({ timeout: LONG });
      const box = await saved.boundingBox();
      const { scrollWidth, clientWidth } = await saved.evaluate(({ scrollWidth, clientWidth }) => ({
        scrollWidth,
        clientWidth,
      }));
      expect(scrollWidth).toBeLessThanOrEqual(clientWidth + 1);
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
      const others = await page.locator(".bar button:visible, .bar .kernel, .bar a:visible").all();
      for (const other of others) {
        const its = await other.boundingBox();
        if (!box || !its) continue;
        const isApart =
          its.x + its.width <= box.x ||
          box.x + box.width <= its.x ||
          its.y + its.height <= box.y ||
          box.y + box.height <= its.y;
        expect(isApart, `${words} over ${await other.textContent()}`).toBe(true);
      }
    };
    files.held = method => (method === "PUT" ? { before: 3000, after: 0 } : undefined);
    await seen("saved");
    await type(lecture, "// narrow");
    await seen("not saved yet");
    await save(page);
    await seen("saves …");
    await seen("saved");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await page.close();
  });

  it("loses no line where edits, saves and runs meet answers that come at any time", {
    timeout: 300_000 * slowness(),
  }, async () => {
    const { lecture, page, files } = await open();
    let seed = 20;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    files.held = () => ({ before: random() * 900, after: random() * 900, isLost: random() < 0.1 });
    const lines: string[] = [];
    const end = Date.now() + 20_000;
    while (Date.now() < end) {
      const what = random();
      if (what < 0.5) {
        lines.push(`// line ${lines.length};`);
        await type(lecture, lines.at(-1) as string);
      } else if (what < 0.8) await save(page);
      else await page.keyboard.press("Control+Enter");
      await wait(random() * 400);
    }
    files.held = () => undefined;
    await save(page);
    await isSaved(page);
    const [source = ""] = (await inFile()).split("\n\n").slice(1);
    expect(lines.length).toBeGreaterThan(3);
    expect(source.split("\n").slice(2)).toEqual(lines);
    expect((await shown(lecture)).split("\n").slice(2)).toEqual(lines);
    expect(files.mostAtOnce).toBe(1);
    expect(files.warnings).toEqual([]);
    expect(await question(page).count()).toBe(0);
    await page.close();
  });
});
