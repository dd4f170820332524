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
    const times: number[] = [];
    for (let press = 1; press <= 5; press++) {
      const since = Date.now();
      await notebook.page.keyboard.press("ArrowRight");
      await cell.locator(".gtitle", { hasText: `mean ${press / 2}` }).waitFor();
      times.push(Date.now() - since);
    }
    times.sort((a, b) => a - b);
    console.log(`slider to figure in JupyterLab, ms: ${times.join(", ")}`);
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
