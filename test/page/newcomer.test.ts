import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";

const SMALL = "notebooks/06-small.ipynb";

const cells = [
  { id: "title", text: "# A small lecture\n\nOf *emphasised* words and $x^2$ that are searched." },
  { id: "first", code: "const first = 1;\nfirst" },
  {
    id: "claims",
    code: 'import { claim } from "../src/index.ts";\nclaim("one is two", 1, 2, { within: 1e-9 });\nclaim("two is two", 2, 2, { within: 1e-9 });',
  },
  { id: "slow", code: "await new Promise(resolve => setTimeout(resolve, 8000));\n'slow'" },
  { id: "own", code: "0" },
  { id: "folded", code: "'folded'", metadata: { tags: ["hide-input"] } },
  { id: "shut", code: "'shut'", metadata: { tags: ["hide-output"] } },
];

describe.skipIf(!chromiumPath)(`what a newcomer meets${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start(cells);
  });
  afterAll(() => companion?.stop());

  it("opening alone leaves nothing to save", async () => {
    const { page } = await companion.open(SMALL);
    await page.waitForTimeout(1000);
    expect(await page.locator(".saved").textContent()).toBe("saved");
    await page.close();
  });

  it("cells have a margin on both sides at every width", async () => {
    const { page } = await companion.open(SMALL);
    for (const width of [320, 700, 768, 1000]) {
      await page.setViewportSize({ width, height: 700 });
      await page.waitForTimeout(300);
      const margins = await page.locator(".jp-InputArea-editor:visible").evaluateAll(boxes =>
        boxes.map(box => {
          const view = box.closest(".jp-WindowedPanel-outer") as HTMLElement;
          const { left, right } = box.getBoundingClientRect();
          return Math.min(left - view.getBoundingClientRect().left, view.clientWidth - right);
        }),
      );
      expect(Math.min(...margins)).toBeGreaterThanOrEqual(8);
    }
    await page.close();
  });

  it("places found are told in plain words", async () => {
    const page = await companion.openCourse();
    await page.getByRole("searchbox").fill("emphasised");
    const found = page.locator(".found a").first();
    await found.waitFor();
    expect(await found.textContent()).toContain("Of emphasised words and x^2 that are searched.");
    await page.close();
  });

  it("the keys go to the notebook again when a menu has closed", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await lecture.select(0);
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowDown");
    expect(await page.locator(".jp-mod-active .cm-content").textContent()).toContain("claim");
    await lecture.choose("View", "Line numbers");
    await page.keyboard.press("ArrowUp");
    expect(await page.locator(".jp-mod-active .cm-content").textContent()).toContain("first");
    await page.close();
  });

  it("a claim that was not reached is none that failed", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.run(1);
    await lecture.page.locator(".badge", { hasText: "✗ 1 of 2 claims fails, 1 was not reached" }).waitFor();
    await lecture.page.close();
  });

  it("a cell that runs on from before is one click away", async () => {
    const lecture = await companion.open(SMALL);
    await lecture.select(2);
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.page.locator(".kernel[data-state=busy]").waitFor();
    await lecture.page.close();
    const page = await companion.openBusy(SMALL);
    await page.getByText("A cell runs on from before.").waitFor();
    await page.getByRole("button", { name: "Go there" }).click();
    expect(await page.locator(".jp-mod-active .cm-content").textContent()).toContain("8000");
    await page.locator(".kernel", { hasText: /^ready$/ }).waitFor();
    await page.close();
  });

  it("two tabs stay together, and what both wrote is the reader's to choose", async () => {
    const one = await companion.open(SMALL);
    const two = await companion.open(SMALL);
    await one.page.getByText("open in another tab too").waitFor();
    await two.page.getByText("open in another tab too").waitFor();
    await one.write(3, "'from one'");
    await one.page.keyboard.press("ControlOrMeta+s");
    await two.code(3).getByText("'from one'").waitFor();
    // Elsewhere may be another browser, whose word does not come here.
    for (const { page } of [one, two])
      await page.evaluate(() => {
        BroadcastChannel.prototype.postMessage = () => undefined;
      });
    await one.write(3, "'one again'");
    await one.page.keyboard.press("ControlOrMeta+s");
    await one.page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    await two.write(3, "'from two'");
    await two.page.keyboard.press("ControlOrMeta+s");
    await two.page.getByText("This notebook was changed elsewhere").waitFor();
    expect(await two.page.locator(".jp-Dialog").count()).toBe(0);
    await two.page.getByRole("button", { name: "Keep what is here" }).click();
    await two.page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    expect(await two.code(3).locator(".cm-content").textContent()).toBe("'from two'");
    // Who wrote nothing meanwhile gets it without a question.
    await one.page.keyboard.press("ControlOrMeta+s");
    await one.code(3).getByText("'from two'").waitFor();
    expect(await one.page.getByText("This notebook was changed elsewhere").count()).toBe(0);
    await one.page.close();
    await two.page.close();
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });

  it("two tabs that write into two cells at once keep both", async () => {
    const one = await companion.open(SMALL);
    const two = await companion.open(SMALL);
    await one.write(2, "'of one'");
    await two.write(3, "'of two'");
    await Promise.all([one, two].map(({ page }) => page.keyboard.press("ControlOrMeta+s")));
    for (const { code } of [one, two].map(each => ({ code: each.code.bind(each) }))) {
      await code(2).getByText("'of one'").waitFor();
      await code(3).getByText("'of two'").waitFor();
    }
    for (const { page } of [one, two]) {
      await page.locator(".saved", { hasText: /^saved$/ }).waitFor();
      await page.close();
    }
  });

  it("says once that the server is gone, and when all is saved again", async () => {
    const lecture = await companion.open(SMALL);
    const { page } = lecture;
    await companion.endServer();
    await lecture.write(3, "'kept'");
    for (let time = 0; time < 3; time++) await page.keyboard.press("ControlOrMeta+s");
    await page.getByText("Not saved: the server does not answer.").waitFor();
    await page.waitForTimeout(6000);
    expect(await page.locator(".jp-Dialog").count()).toBe(0);
    expect(await page.locator(".notice", { hasText: "Not saved" }).count()).toBe(1);
    await companion.serve();
    await page.getByText("Saved: all that you wrote is in the file again.").waitFor();
    await page.close();
  });
});
