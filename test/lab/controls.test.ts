import fs from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launch, needsChromium } from "../handout/chromium.ts";
import { makeWorkspace, repository, type Workspace } from "../kernel/support.ts";
import { findPython, needsPython } from "../support/python.ts";
import { emptyNotebook, NotebookPage } from "./notebookPage.ts";
import { LabServer } from "./server.ts";

const python = findPython(["jupyterlab", "plotly", "jupyterlab_widgets"], "test/lab/requirements.txt");
const screenshots = path.join(repository, ".lectern", "lab-controls");

describe.skipIf(!python.path || !chromiumPath)(`controls in JupyterLab${needsPython(python) || needsChromium}`, () => {
  let workspace: Workspace;
  let server: LabServer;
  let browser: Browser;
  let notebook: NotebookPage;

  beforeAll(async () => {
    workspace = makeWorkspace();
    fs.writeFileSync(path.join(workspace.notebooks, "controls.ipynb"), emptyNotebook);
    [server, browser] = await Promise.all([LabServer.start(python.path ?? "", workspace), launch()]);
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    notebook = new NotebookPage(page, screenshots);
    await notebook.open(`${server.url}/lab/tree/notebooks/controls.ipynb?reset`);
    await notebook.run('import { show, slider, toggle } from "lectern/notebook";');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    workspace?.remove();
  });

  it("a slider redraws a figure, and says how fast", async () => {
    await notebook.run('const mean = slider({ from: -3, to: 3, step: 0.5, value: 0, label: "mean of q" });\nmean');
    const handle = notebook.page.locator(".noUi-handle");
    await handle.waitFor();
    const cell = await notebook.run(
      "const x = Array.from({ length: 61 }, (_, i) => -3 + i / 10);\n" +
        "await show(() => ({\n" +
        "  data: [{ x, y: x.map(x => Math.exp(-0.5 * (x - mean.value) ** 2)) }],\n" +
        "  layout: { title: { text: `mean ${mean.value}` }, height: 300 },\n" +
        "}));",
    );
    const title = cell.locator(".gtitle");
    await notebook.screenshot("figure");
    await title.waitFor();
    expect(await title.textContent()).toBe("mean 0");
    await handle.focus();
    await title.evaluate(timeRedraws);
    for (let half = 1; half <= 6; half++) await press("ArrowRight", `mean ${half / 2}`);
    for (let half = 5; half >= -6; half--) await press("ArrowLeft", `mean ${half / 2}`);
    for (let half = -5; half <= 6; half++) await press("ArrowRight", `mean ${half / 2}`);
    async function press(key: string, shown: string): Promise<void> {
      await notebook.page.keyboard.press(key);
      await cell.locator(".gtitle", { hasText: new RegExp(`^${shown}$`) }).waitFor();
    }
    const times = await notebook.page.evaluate(() => (globalThis as unknown as Timed).redraws);
    expect(times).toHaveLength(30);
    times.sort((a, b) => a - b);
    const [fastest, median, slowest] = [0, 0.5, 0.999].map(part => Math.round(times[Math.floor(part * 30)] as number));
    console.log(`slider to figure in JupyterLab, ms: median ${median} of 30, from ${fastest} to ${slowest}`);
    await notebook.screenshot("slider");
  });

  it("shows the progress of a training while it runs", async () => {
    const cell = await notebook.append(
      'const report = (globalThis as any)[Symbol.for("lectern.progress")];\n' +
        "for (let step = 1; step <= 30; step++) {\n" +
        "  report({ step, steps: 30, loss: 1 / step, stepsPerSecond: 10, secondsLeft: (30 - step) / 10 });\n" +
        "  await new Promise(resolve => setTimeout(resolve, 100));\n" +
        "}",
    );
    await notebook.page.keyboard.press("Control+Enter");
    await cell.locator(".jp-OutputArea-output", { hasText: /step [5-9]\/30/ }).waitFor();
    await notebook.screenshot("progress");
    expect(await cell.locator(".jp-InputPrompt").textContent()).toContain("*");
    await notebook.idle();
    expect(await cell.locator(".jp-OutputArea-output").textContent()).toContain("step 30/30");
    await notebook.screenshot("trained");
  });

  it("shows pictures and tables", async () => {
    const table = await notebook.run('[{ name: "prior", nats: -1.5 }, { name: "posterior", nats: -0.5 }]');
    await table.locator("table").waitFor();
    expect(await table.locator("td").allTextContents()).toEqual(["prior", "-1.5", "posterior", "-0.5"]);
    await notebook.screenshot("table");
  });
});

/** Milliseconds from each key to the frame in which the figure's title has changed. */
interface Timed {
  redraws: number[];
}

/** In the page, since asking from outside every so often would measure the asking. */
function timeRedraws(title: Element): void {
  const cell = title.closest(".jp-Cell") as Element;
  const timed = globalThis as unknown as Timed & Window;
  timed.redraws = [];
  let pressed = 0;
  let shown = title.textContent;
  timed.addEventListener("keydown", () => (pressed = performance.now()), { capture: true });
  const look = () => {
    const now = cell.querySelector(".gtitle")?.textContent;
    if (!now || now === shown) return;
    shown = now;
    requestAnimationFrame(() => timed.redraws.push(performance.now() - pressed));
  };
  new MutationObserver(look).observe(cell, { subtree: true, childList: true, characterData: true });
}
