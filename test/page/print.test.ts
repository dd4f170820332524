import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const stored = (data: object) => ({ output_type: "display_data", data, metadata: {} });
const claim = { text: "two is two", holds: true, residual: 0, within: 1e-9, relation: "=" };

const cells = [
  { id: "title", text: "# On paper\n\nWhat comes out?" },
  { id: "asks", code: "21 * 8", metadata: { tags: ["predict"] }, outputs: [stored({ "text/plain": "168" })] },
  { id: "folded", code: "1 + 1", metadata: { tags: ["hide-output"] }, outputs: [stored({ "text/plain": "2" })] },
  {
    id: "claims",
    code: "claim(…)",
    metadata: { tags: ["hide-input"], lectern: { summary: "The evidence" } },
    outputs: [stored({ "application/vnd.lectern.claim+json": claim, "text/plain": "✓ two is two" })],
  },
  { id: "long", code: `const long = "${"x".repeat(150)}";` },
];

/** The width of the text on A4. */
const A4 = 673;

describe.skipIf(!chromiumPath)(`the page on paper${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    lecture = await companion.open("notebooks/06-small.ipynb");
    await lecture.page.setViewportSize({ width: A4, height: 1000 });
  });
  afterAll(() => companion?.stop());

  const visible = () =>
    Promise.all(
      [0, 1, 2].map(index =>
        lecture
          .output(index)
          .first()
          .isVisible({ timeout: 1 })
          .catch(() => false),
      ),
    );
  const print = async (event: "beforeprint" | "afterprint") => {
    await lecture.page.emulateMedia({ media: event === "beforeprint" ? "print" : "screen" });
    await lecture.page.evaluate(name => dispatchEvent(new Event(name)), event);
  };

  it("opens what is folded, but for code, and folds it again", async () => {
    expect(await visible()).toEqual([false, false, false]);
    await print("beforeprint");
    expect(await visible()).toEqual([true, true, true]);
    const question = lecture.code(0).locator("form.prediction");
    expect(await question.locator("label").isVisible()).toBe(true);
    expect(await question.locator("input").isVisible()).toBe(false);
    expect(await question.getByRole("button").first().isVisible()).toBe(false);
    expect(await lecture.code(2).locator(".jp-InputPlaceholder").isVisible()).toBe(true);
    await print("afterprint");
    expect(await visible()).toEqual([false, false, false]);
  });

  it("cuts no line of code off", async () => {
    await print("beforeprint");
    const line = lecture.code(3).locator(".cm-line").first();
    const [wide, end] = await line.evaluate(each => {
      const range = document.createRange();
      range.selectNodeContents(each);
      return [innerWidth, Math.max(...[...range.getClientRects()].map(({ right }) => right))];
    });
    expect(end).toBeLessThanOrEqual(wide as number);
    await print("afterprint");
  });
});
