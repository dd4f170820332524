import fs from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launch, needsChromium } from "../handout/chromium.ts";
import { program } from "../kernel/protocol/client.ts";
import { makeWorkspace, repository, slowness, type Workspace } from "../kernel/support.ts";
import { findPython, needsPython } from "../support/python.ts";
import { NotebookPage } from "./notebookPage.ts";
import { LabServer } from "./server.ts";

const python = findPython(["jupyterlab", "plotly"], "test/lab/requirements.txt");

describe.skipIf(!python.path || !chromiumPath)(`JupyterLab's saving${needsPython(python) || needsChromium}`, () => {
  let workspace: Workspace;
  let server: LabServer;
  let browser: Browser;

  beforeAll(async () => {
    workspace = makeWorkspace();
    [server, browser] = await Promise.all([LabServer.start(python.path ?? "", workspace), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    workspace?.remove();
  });

  it("changes a notebook that was only looked at, and lectern clean undoes it", async () => {
    const file = path.join(workspace.notebooks, "looked-at.ipynb");
    fs.copyFileSync(path.join(repository, "notebooks/05-latent-variables.ipynb"), file);
    const before = fs.readFileSync(file, "utf8");
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const notebook = new NotebookPage(page, path.join(repository, ".lectern", "lab-clean"));
    await notebook.open(`${server.url}/lab/tree/notebooks/looked-at.ipynb?reset`);
    await page.locator(".js-plotly-plot").first().scrollIntoViewIfNeeded();
    await notebook.save();
    // It takes its picture of the figure a little later.
    await expect.poll(() => fs.readFileSync(file, "utf8"), { timeout: 20_000 * slowness }).not.toBe(before);
    await page.locator(".js-plotly-plot svg").first().waitFor();
    await notebook.save();
    // Jupyter empties the file before it writes it anew.
    await expect
      .poll(() => fs.readFileSync(file, "utf8"), { timeout: 20_000 * slowness })
      .toMatch(/1e-05[\s\S]*\}\s*$/);
    const { status } = spawnSync(process.execPath, [program, "clean", "--keep-outputs", file]);
    expect([status, fs.readFileSync(file, "utf8") === before]).toEqual([0, true]);
  });
});
