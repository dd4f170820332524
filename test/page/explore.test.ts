import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { repository } from "../kernel/support.ts";
import { axeFaults } from "../support/axe.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const STORED = "notebooks/07-stored.ipynb";

const figure =
  '({ mean, of }) => {\n  if (mean === 1 && of === "q") throw new RangeError("no q there");\n' +
  "  return { data: [{ y: [mean, 1, 2] }], layout: { height: 240, title: { text: `${of} at ${mean}` } }, alt: `${of} at ${mean}.` };\n}";

const cells = [
  { id: "title", text: "# A small lecture" },
  {
    id: "live",
    code: `import { explore, pick, slide } from "../src/generative/figures/index.ts";\nexplore({ mean: slide(-1, 1, 5), of: pick(["p", "q"]) }, ${figure}, { frames: [{ mean: 0.5 }] })`,
  },
];

describe.skipIf(!chromiumPath)(`figures that move, in the page${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    const { notebooks } = companion.workspace;
    cpSync(join(repository, "test/fixtures/notebooks/explore.ipynb"), join(notebooks, "07-stored.ipynb"));
  });
  afterAll(() => companion?.stop());

  const shot = async (page: Page, name: string) => {
    await page.screenshot({ path: join(repository, `.lectern/page-explore/${name}.png`) });
  };
  const title = (explore: Locator, text: string) => explore.locator(".gtitle", { hasText: text }).waitFor();

  async function live(): Promise<[LecturePage, Locator]> {
    const lecture = await companion.open("notebooks/06-small.ipynb");
    await lecture.run(0);
    return [lecture, lecture.page.locator(".explore")];
  }

  it("moves by keyboard from what is stored, before anything has run, and says what is to be seen", async () => {
    const { page } = await companion.open(STORED);
    const explore = page.locator(".explore").first();
    await title(explore, "KL(p ‖ q) = 0.83");
    await explore.scrollIntoViewIfNeeded();
    await shot(page, "stored");
    await explore.getByLabel("mean", { exact: true }).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await explore.locator("output").first().textContent()).toBe("1.0");
    const alt = await explore.getByRole("figure").getAttribute("aria-label");
    expect(alt).toContain("q is highest at 1 with");
    await explore.locator("[aria-live]", { hasText: "q is highest at 1 with" }).waitFor({ state: "attached" });
    // Another control moves from the start, and the page says so.
    await explore.getByLabel("width", { exact: true }).focus();
    await page.keyboard.press("ArrowRight");
    await explore.locator(".explore-note", { hasText: "Stored figures only: mean at 0.0." }).waitFor();
    expect(await explore.locator("output").allTextContents()).toEqual(["0.0", "2.4"]);
    await page.close();
  });

  it("plays, pauses by space, and ends at the last stop", async () => {
    const { page } = await companion.open(STORED);
    const explore = page.locator(".explore").nth(1);
    await explore.scrollIntoViewIfNeeded();
    const slider = explore.getByLabel("step", { exact: true });
    await slider.focus();
    await page.keyboard.press("Space");
    await explore.locator("output", { hasText: /^[1-9]/ }).waitFor();
    await page.keyboard.press("Space");
    await explore.getByRole("button", { name: "step: play" }).waitFor();
    await shot(page, "playing");
    await explore.getByRole("button", { name: "step: play" }).click();
    await explore.locator("output", { hasText: /^50$/ }).waitFor();
    await explore.getByRole("button", { name: "step: play" }).waitFor();
    await explore.getByRole("button", { name: "step: one step back" }).click();
    await explore.locator("output", { hasText: /^48$/ }).waitFor();
    await page.close();
  });

  it("asks the kernel for what is not stored, and shows what the function throws below the controls", async () => {
    const [{ page }, explore] = await live();
    await title(explore, "p at 0");
    expect(await explore.count()).toBe(1);
    expect(await page.locator(".widget-slider:visible").count()).toBe(0);
    await explore.getByLabel("of", { exact: true }).selectOption("q");
    await title(explore, "q at 0");
    await explore.getByLabel("mean", { exact: true }).focus();
    await page.keyboard.press("Home");
    await title(explore, "q at -1");
    expect(await explore.locator(".explore-note").textContent()).toBe("");
    await page.keyboard.press("End");
    await explore.locator(".explore-problem", { hasText: "RangeError: no q there (at mean = 1, of = q)" }).waitFor();
    await shot(page, "problem");
    await page.keyboard.press("ArrowLeft");
    await title(explore, "q at 0.5");
    await explore.locator(".explore-problem", { hasText: "no q" }).waitFor({ state: "detached" });
    await page.close();
  });

  it("goes back to what is stored when the kernel has gone", async () => {
    const [lecture, explore] = await live();
    const { page } = lecture;
    await title(explore, "p at 0");
    await lecture.choose("More", "Restart");
    const confirm = page.getByRole("button", { name: /^Restart/ }).last();
    if (await confirm.isVisible().catch(() => false)) await confirm.click();
    await lecture.idle();
    await explore.getByLabel("mean", { exact: true }).focus();
    await page.keyboard.press("Home");
    await title(explore, "p at 0");
    expect(await explore.locator(".explore-problem").textContent()).toBe("");
    await page.close();
  });

  it("looks right in the dark and on a small screen, and complains of nothing", async () => {
    const { page } = await companion.open(STORED);
    const explore = page.locator(".explore").first();
    await title(explore, "KL(p ‖ q) = 0.83");
    await explore.scrollIntoViewIfNeeded();
    expect(await axeFaults(page, ".explore")).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForTimeout(500);
    await shot(page, "dark");
    expect(await axeFaults(page, ".explore")).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    await page.locator(".explore").first().scrollIntoViewIfNeeded();
    await page.waitForTimeout(500);
    await shot(page, "small");
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over).toBeLessThanOrEqual(0);
    expect(companion.complaints).toEqual([]);
    await page.close();
  });
});
