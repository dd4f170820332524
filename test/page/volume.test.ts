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

  it(`opens a notebook of ${CELLS} cells, and scrolls through what is there of it`, async () => {
    const began = performance.now();
    const lecture = await companion.open(LARGE);
    const { page } = lecture;
    const opened = performance.now() - began;
    const frames = ((await page.evaluate(scrollDown)) as number[]).sort((left, right) => left - right);
    const [median = 0, worst = 0] = [frames[Math.floor(frames.length / 2)], frames.at(-1)];
    const [elements, heap] = (await page.evaluate(weight)) as [number, number];
    console.log(
      `${CELLS} cells: there after ${(opened / 1000).toFixed(1)} s; a frame takes ${median.toFixed(0)} ms while it scrolls, ${worst.toFixed(0)} at most; ${elements} elements, ${heap.toFixed(0)} MB`,
    );
    expect(opened).toBeLessThan(15_000 * slowness());
    expect(median).toBeLessThan(50 * slowness());
    expect(worst).toBeLessThan(2000 * slowness());
    // Only what is seen is drawn.
    expect(elements).toBeLessThan(100_000);
    expect(heap).toBeLessThan(500);
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
