import { mkdtemp } from "node:fs/promises";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, it } from "vitest";
import { renderHandout, renderSlides } from "../../src/handout/index.ts";
import type { Cell, Notebook } from "../../src/notebook/index.ts";
import { chromiumPath, launch, needsChromium } from "./chromium.ts";
import { code, markdown, shown } from "./pages.ts";

const notebook = (...cells: Cell[]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const typed = (cell: Cell, slide_type: string): Cell => ({
  ...cell,
  metadata: { ...cell.metadata, slideshow: { slide_type } },
});
const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

/** Of each slide what it shows, step by step, and its notes, in words. */
async function slidesOf(...cells: Cell[]) {
  const { document } = new JSDOM(await renderSlides(notebook(...cells), { title: "Test" })).window;
  const words = (element: Element | null) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  return [...document.querySelectorAll(".slide")].map(slide => ({
    running: words(slide.querySelector(".running")),
    steps: [...slide.querySelectorAll(".step")].map(words),
    figures: slide.querySelectorAll(".step figure").length,
    notes: words(slide.querySelector(".notes")),
  }));
}

const planned = [
  typed(markdown("# One\n\nfirst\n\nsecond"), "slide"),
  markdown("goes on"),
  typed(markdown("comes later"), "fragment"),
  typed(markdown("for the speaker"), "notes"),
  typed(markdown("## Below"), "subslide"),
  typed(markdown("left out"), "skip"),
];

const written = [
  markdown("# Title\n\nFirst words.\n\nMore words.\n\n**Note** these.\n\n$$a = b$$"),
  markdown("Still more.", { id: "more" }),
  code("const folded = 1;", [shown({ "image/svg+xml": svg, "text/plain": "a square" })], "hide-input"),
  markdown("About the figure."),
  code("const visible = 2;", [
    shown({ "application/vnd.lectern.claim+json": { text: "it holds", holds: true }, "text/plain": "c" }),
  ]),
  markdown("## Part\n\n- one\n- two\n\n### Inner $x$\n\nWords.", { id: "part" }),
];

describe("slides", () => {
  it("are as the notebook plans them", async () => {
    expect(await slidesOf(...planned)).toEqual([
      { running: "", steps: ["One first second goes on", "comes later"], figures: 0, notes: "for the speaker" },
      { running: "", steps: ["Below"], figures: 0, notes: "" },
    ]);
  });

  it("are one for each section, figure and piece of code where nothing is planned; the rest is in the notes", async () => {
    const slides = await slidesOf(...written);
    expect(slides.map(({ running, figures }) => [running, figures])).toEqual([
      ["", 0],
      ["Title", 1],
      ["Title", 0],
      ["", 0],
      ["", 0],
    ]);
    const [first, figure, visible, part, inner] = slides;
    expect(first?.steps[0]).toMatch(/^Title First words\. Note these\./);
    expect(first?.notes).toMatch(/^More words\. Still more\. .*const folded = 1;$/);
    expect(figure?.notes).toBe("About the figure.");
    expect(visible?.steps[0]).toMatch(/^const visible = 2; ✓ 1 claim, checked ✓ it holds/);
    expect(part?.steps[0]).toBe("Part one two");
    expect(inner?.steps[0]).toMatch(/^Inner .* Words\.$/);
  });

  it("have all that the handout has, once, and every cell can be linked to", async () => {
    const letters = (text: string) => [...text.replace(/\s+/g, "")].sort().join("");
    const content = async (html: string, leaveOut: string) => {
      const { document } = new JSDOM(html).window;
      for (const each of document.querySelectorAll(leaveOut)) each.remove();
      return document;
    };
    const slides = await content(await renderSlides(notebook(...written)), ".running, .keys, script, style");
    const handout = await content(await renderHandout(notebook(...written)), ".claims, nav, script, style");
    const main = (document: Document) => document.querySelector("main")?.textContent ?? "";
    expect(letters(main(slides))).toBe(letters(main(handout)));
    for (const id of ["cell-id=more", "cell-id=part", "Part", "claim-1"]) {
      expect(handout.getElementById(id), id).not.toBeNull();
      expect(slides.getElementById(id)?.closest(".slide"), id).not.toBeNull();
    }
    const ids = [...slides.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe.skipIf(!chromiumPath)(`slides in a browser${needsChromium}`, () => {
  let address: string;
  beforeAll(async () => {
    const file = join(await mkdtemp(join(tmpdir(), "lectern-slides-")), "a.slides.html");
    writeFileSync(file, await renderSlides(notebook(...planned, ...written.map(each => typed(each, "slide")))));
    address = pathToFileURL(file).href;
  });

  it("are led through by keys, step by step, without a request or a complaint", async () => {
    const browser = await launch();
    const context = await browser.newContext({ offline: true, viewport: { width: 1280, height: 720 } });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", message => complaints.push(message.text()));
    page.on("pageerror", error => complaints.push(error.message));
    page.on("request", request => {
      if (request.url().replace(/#.*/, "") !== address && !request.url().startsWith("data:"))
        complaints.push(request.url());
    });
    await page.goto(address);
    const at = () => page.textContent("#slide-counter");
    const later = page.getByText("comes later");
    const press = (key: string) => page.keyboard.press(key);
    expect([await at(), await later.isVisible()]).toEqual(["1 / 8", false]);
    await press("ArrowRight");
    expect([await at(), await later.isVisible()]).toEqual(["1 / 8", true]);
    await press(" ");
    expect(await at()).toBe("2 / 8");
    expect(await page.evaluate(() => document.querySelector("#slide-2")?.getBoundingClientRect().top)).toBe(0);
    await press("PageUp");
    expect([await at(), await later.isVisible()]).toEqual(["1 / 8", true]);
    await press("ArrowLeft");
    expect([await at(), await later.isVisible()]).toEqual(["1 / 8", false]);
    await press("End");
    expect(await at()).toBe("8 / 8");
    expect(page.url()).toBe(`${address}#slide-8`);
    await press("Home");
    expect(await page.getByText("for the speaker").isVisible()).toBe(false);
    await press("n");
    expect(await page.getByText("for the speaker").isVisible()).toBe(true);

    const [notes] = await Promise.all([page.waitForEvent("popup"), press("p")]);
    await notes.waitForSelector("html.notes-alone");
    await press("End");
    await notes.waitForFunction(() => document.getElementById("slide-counter")?.textContent === "8 / 8");
    await notes.keyboard.press("Home");
    await page.waitForFunction(() => document.getElementById("slide-counter")?.textContent === "1 / 8");
    expect(await notes.locator(".slide:visible").count()).toBe(1);
    expect(complaints).toEqual([]);
    await browser.close();
  });

  it("are a page to scroll without scripts, on a phone too", async () => {
    const browser = await launch();
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 375, height: 700 } });
    const page = await context.newPage();
    await page.goto(address);
    for (const text of ["comes later", "for the speaker", "1 claim, checked", "Still more."]) {
      expect(await page.getByText(text).first().isVisible(), text).toBe(true);
    }
    const box = await page.locator("main").boundingBox();
    expect(box?.width).toBeLessThanOrEqual(375);
    expect(box?.height).toBeGreaterThanOrEqual(8 * 700);
    await browser.close();
  });
});
