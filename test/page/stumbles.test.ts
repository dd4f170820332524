import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";

const SMALL = "notebooks/06-small.ipynb";

const plot = (width: number) =>
  `({ data: [{ x: [1, 2], y: [1000000, 3000000], name: "one" }, { x: [1, 2], y: [2, 3], name: "two" }], layout: { width: ${width}, height: 300, title: { text: "A title that is much longer than a phone is wide" }, xaxis: { title: { text: "x" } }, yaxis: { title: { text: "y" } } }, alt: "Two lines." })`;

const cells = [
  { id: "title", text: "# A small lecture\n\nOf $\\mathrm{KL}$, $\\beta$ and words." },
  { id: "formula", text: "| line | number |\n|---|---|\n| $\\frac{x}{$ | 3 |\n| $x = 4$ | 4 |" },
  {
    id: "imports",
    code: 'import { claim, derive } from "../src/index.ts";\nimport { check } from "../src/exercise/index.ts";',
  },
  { id: "exercise", code: 'check("1", must => must("twice three must be even", false, { got: 7 }));' },
  { id: "claim", code: 'claim("one is two", 1, 2, { within: 1e-9 });' },
  {
    id: "derivation",
    code: 'derive({ cases: { coin: { variables: { x: 1, z: { points: [0, 1] } }, logDensities: { "p(z)": () => Math.log(0.5), "p(x|z)": (x: number, z: number) => Math.log(x === z ? 0.9 : 0.1) } } } }, [\n  "log(p(x,z))",\n  ["= log(p(x|z)) * log(p(z))", "product rule"],\n]);',
  },
  { id: "error", code: 'const said: string = ["no"][1]!;\nsaid.length;' },
  { id: "figure", code: plot(640) },
  { id: "slow", code: "for (let i = 0; i < 600; i++) await new Promise(resolve => setTimeout(resolve, 100));" },
  { id: "queued", code: "1 + 1" },
];

describe.skipIf(!chromiumPath)(`what newcomers stumbled over${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start(cells);
  });
  afterAll(() => companion?.stop());

  it("what is wrong is said once, with the place folded below", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(0);
    for (const [index, words] of [
      [1, "twice three must be even, but got 7"],
      [2, 'claim "one is two": must hold'],
      [3, "must equal line 1"],
    ] as const) {
      await lecture.run(index);
      const cell = lecture.code(index);
      const told = cell.getByText(words).filter({ visible: true });
      await told.first().waitFor();
      expect(await told.count()).toBe(1);
      expect(await cell.getByText("at cell", { exact: false }).filter({ visible: true }).count()).toBe(0);
      const where = cell.getByRole("button", { name: "Where it was thrown" });
      // A wrong answer was thrown by the check, which is not the reader's.
      if (index === 1) {
        expect(await where.count()).toBe(0);
        continue;
      }
      await where.click();
      await cell
        .getByText(/at .*cell \[?\d+\]?, line/)
        .filter({ visible: true })
        .first()
        .waitFor();
    }
    expect(await lecture.code(3).locator("tr.wrong").count()).toBe(1);
    // An error that nothing told of is shown as ever.
    await lecture.run(4);
    const error = lecture.code(4);
    await error
      .getByText(/TypeError/)
      .filter({ visible: true })
      .first()
      .waitFor();
    expect(await error.getByRole("button", { name: "Where it was thrown" }).count()).toBe(0);
    await lecture.page.close();
  });

  it("a broken formula spoils nothing but itself", async () => {
    const { page } = await companion.open(SMALL);
    const table = page.locator(".jp-MarkdownOutput table");
    expect(await table.locator("tbody tr").count()).toBe(2);
    expect(await table.locator("tbody tr").first().textContent()).toContain("✗ a { is not closed");
    await table.locator("tbody tr").nth(1).locator("mjx-container").waitFor();
    await page.close();
  });

  it("figures fit a phone, and keep their size where there is room", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await lecture.run(5);
    const plot = lecture.code(5).locator(".js-plotly-plot .main-svg").first();
    await plot.waitFor();
    expect((await plot.boundingBox())?.width).toBe(640);
    await page.setViewportSize({ width: 320, height: 700 });
    const prompt = lecture.code(5).locator(".jp-InputPrompt");
    const before = await prompt.textContent();
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => prompt.textContent()).not.toBe(before);
    await lecture.ended(5);
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320).toBe(true);
    for (const title of await lecture.code(5).locator(".gtitle, .xtitle, .ytitle, .legend").all()) {
      const at = await title.boundingBox();
      expect(at && at.x >= 0 && at.x + at.width <= 320).toBe(true);
    }
    expect(await page.evaluate("document.scrollingElement.scrollWidth")).toBe(320);
    await page.close();
  });

  it("? shows the keys on every keyboard, from their head, and gives the focus back", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await page.setViewportSize({ width: 1000, height: 400 });
    await lecture.select(0);
    // As a German keyboard has it.
    await page.evaluate(() =>
      document.activeElement?.dispatchEvent(
        new KeyboardEvent("keydown", { key: "?", code: "Minus", keyCode: 219, shiftKey: true, bubbles: true }),
      ),
    );
    const help = page.getByRole("dialog", { name: "Keys" });
    await help.waitFor();
    expect(await help.evaluate(dialog => [dialog.scrollTop, dialog === document.activeElement])).toEqual([0, true]);
    await page.keyboard.press("End");
    await expect.poll(() => help.evaluate(dialog => dialog.scrollTop)).toBeGreaterThan(100);
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".jp-mod-active .cm-content").textContent()).toContain("check(");
    // In a cell it is a letter.
    await lecture.write(5, "");
    await page.keyboard.type("?");
    expect(await lecture.code(5).locator(".cm-content").textContent()).toBe("?");
    expect(await help.count()).toBe(0);
    await page.close();
  });

  it("places found are gone through by keys, and read as they are set", async () => {
    const page = await companion.openCourse();
    const field = page.getByRole("searchbox");
    await field.fill("words");
    await page.locator(".found a").first().waitFor();
    expect(await page.locator(".found a", { hasText: "Of KL, β and words." }).count()).toBe(1);
    await field.press("ArrowDown");
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    const first = await focused();
    expect(first).toBe(await page.locator(".found a").first().textContent());
    await page.keyboard.press("ArrowUp");
    expect(await field.evaluate(input => input === document.activeElement)).toBe(true);
    await field.fill("KL, β and");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/open\/notebooks\/06-small\.ipynb/);
    await page.close();
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });

  it("a server that was started again is answered by one kernel, and each run that was lost is told of", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await lecture.select(6);
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Shift+Enter");
    await page.locator(".kernel", { hasText: "runs …" }).waitFor();
    await companion.endServer();
    await page.locator(".kernel[data-state=gone]", { hasText: "the server does not answer" }).waitFor();
    await companion.serve();
    await page
      .getByText("a new one was started: it has none of the names from before. 2 cells were not done.")
      .waitFor();
    await page.locator(".kernel", { hasText: /^ready$/ }).waitFor();
    for (const index of [6, 7]) await lecture.code(index).getByText("This run was lost").waitFor();
    await lecture.run(7);
    expect(await lecture.output(7).textContent()).toBe("2");
    await page.close();
  });
});
