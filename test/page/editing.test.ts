import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { axeFaults } from "../support/axe.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const cells = [
  { id: "title", text: "# Editing\n\nThe mean of some samples." },
  { id: "samples", code: "const samples = [1, 2, 3];" },
  { id: "mean", code: "const mean = samples.reduce((sum, x) => sum + x) / samples.length;\nmean" },
  { id: "shadow", code: "function spread(samples: number[]) { return Math.max(...samples) - Math.min(...samples); }" },
  { id: "last", code: "({ samples, spread: spread(samples) })" },
  { id: "own", code: "0" },
];

describe.skipIf(!chromiumPath)(`editing${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;
  let page: Page;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    lecture = await companion.open("notebooks/06-small.ipynb");
    page = lecture.page;
    for (const index of [0, 1, 2, 3]) await lecture.run(index);
  });
  afterAll(() => companion?.stop());

  const source = (index: number) => lecture.code(index).locator(".cm-content").textContent();

  it("mends what is underlined, by keys and by the mouse", async () => {
    await lecture.write(4, "sampels.length");
    await lecture.code(4).locator(".cm-lintRange-error").first().waitFor();
    // What is written within half a second is undone together.
    await page.waitForTimeout(700);
    await page.keyboard.press("Control+.");
    await page.getByRole("menuitem", { name: "Change spelling to 'samples'" }).waitFor();
    await page.keyboard.press("Enter");
    await lecture.code(4).getByText("samples.length").waitFor();
    // The cursor is back in the cell, and undo knows of it.
    await page.keyboard.press("ControlOrMeta+z");
    await lecture.code(4).getByText("sampels.length").waitFor();
    await lecture.code(4).locator(".cm-lintRange-error").first().hover();
    await page.getByRole("button", { name: /Quick fix/ }).click();
    await page.getByRole("menuitem", { name: "Change spelling to 'samples'" }).click();
    await lecture.code(4).getByText("samples.length").waitFor();
  });

  it("says where nothing is to be mended, and imports what is missing", async () => {
    await page.keyboard.press("Control+.");
    await page.getByText("Here is nothing that the compiler would mend.").waitFor();
    await lecture.write(4, "tf");
    await page.keyboard.press("Control+.");
    await page.getByRole("menuitem", { name: 'import * as tf from "@tensorflow/tfjs"' }).click();
    expect(await source(4)).toContain('import * as tf from "@tensorflow/tfjs";tf');
  });

  it("renames a name in every cell that means it, and takes it back", async () => {
    await lecture.write(4, "samples");
    await page.keyboard.press("F2");
    await page.locator(".jp-Dialog", { hasText: "New name, in 6 places of 4 cells" }).waitFor();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("draws");
    await page.keyboard.press("Enter");
    await page.getByText("samples is draws now, in 6 places of 4 cells.").waitFor();
    expect(await source(0)).toBe("const draws = [1, 2, 3];");
    expect(await source(1)).toContain("draws.reduce((sum, x) => sum + x) / draws.length");
    expect(await source(2)).toBe(cells[3]?.code);
    expect(await source(3)).toBe("({ samples: draws, spread: spread(draws) })");
    expect(await source(4)).toBe("draws");
    await lecture.code(1).locator(".stale-note", { hasText: "edited since it ran" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("draws is samples now").waitFor();
    expect(await source(0)).toBe("const samples = [1, 2, 3];");
  });

  it("renames nothing to what is taken, and says why", async () => {
    await lecture.code(4).locator(".cm-content").click();
    await page.keyboard.press("F2");
    await page.locator(".jp-Dialog input").fill("mean");
    await page.keyboard.press("Enter");
    await page.getByText("the new name must not be taken where samples is used, but got mean").waitFor();
    expect(await source(0)).toBe("const samples = [1, 2, 3];");
  });

  it("finds over all cells, text too, and replaces", async () => {
    await page.keyboard.press("ControlOrMeta+f");
    await page.locator(".jp-DocumentSearch-overlay textarea").first().fill("samples");
    await page.locator(".jp-DocumentSearch-index-counter", { hasText: /\/1[0-9]/ }).waitFor();
    expect(await axeFaults(page, "html")).toEqual([]);
    await page.locator(".jp-DocumentSearch-overlay textarea").first().fill("[1, 2, 3]");
    await page.locator(".jp-DocumentSearch-index-counter", { hasText: /\/1$/ }).waitFor();
    await page.locator(".jp-DocumentSearch-overlay").getByRole("button", { name: "Show Replace" }).click();
    await page.locator(".jp-DocumentSearch-overlay textarea").nth(1).fill("[4, 5]");
    await page.locator(".jp-DocumentSearch-overlay").getByText("Replace All").click();
    await lecture.code(0).getByText("const samples = [4, 5];").waitFor();
    await page.locator(".jp-DocumentSearch-overlay textarea").first().focus();
    await page.keyboard.press("Escape");
    await page.locator(".jp-DocumentSearch-overlay").waitFor({ state: "detached" });
    await page.keyboard.press("Control+Enter");
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
