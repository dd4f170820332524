import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { axeFaults } from "../support/axe.ts";
import { Companion } from "./companion.ts";

const SMALL = "notebooks/06-small.ipynb";

const cells = [
  {
    id: "title",
    text: "# A small lecture\n\nA formula $x^2$, and one with a number:\n\n$$x = 1 \\tag{1}\\label{one}$$",
  },
  { id: "samples", code: "const samples = 20;" },
  { id: "half", code: "const half = samples / 2;\nhalf" },
  { id: "text", text: "## Second section" },
  {
    id: "figure",
    code: 'import { show, slider } from "lectern/notebook";\nconst mean = slider({ from: -3, to: 3, value: 0, step: 0.5, label: "mean of q" });\nawait show(() => ({ data: [{ y: [mean.value, 1, 2] }], layout: { height: 240, title: { text: `mean ${mean.value}` } } }));\nmean',
  },
  {
    id: "training",
    code: 'const progress = (globalThis as never as Record<symbol, (report: object) => void>)[Symbol.for("lectern.progress")]!;\nfor (let step = 1; step <= 60; step++) {\n  progress({ step, steps: 60, loss: 1 / step });\n  await new Promise(resolve => setTimeout(resolve, 100));\n}\n"trained"',
  },
  { id: "own", code: "1 + 1" },
];

describe.skipIf(!chromiumPath)(`the page${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start(cells);
  });
  afterAll(() => companion?.stop());

  it("lists the course, finds words in all lectures and opens the place", async () => {
    const page = await companion.openCourse();
    expect(await page.locator(".lectures li").count()).toBe(2);
    expect(await page.locator(".lectures li").nth(1).textContent()).toContain("5 minutes; after 05 Latent variables");
    await page.getByRole("searchbox").fill("second section");
    const found = page.locator(".found a");
    await found.first().waitFor();
    expect(await found.first().getAttribute("href")).toBe("/open/notebooks/06-small.ipynb#cell=text");
    await page.close();
  });

  it("steps through a lecture: runs, moves on, and keeps text, code and result in view", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await lecture.select(0);
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press("Shift+Enter");
      await lecture.ended(step);
    }
    await lecture.output(2).locator(".main-svg").first().waitFor();
    await page.waitForTimeout(1000);
    const result = await lecture.output(2).first().boundingBox();
    expect(result?.y).toBeGreaterThan(0);
    expect((result?.y ?? 0) + (result?.height ?? 0)).toBeLessThanOrEqual(901);
    expect(await page.locator(".jp-mod-active .cm-content").textContent()).toContain("lectern.progress");
    await page.close();
  });

  it("folds the claims of a section under one badge", async () => {
    const { page } = await companion.open("notebooks/05-latent-variables.ipynb");
    expect(await page.locator(".badge").first().textContent()).toMatch(/^✓ \d+ claims hold$/);
    expect(await page.locator("[data-claim=holds]").first().isVisible()).toBe(false);
    await page.locator(".badge").first().click();
    expect(await page.locator("[data-claim=holds]").first().isVisible()).toBe(true);
    await page.close();
  });

  it("says of each exercise where it stands, apart from the claims", async () => {
    const { page } = await companion.open("notebooks/05-latent-variables.ipynb");
    const verdict = page.locator(".lectern-verdict").first();
    await verdict.scrollIntoViewIfNeeded();
    expect(await verdict.textContent()).toMatch(/^○Exercise 5\.1 draws: not answered yet\. \S/);
    await page.close();
  });

  it("marks what is stale, with the reason, and runs just that", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(0);
    await lecture.run(1);
    expect(await lecture.output(1).textContent()).toBe("10");
    await lecture.write(0, "const samples = 60;");
    await lecture.code(0).locator(".stale-note", { hasText: "edited since it ran" }).waitFor();
    await lecture
      .code(1)
      .locator(".stale-note", { hasText: /soon stale: rests on cell \[\d+\], which was edited/ })
      .waitFor();
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.code(1).locator(".stale-note", { hasText: "stale: uses samples, changed in cell [" }).waitFor();
    await lecture.page.locator("#do-run-stale").click();
    await lecture.output(1).getByText("30").waitFor();
    expect(await lecture.page.locator(".stale-note").count()).toBe(0);
    await lecture.page.close();
  });

  it("offers what a cell needs that did not run", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.page.keyboard.press("Escape");
    await lecture.choose("More", "Restart the kernel");
    await lecture.page.locator(".jp-Dialog button", { hasText: "Restart" }).click();
    await lecture.idle();
    await lecture.select(1);
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.page.getByRole("button", { name: "Run it first" }).click();
    await lecture.output(1).getByText(/^\d+$/).waitFor();
    await lecture.page.close();
  });

  it("underlines type errors while one writes, and completes with members", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(0);
    await lecture.write(4, "const text: string = samples;\nsamples.toF");
    await lecture.code(4).locator(".cm-lintRange-error").first().waitFor();
    await lecture.page.keyboard.press("Tab");
    await lecture.page.locator(".jp-Completer-item", { hasText: "toFixed" }).waitFor();
    await lecture.page.keyboard.press("Enter");
    await lecture.code(4).getByText("samples.toFixed").waitFor();
    await lecture.choose("More", "Reset the cell");
    await lecture
      .code(4)
      .locator(".cm-content", { hasText: /^1 \+ 1$/ })
      .waitFor();
    await lecture.page.close();
  });

  it("moves a figure with a slider", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(2);
    const handle = lecture.code(2).locator(".noUi-handle");
    await handle.focus();
    await lecture.page.keyboard.press("ArrowRight");
    await lecture.code(2).locator(".gtitle", { hasText: "mean 0.5" }).waitFor();
    await lecture.page.close();
  });

  it("stops a training, and finds one again that ran on while the tab was closed", async () => {
    let lecture = await companion.open(SMALL);
    await lecture.select(3);
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.code(3).locator(".lectern-progress progress").waitFor();
    await lecture.page.locator("#do-interrupt").click();
    await lecture.code(3).getByText("stopped at step").waitFor();
    await lecture.idle();
    await lecture.page.keyboard.press("Control+Enter");
    // The kernel is asked first what the cell needs; what the stopped run left goes as soon as it runs again.
    await lecture.code(3).getByText("stopped at step").waitFor({ state: "detached" });
    await lecture.code(3).locator(".lectern-progress progress").waitFor();
    await lecture.page.close();
    lecture = await companion.open(SMALL).catch(error => Promise.reject(error));
    await lecture.code(3).getByText("'trained'").waitFor();
    expect(await lecture.code(3).locator("progress").getAttribute("value")).toBe("60");
    // What the losses were while no page was there is on the curve too.
    const losses = lecture.code(3).locator(".losses");
    expect(await losses.getAttribute("aria-label")).toContain("Losses: 1 at step 1, 0.0166667 at step 60");
    await losses.click();
    await lecture.code(3).locator(".lectern-progress .main-svg").first().waitFor();
    expect(await lecture.code(3).locator(".lectern-figure").getAttribute("aria-label")).toContain("at step 60");
    await losses.click();
    expect(await lecture.code(3).locator(".lectern-figure").count()).toBe(0);
    await lecture.page.close();
  });

  it("shows what was changed, and resets the lecture; the original stays", async () => {
    const lecture = await companion.open(SMALL);
    const original = await readFile(join(companion.workspace.notebooks, "06-small.ipynb"), "utf8");
    await lecture.write(4, "2 + 2");
    await lecture.page.keyboard.press("ControlOrMeta+s");
    const copy = join(companion.workspace.root, "work/06-small.ipynb");
    await expect.poll(() => existsSync(copy) && readFileSync(copy, "utf8"), { timeout: 20_000 }).toContain("2 + 2");
    expect(await readFile(join(companion.workspace.notebooks, "06-small.ipynb"), "utf8")).toBe(original);
    await lecture.choose("More", "What I changed");
    await lecture.page
      .locator(".side .cm-changedText, .side .cm-insertedLine, .side .cm-changedLine")
      .first()
      .waitFor();
    await lecture.page.keyboard.press("Escape");
    await lecture.choose("More", "Reset the lecture");
    await lecture.page.getByRole("button", { name: "Reset", exact: true }).click();
    await lecture.code(4).getByText("1 + 1").waitFor();
    await lecture.page.close();
  });

  it("opens the declaration of a name of the library beside the lecture", async () => {
    const lecture = await companion.open("notebooks/05-latent-variables.ipynb");
    await lecture.choose("More", "What the lecture uses of the library");
    await lecture.page.locator(".side .names button", { hasText: /^VAE$/ }).click();
    await lecture.page.locator(".side h2", { hasText: "generative/models/vae.ts" }).waitFor();
    await lecture.page.locator(".side .cm-line", { hasText: "export class VAE" }).waitFor();
    await lecture.page.close();
  });

  it.each(["light", "dark"] as const)("has no serious fault of access in %s", async scheme => {
    const course = await companion.openCourse(scheme);
    expect(await axeFaults(course, "html")).toEqual([]);
    await course.close();
    const lecture = await companion.open(SMALL);
    await lecture.page.emulateMedia({ colorScheme: scheme });
    expect(await axeFaults(lecture.page, "html")).toEqual([]);
    await lecture.page.close();
  });

  it("has room on a phone: nothing is wider than 320 px", async () => {
    const page = await companion.openCourse("light", 320);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.close();
  });

  it("never complained, and asked for nothing outside", () => {
    expect(companion.complaints).toEqual([]);
  });

  it("offers unsaved work back after the server ended", async () => {
    const lecture = await companion.open(SMALL);
    await companion.endServer();
    await lecture.write(4, "'written without a server'");
    // A cell below it, and what it should hold.
    for (const key of ["Escape", "b", "Enter"]) await lecture.page.keyboard.press(key);
    await lecture.page.keyboard.insertText("'a new cell'");
    await lecture.page.locator(".kernel[data-state=gone], .kernel[data-state=waits]").waitFor();
    await lecture.page.close({ runBeforeUnload: false });
    await companion.serve();
    const again = await companion.open(SMALL);
    await again.page.getByText(/^One cell was edited and 1 was added at .* and not saved\.$/).waitFor();
    await again.page.getByRole("button", { name: "Bring back" }).click();
    await again.code(4).getByText("written without a server").waitFor();
    await again.code(5).getByText("a new cell").waitFor();
    await again.page.close();
  });
});
