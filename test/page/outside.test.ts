import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const shown = (data: object) => ({ output_type: "display_data", metadata: {}, data });
const cells = [
  { id: "title", text: "# Somebody's own notebook" },
  { id: "asks", code: "6 * 7", metadata: { tags: ["predict"] }, outputs: [shown({ "text/plain": "42" })] },
  { id: "folded", code: "const long = 1;", metadata: { tags: ["hide-input"] } },
  {
    id: "scripts",
    code: "1",
    outputs: [
      shown({ "text/html": "<b>bold words</b><script>window.struck = true</script>" }),
      shown({ "application/javascript": "window.struck = true" }),
    ],
  },
  { id: "own", code: "0" },
  { id: "heavy", code: "2", outputs: [shown({ "text/html": `<p>beginning</p>${"<i>x</i>".repeat(120_000)}` })] },
];

describe.skipIf(!chromiumPath)(`a notebook outside the course${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;

  beforeAll(async () => {
    companion = await Companion.start(cells, "plain");
    lecture = await companion.open("notebooks/06-small.ipynb");
  });
  afterAll(() => companion?.stop());

  it("asks what will come out, and keeps it in the notebook itself", async () => {
    expect(await lecture.output(0).first().isVisible()).toBe(false);
    await lecture.code(0).getByLabel("Predict first: what will come out?").fill("forty-two");
    await lecture.page.keyboard.press("Enter");
    await lecture.code(0).getByText("You predicted").waitFor();
    await lecture.output(0).getByText("42").waitFor();
    await lecture.page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    const file = readFileSync(join(companion.workspace.root, "notebooks/06-small.ipynb"), "utf8");
    expect(file).toContain('"prediction": "forty-two"');
  });

  it("folds what is tagged", async () => {
    await lecture.code(1).locator(".jp-InputPlaceholder").waitFor();
  });

  it("says where a script would be, trusted or not by then, and runs none", async () => {
    const { page } = lecture;
    await page.locator(".notice button", { hasText: "Trust this notebook" }).click();
    await page.locator(".jp-Dialog button", { hasText: "Trust" }).click();
    await lecture.code(2).getByText("A script belongs here, and this page runs none").nth(1).waitFor();
    await lecture.code(2).getByText("bold words").waitFor();
    expect(await page.evaluate(() => "struck" in window)).toBe(false);
  });

  it("indents by two spaces", async () => {
    await lecture.write(3, "if (true) {");
    await lecture.page.keyboard.press("Enter");
    await lecture.page.keyboard.type("1");
    const lines = lecture.code(3).locator(".cm-line");
    expect(await lines.nth(1).textContent()).toBe("  1");
  });

  it("draws HTML that would hold up the page when the reader wants it", async () => {
    const output = lecture.output(4);
    await output.scrollIntoViewIfNeeded();
    await output.getByText("This output has 240,002 tags").waitFor();
    expect(await output.locator("i").count()).toBe(0);
    await output.getByRole("button", { name: "Draw it" }).click();
    await output.getByText("beginning").waitFor();
    expect(await output.locator("i").count()).toBe(120_000);
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
