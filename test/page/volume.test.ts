import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { Companion } from "./companion.ts";

const CELLS = 5000;
const LARGE = "notebooks/large.ipynb";
const LINES = 100_000;

const large = {
  cells: Array.from({ length: CELLS }, (_, index) =>
    index % 2 === 0
      ? {
          cell_type: "markdown",
          id: `t${index}`,
          metadata: {},
          source: `# Part ${index}\n\nSome *words* and $x^${index}$.`,
        }
      : {
          cell_type: "code",
          id: `c${index}`,
          metadata: {},
          source: `const n${index} = ${index};\nn${index}`,
          execution_count: index,
          outputs: [
            {
              output_type: "execute_result",
              execution_count: index,
              metadata: {},
              data: { "text/plain": String(index) },
            },
          ],
        },
  ),
  metadata: { kernelspec: { name: "lectern", display_name: "TypeScript", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe.skipIf(!chromiumPath)(`much at once${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start([
      { id: "title", text: "# Small" },
      { id: "many", code: `for (let i = 0; i < ${LINES}; i++) console.log("line " + i);\n"end"` },
      { id: "next", code: "6 * 7" },
    ]);
    companion.workspace.write(LARGE, JSON.stringify(large));
  });
  afterAll(() => companion?.stop());

  it(`scrolls, writes and runs in a notebook of ${CELLS} cells`, async () => {
    const began = performance.now();
    const lecture = await companion.open(LARGE);
    const { page } = lecture;
    const opened = performance.now() - began;
    const last = lecture.code(CELLS / 2 - 1);
    const jumped = await timed(async () => {
      await expect.poll(() => page.evaluate(showEnd), { timeout: 40_000 * slowness() }).toBe(true);
      await last.locator(".cm-content", { hasText: `const n${CELLS - 1}` }).waitFor();
    });
    await last.locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    const keyed = await timed(async () => {
      await page.keyboard.press("6");
      await last.locator(".cm-content", { hasText: /^6$/ }).waitFor();
    });
    await page.keyboard.insertText(" * 7");
    await page.keyboard.press("Control+Enter");
    await last.locator(".jp-OutputArea-output", { hasText: /^\s*42\s*$/ }).waitFor();
    await lecture.idle();
    // The second run has not to wait for a checker that starts.
    await page.keyboard.press("Enter");
    await page.keyboard.insertText(" + 1");
    const ran = await timed(async () => {
      await page.keyboard.press("Control+Enter");
      await last.locator(".jp-OutputArea-output", { hasText: /^\s*43\s*$/ }).waitFor();
    });
    const frames = ((await page.evaluate(scrollDown)) as number[]).sort((left, right) => left - right);
    const [median = 0, worst = 0] = [frames[Math.floor(frames.length / 2)], frames.at(-1)];
    const [elements, heap] = (await page.evaluate(weight)) as [number, number];
    console.log(
      `${CELLS} cells: there after ${(opened / 1000).toFixed(1)} s, the last after ${jumped.toFixed(0)} ms; a key takes ${keyed.toFixed(0)} ms, a run ${ran.toFixed(0)} ms; a frame ${median.toFixed(0)} ms while it scrolls, ${worst.toFixed(0)} at most; ${elements} elements, ${heap.toFixed(0)} MB`,
    );
    expect(opened).toBeLessThan(15_000 * slowness());
    expect(jumped).toBeLessThan(3000 * slowness());
    expect(keyed).toBeLessThan(500 * slowness());
    expect(ran).toBeLessThan(3000 * slowness());
    expect(median).toBeLessThan(250 * slowness());
    expect(worst).toBeLessThan(2000 * slowness());
    // Only what was near the view is drawn.
    expect(elements).toBeLessThan(100_000);
    expect(heap).toBeLessThan(500);
    await page.close();
  });

  it(`goes to a place in the middle of ${CELLS} cells`, async () => {
    const lecture = await companion.open(LARGE);
    const { page } = lecture;
    const there = await timed(async () => {
      await page.getByRole("link", { name: "Part 2500", exact: true }).click();
      await page.locator("h1", { hasText: "Part 2500" }).waitFor();
    });
    expect(there).toBeLessThan(3000 * slowness());
    const seen = () => page.locator("h1", { hasText: "Part 2500" }).evaluate(isInView);
    await expect.poll(seen, { timeout: 10_000 * slowness() }).toBe(true);
    await page.close();
  });

  it(`stays usable with ${LINES.toLocaleString("en")} lines of output, says what it leaves out, and saves all`, async () => {
    const lecture = await companion.open("notebooks/06-small.ipynb");
    await lecture.run(1);
    const began = performance.now();
    await lecture.run(0);
    const ran = performance.now();
    await lecture.run(1);
    const next = performance.now() - ran;
    const [elements, heap] = (await lecture.page.evaluate(weight)) as [number, number];
    console.log(
      `${LINES} lines: shown after ${((ran - began) / 1000).toFixed(1)} s, the next cell after ${next.toFixed(0)} ms; ${elements} elements, ${heap.toFixed(0)} MB`,
    );
    expect(next).toBeLessThan(3000 * slowness());
    expect(heap).toBeLessThan(500);
    const shown = (await lecture.output(0).first().textContent()) ?? "";
    expect(shown).toContain("… 98,000 lines are not shown here; the notebook keeps all …");
    for (const line of ["line 0\n", "line 199\n", "line 98200\n", "line 99999\n"]) expect(shown).toContain(line);
    for (const line of ["line 200\n", "line 98199\n"]) expect(shown).not.toContain(line);
    await lecture.page.keyboard.press("ControlOrMeta+s");
    const copy = join(companion.workspace.root, "work/06-small.ipynb");
    const saved = () => existsSync(copy) && readFileSync(copy, "utf8");
    await expect.poll(saved, { timeout: 20_000 * slowness() }).toContain(`"line ${LINES - 1}\\n"`);
    await lecture.page.close();
    const again = await companion.open("notebooks/06-small.ipynb");
    await again.output(0).getByText("98,000 lines are not shown here").waitFor();
    await again.page.close();
  });
});

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Runs in the page: goes to the end; whether the last cell is drawn there, and in view. */
const showEnd = `(() => {
  const view = document.querySelector(".jp-WindowedPanel-outer");
  view.scrollTop = view.scrollHeight;
  const last = [...document.querySelectorAll(".jp-Cell")].at(-1);
  const { top, bottom } = view.getBoundingClientRect();
  const place = last.getBoundingClientRect();
  return last.childElementCount > 0 && place.bottom > top && place.top < bottom;
})()`;

/** Runs in the page: whether an element is in the view of the lecture. */
function isInView(element: Element): boolean {
  const view = element.closest(".jp-WindowedPanel-outer")?.getBoundingClientRect();
  const { top, bottom } = element.getBoundingClientRect();
  return view !== undefined && bottom > view.top && top < view.bottom;
}

/** How many elements the notebook has, and how many megabytes the page. */
const weight = "[document.querySelectorAll('.jp-Notebook *').length, performance.memory.usedJSHeapSize / 2 ** 20]";

/** Runs in the page: how long each frame takes while it scrolls from the top to the end, in milliseconds. */
const scrollDown = `(async () => {
  const view = document.querySelector(".jp-WindowedPanel-outer");
  const frames = [];
  let last = performance.now();
  for (let step = 0; step < 120; step++) {
    view.scrollTop = (view.scrollHeight * step) / 120;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
})()`;
