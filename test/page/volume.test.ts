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

  it(`opens a notebook of ${CELLS} cells, scrolls through it, and saves it whole`, async () => {
    const began = performance.now();
    const { page } = await companion.open(LARGE);
    const opened = performance.now() - began;
    const frames = (await page.evaluate(scrollDown)) as number[];
    const sorted = frames.toSorted((left, right) => left - right);
    const [median = 0, worst = 0] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    const nodes = (await page.evaluate("document.querySelectorAll('.jp-Notebook *').length")) as number;
    const heap = (await page.evaluate("performance.memory.usedJSHeapSize / 2 ** 20")) as number;
    console.log(
      `${CELLS} cells: open after ${(opened / 1000).toFixed(1)} s; a frame takes ${median.toFixed(0)} ms while scrolling, at most ${worst.toFixed(0)}; ${nodes} elements, heap of ${heap.toFixed(0)} MB`,
    );
    await page.close();
  });

  it(`stays usable with ${LINES} lines of output`, async () => {
    const lecture = await companion.open("notebooks/06-small.ipynb");
    const began = performance.now();
    await lecture.run(0);
    const took = performance.now() - began;
    const nodes = (await lecture.page.evaluate("document.querySelectorAll('.jp-Notebook *').length")) as number;
    const t = performance.now();
    await lecture.run(1);
    console.log(
      `${LINES} lines: ${(took / 1000).toFixed(1)} s; next ${(performance.now() - t).toFixed(0)} ms; ${nodes} elements; heap ${await lecture.page.evaluate("performance.memory.usedJSHeapSize / 2 ** 20")}; ${(await lecture.output(0).first().textContent())?.length}`,
    );
    await lecture.page.close();
  });
});

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
void expect;
void slowness;
