import { mkdtemp, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { exportHtml } from "../../src/handout/index.ts";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { chromiumPath, launch, needsChromium } from "../handout/chromium.ts";
import { unreadable } from "../handout/readable.ts";
import { repository } from "../kernel/support.ts";
import { axeFaults } from "../support/axe.ts";
import { readdirSync } from "node:fs";

vi.setConfig({ testTimeout: 240_000 * slowness(), hookTimeout: 60_000 * slowness() });

const lectures = readdirSync(join(repository, "notebooks")).filter(name => name.endsWith(".ipynb"));

describe.skipIf(!chromiumPath)(`the handouts of the course${needsChromium}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it.each(lectures)("of %s can be read and reached on a screen and on a phone, by day and by night", async name => {
    const folder = await mkdtemp(join(tmpdir(), "lectern-handouts-"));
    const file = await exportHtml(join(repository, "notebooks", name), folder);
    expect((await stat(file)).size).toBeLessThan(1_500_000);
    expect(basename(file)).toBe(name.replace(".ipynb", ".html"));
    for (const [width, colorScheme] of [
      [1280, "light"],
      [1280, "dark"],
      [375, "light"],
      [375, "dark"],
      [320, "light"],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = true;
      });
      expect([width, colorScheme, ...(await axeFaults(page, "html")), ...(await unreadable(page))]).toEqual([
        width,
        colorScheme,
      ]);
      await page.close();
    }
  });
});
