import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { chromiumPath, launch, needsChromium } from "./chromium.ts";
import { longCells } from "./edges.ts";
import { page as handout } from "./pages.ts";

vi.setConfig({ testTimeout: 60_000 * slowness(), hookTimeout: 60_000 * slowness() });

/** The width of the text on A4, whose margins are 16 mm each. */
const A4 = Math.floor(((210 - 32) / 25.4) * 96);

describe.skipIf(!chromiumPath)(`a handout of long things${needsChromium}`, () => {
  let browser: Browser;
  let address: string;
  beforeAll(async () => {
    const file = join(await mkdtemp(join(tmpdir(), "lectern-clipped-")), "long.html");
    await writeFile(file, (await handout(...longCells())).html);
    address = pathToFileURL(file).href;
    browser = await launch();
  });
  afterAll(() => browser?.close());

  const open = async (width: number, media: "screen" | "print" = "screen") => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.emulateMedia({ media });
    await page.goto(address);
    return page;
  };

  it.each([320, 768, 1920])(
    "at %i pixels: all is within the window, or in a formula or table that scrolls",
    async width => {
      const page = await open(width);
      const { cut, scrolls } = await outside(page);
      await page.close();
      expect(cut).toEqual([]);
      // Displays go on in the next line, but for phones, where that would leave a stack of terms.
      const may = ["table", "inline-math wide", ...(width > 320 ? [] : ["scrolls"])];
      expect(may).toEqual(expect.arrayContaining(scrolls));
    },
  );

  it("on paper: nothing is cut, and nothing would have to scroll", async () => {
    const page = await open(A4, "print");
    expect(await outside(page)).toEqual({ cut: [], scrolls: [] });
    await page.close();
  });

  it("goes on, in code, further in than the line begins", async () => {
    const page = await open(768);
    const lefts = await page.evaluate(() =>
      [...document.querySelectorAll("section.code pre.code .line")].map(line => {
        const range = document.createRange();
        range.selectNodeContents(line);
        return [
          ...new Set([...range.getClientRects()].filter(each => each.width > 1).map(each => Math.round(each.left))),
        ];
      }),
    );
    await page.close();
    const [first = 0] = lefts[0] ?? [];
    const wrapped = lefts.filter(each => each.length > 1).map(each => Math.min(...each.slice(1)));
    expect(wrapped.length).toBeGreaterThanOrEqual(2);
    for (const left of wrapped) expect(left).toBeGreaterThan(first);
  });

  it("opens on paper what is folded, but for code, of which it says what it is", async () => {
    const seen = async (media: "screen" | "print") => {
      const page = await open(A4, media);
      const says = await page.getByText("Code (1 line)").isVisible();
      const visible = await page.evaluate(() =>
        [...document.querySelectorAll("details .stdout, details pre.code")].map(each =>
          each.checkVisibility({ contentVisibilityAuto: true }),
        ),
      );
      await page.close();
      return { says, visible };
    };
    expect((await seen("screen")).visible).toEqual([false, false, false, false, false]);
    const { says, visible } = await seen("print");
    // The code of the prediction alone.
    expect(visible).toEqual([false, true, true, true, true]);
    expect(says).toBe(true);
  });
});

/** Texts and drawings that end outside of the window or of what cuts them off, and what has to be scrolled to see all. */
function outside(page: Page): Promise<{ cut: string[]; scrolls: string[] }> {
  return page.evaluate(() => {
    const cut = new Set<string>();
    const scrolls = new Set<string>();
    const main = document.querySelector("main") as HTMLElement;
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isDrawing = node instanceof SVGSVGElement;
      if (!isDrawing && (node.nodeType !== Node.TEXT_NODE || node.nodeValue?.trim() === "")) continue;
      const element = (isDrawing ? node : node.parentElement) as Element;
      if (element.closest(".spoken, .skip") || (!isDrawing && element.closest("svg"))) continue;
      const range = document.createRange();
      range.selectNode(node);
      // Blanks may hang over the edge.
      const text = node.nodeValue ?? "";
      if (!isDrawing) range.setStart(node, text.length - text.trimStart().length);
      const right = Math.max(...[...range.getClientRects()].map(each => each.right), 0);
      const name = `${element.closest("[class]")?.className || element.tagName}: ${node.textContent?.slice(0, 20)}`;
      for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
        const { overflowX } = getComputedStyle(box);
        if (overflowX === "visible" || right <= box.getBoundingClientRect().right + 1) continue;
        if (overflowX === "auto") scrolls.add(box.className);
        else cut.add(name);
        break;
      }
      const scrollable = element.closest(".table, .scrolls, .inline-math.wide");
      if (right > innerWidth + 1 && !scrollable) cut.add(name);
    }
    if (document.documentElement.scrollWidth > innerWidth) cut.add("the page");
    return { cut: [...cut], scrolls: [...scrolls] };
  });
}
