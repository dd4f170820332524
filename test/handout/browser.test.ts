import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { exportHtml } from "../../src/handout/index.ts";
import { chromiumPath, launch, needsChromium } from "./chromium.ts";

const sample = new URL("../fixtures/notebooks/sample.ipynb", import.meta.url).pathname;

describe.skipIf(!chromiumPath)(`the exported sample in a browser${needsChromium}`, () => {
  it.each([1280, 390])("at %i pixels: no request, no complaint, nothing wider than the window", async width => {
    const page_ = await exportHtml(sample, join(await mkdtemp(join(tmpdir(), "lectern-export-")), "new", "folder"));
    expect(page_).toMatch(/sample\.html$/);
    const browser = await launch();
    const context = await browser.newContext({ viewport: { width, height: 800 }, offline: true });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", request => requests.push(request.url()));
    page.on("console", message => complaints.push(message.text()));
    page.on("pageerror", error => complaints.push(error.message));
    await page.goto(pathToFileURL(page_).href);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const clipped = await page.evaluate(() =>
      [...document.querySelectorAll("figure svg")].flatMap(svg => {
        const outer = svg.getBoundingClientRect();
        const texts = [...svg.querySelectorAll("text")].filter(
          text => text.getBoundingClientRect().right > outer.right + 1,
        );
        return texts.map(text => text.textContent);
      }),
    );
    await browser.close();
    expect(requests.filter(url => !url.startsWith("data:"))).toEqual([pathToFileURL(page_).href]);
    expect(complaints).toEqual([]);
    expect(overflow).toBeLessThanOrEqual(0);
    expect(clipped).toEqual([]);
  });
});
