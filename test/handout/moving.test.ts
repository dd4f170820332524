import { existsSync } from "node:fs";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { decode } from "fast-png";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportHtml } from "../../src/handout/index.ts";
import { repository } from "../kernel/support.ts";
import { axeFaults } from "../support/axe.ts";
import { chromiumPath, launch, needsChromium } from "./chromium.ts";
import { page as handoutOf, code, shown } from "./pages.ts";

const notebook = join(repository, "test/fixtures/notebooks/explore.ipynb");
const built = existsSync(join(repository, "dist/page/handout.js"));
const skip = !chromiumPath ? needsChromium : built ? "" : " (skipped: no dist/page; npm run build:page)";

describe("a figure that moves, in a handout", () => {
  it("is its first figure, and says in words what moves; it has no script", async () => {
    const path = await exportHtml(notebook, await mkdtemp(join(tmpdir(), "lectern-moving-")));
    const html = await readFile(path, "utf8");
    expect(html).not.toContain("<script");
    expect(html).toContain(
      '<span class="moves">In the notebook it moves: mean: from −5.0 to 5.0 in 21 stops, here 0.0; width: from 0.4 to 4.0 in 19 stops, here 2.2; integrand of: KL(p ‖ q) or KL(q ‖ p), here KL(p ‖ q).</span></figcaption>',
    );
    expect(html).toMatch(/aria-label="KL\(p ‖ q\) = 0\.83, [^"]*\."/);
    expect(html).not.toMatch(/aria-label="[^"]*it moves/);
  });

  it("is shown once where a live kernel left its controls beside it", async () => {
    const controls = shown(
      { "application/vnd.jupyter.widget-view+json": { model_id: "m" }, "text/plain": "mean: from 0 to 1" },
      { lectern: { explore: "controls" } },
    );
    const { main } = await handoutOf(code("explore(…)", [controls, shown({ "text/plain": "the figure" })]));
    expect(main.querySelector(".outputs")?.textContent?.trim()).toBe("the figure");
  });
});

describe.skipIf(skip !== "")(`an interactive handout${skip}`, () => {
  let browser: Browser;
  let address: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    const path = await exportHtml(notebook, await mkdtemp(join(tmpdir(), "lectern-moving-")), { interactive: true });
    address = pathToFileURL(path).href;
    browser = await launch();
  });
  afterAll(() => browser?.close());

  async function open(
    options: { javaScriptEnabled?: boolean; width?: number; colorScheme?: "dark" } = {},
  ): Promise<Page> {
    const { width = 1000, ...rest } = options;
    const context = await browser.newContext({ offline: true, viewport: { width, height: 800 }, ...rest });
    const page = await context.newPage();
    page.on("console", message => complaints.push(message.text()));
    page.on("pageerror", error => complaints.push(error.message));
    page.on("request", request => {
      if (!/^(data|blob):/.test(request.url()) && request.url() !== address) complaints.push(request.url());
    });
    await page.goto(address);
    return page;
  }
  const shot = async (page: Page, name: string) => {
    await page.screenshot({ path: join(repository, `.lectern/handout-explore/${name}.png`) });
  };

  /** What is really painted on the stage, and how much of it in the blue of the first curve. */
  async function look(explore: Locator): Promise<{ pixels: Uint8Array; blue: number }> {
    const { data, channels } = decode(await explore.locator(".explore-stage").screenshot());
    const pixels = Uint8Array.from(data as Uint8Array);
    let blue = 0;
    for (let at = 0; at < pixels.length; at += channels) {
      if ((pixels[at] ?? 0) < 60 && Math.abs((pixels[at + 1] ?? 0) - 114) < 30 && (pixels[at + 2] ?? 0) > 140) blue++;
    }
    return { pixels, blue };
  }

  it("plays offline: every stored figure, its title and its words", async () => {
    const page = await open();
    const explore = page.locator(".explore").first();
    await explore.locator(".gtitle", { hasText: "KL(p ‖ q) = 0.83" }).waitFor();
    await explore.scrollIntoViewIfNeeded();
    await shot(page, "light");
    expect(await axeFaults(page, ".explore")).toEqual([]);
    const before = await look(explore);
    expect(before.blue).toBeGreaterThan(300);
    await explore.getByLabel("mean", { exact: true }).focus();
    const titles = new Set<string>();
    await page.keyboard.press("Home");
    for (let stop = 0; stop < 21; stop++) {
      const words = await explore.getByRole("figure").getAttribute("aria-label");
      titles.add(`${words?.slice(0, 40)}`);
      expect(words).toContain(await explore.locator(".gtitle").textContent());
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(
        at => document.querySelector("output")?.textContent === at,
        (-5 + Math.min(20, stop + 1) / 2).toFixed(1).replace("-", "−"),
      );
      await page.waitForTimeout(30);
    }
    expect(titles.size).toBe(21);
    const after = await look(explore);
    expect(after.blue).toBeCloseTo(before.blue, -2);
    expect(after.pixels).not.toEqual(before.pixels);
    expect(await page.locator("figure.alive .moves").first().isVisible()).toBe(false);
    await page.context().close();
  });

  it("plays by its button to the end", async () => {
    const page = await open({ colorScheme: "dark" });
    const second = page.locator("figure").nth(1);
    await second.scrollIntoViewIfNeeded();
    await second.getByRole("button", { name: "step: play" }).click();
    await second.locator("output", { hasText: /^1\d$/ }).waitFor();
    await shot(page, "playing-dark");
    await second.locator("output", { hasText: /^50$/ }).waitFor();
    await second.getByRole("button", { name: "step: play" }).waitFor();
    await shot(page, "played");
    await page.context().close();
  });

  it("without scripts, and in print, is its first figure with the words", async () => {
    const plain = await open({ javaScriptEnabled: false });
    expect(await plain.locator("figure svg").first().isVisible()).toBe(true);
    expect(await plain.locator(".moves").first().isVisible()).toBe(true);
    await plain.locator("figure").first().scrollIntoViewIfNeeded();
    await shot(plain, "without-scripts");
    await plain.context().close();
    const page = await open();
    await page.locator(".alive").first().waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".moves").first().isVisible()).toBe(true);
    expect(await page.locator(".explore").first().isVisible()).toBe(false);
    await page.locator("figure").first().scrollIntoViewIfNeeded();
    await shot(page, "print");
    await page.context().close();
  });

  it("fits a small screen, and asks for nothing", async () => {
    const page = await open({ width: 390 });
    const explore = page.locator(".explore").first();
    // It is drawn once the reader comes near.
    await page.locator("figure[data-live]").first().scrollIntoViewIfNeeded();
    await explore.locator(".gtitle").waitFor();
    await shot(page, "small");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const wide = await explore.locator(".main-svg").first().boundingBox();
    expect(wide?.width).toBeLessThanOrEqual(390);
    await page.context().close();
    expect(complaints).toEqual([]);
  });
});
