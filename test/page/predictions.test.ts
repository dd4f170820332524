import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

const SMALL = "notebooks/06-small.ipynb";

const stored = (text: string) => ({
  output_type: "execute_result",
  data: { "text/plain": text },
  metadata: {},
  execution_count: 1,
});

const cells = [
  { id: "title", text: "# Predictions\n\nDoubling 21 three times: **more or less than 150?**" },
  {
    id: "asks",
    code: "const doubled = 21 * 2 ** 3;\ndoubled",
    metadata: { tags: ["predict"] },
    outputs: [stored("168")],
  },
  { id: "after", code: "doubled + 1" },
  { id: "fails", code: 'throw new Error("no result")', metadata: { tags: ["predict"] } },
  { id: "looks", code: "7 * 6", metadata: { tags: ["predict"] }, outputs: [stored("42")] },
];

describe.skipIf(!chromiumPath)(`predictions${needsChromium}`, () => {
  let companion: Companion;
  let lecture: LecturePage;

  beforeAll(async () => {
    companion = await Companion.start(cells);
    lecture = await companion.open(SMALL);
  });
  afterAll(() => companion?.stop());

  const shown = (index: number) => lecture.output(index).first().isVisible();
  const inFile = async () => {
    const path = join(companion.workspace.root, "work/06-small.ipynb");
    const { cells: saved } = JSON.parse(await readFile(path, "utf8")) as {
      cells: { id: string; metadata: { lectern?: { prediction?: string } } }[];
    };
    return saved.find(({ id }) => id === "asks")?.metadata.lectern?.prediction;
  };

  it("cover what is stored until the reader said something", async () => {
    expect(await lecture.output(0).count()).toBe(1);
    expect(await shown(0)).toBe(false);
    await lecture.code(0).getByLabel("Predict first: what will come out?").waitFor();
  });

  it("are asked for by the step, recorded in the reader's copy, and stand beside what came out", async () => {
    const { page } = lecture;
    await lecture.select(0);
    await page.keyboard.press("Shift+Enter");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.keyboard.type("more, since 8 · 20 is 160");
    await page.keyboard.press("Enter");
    await lecture.ended(0);
    await lecture.code(0).getByText("You predicted").waitFor();
    expect(await lecture.code(0).locator(".prediction p").textContent()).toBe("more, since 8 · 20 is 160");
    expect(await shown(0)).toBe(true);
    const said = await lecture.code(0).locator(".prediction").boundingBox();
    const came = await lecture.output(0).first().boundingBox();
    expect((said?.x ?? 0) + (said?.width ?? 0)).toBeLessThanOrEqual(came?.x ?? 0);
    expect(Math.abs((said?.y ?? 0) - (came?.y ?? 0))).toBeLessThan(60);
    expect(await inFile()).toBe("more, since 8 · 20 is 160");
    // The next key goes on with the cell after it.
    await page.keyboard.press("Shift+Enter");
    await lecture.output(1).getByText("169").waitFor();
  });

  it("hide no error, and let a reader look without one", async () => {
    const { page } = lecture;
    await lecture.code(3).getByRole("button", { name: "Show without a prediction" }).click();
    expect(await shown(3)).toBe(true);
    await lecture.code(3).getByText("Shown without a prediction").waitFor();
    await lecture.select(2);
    await page.keyboard.press("Control+Enter");
    await page.keyboard.type("nothing");
    await page.keyboard.press("Control+Enter");
    await lecture.output(2).getByText("no result").first().waitFor();
    await lecture.code(2).getByText("You predicted").waitFor();
  });

  it("survive a new page, are among the changes, and go with the cell's reset", async () => {
    await lecture.page.keyboard.press("ControlOrMeta+s");
    await lecture.page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    await lecture.page.close();
    lecture = await companion.open(SMALL);
    await lecture.code(0).getByText("more, since 8 · 20 is 160").waitFor();
    await lecture.choose("More", "What I changed");
    await lecture.page.locator(".side", { hasText: "You predicted: more, since 8 · 20 is 160" }).waitFor();
    await lecture.page.keyboard.press("Escape");
    await lecture.select(0);
    await lecture.choose("More", "Reset the cell");
    await lecture.code(0).getByLabel("Predict first: what will come out?").waitFor();
    expect(await shown(0)).toBe(false);
    await lecture.page.getByRole("button", { name: "Undo" }).click();
    await lecture.code(0).getByText("You predicted").waitFor();
  });

  it("never complained", () => {
    expect(companion.complaints).toEqual([]);
  });
});
