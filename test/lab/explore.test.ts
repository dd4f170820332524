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

describe.skipIf(!python.path || !chromiumPath)(
  `figures that move, in JupyterLab${needsPython(python) || needsChromium}`,
  () => {
    let workspace: Workspace;
    let server: LabServer;
    let browser: Browser;
    let notebook: NotebookPage;

    beforeAll(async () => {
      workspace = makeWorkspace();
      fs.symlinkSync(path.join(repository, "src"), path.join(workspace.root, "src"));
      fs.writeFileSync(path.join(workspace.notebooks, "explore.ipynb"), emptyNotebook);
      [server, browser] = await Promise.all([LabServer.start(python.path ?? "", workspace), launch()]);
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      notebook = new NotebookPage(page, path.join(repository, ".lectern", "lab-explore"));
      await notebook.open(`${server.url}/lab/tree/notebooks/explore.ipynb?reset`);
    });
    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      workspace?.remove();
    });

    it("follow a slider and a list to any combination, once on the page", async () => {
      const cell = await notebook.run(
        'import { explore, pick, slide } from "../src/generative/figures/index.ts";\n' +
          'explore({ mean: slide(-1, 1, 5), of: pick(["p", "q"]) }, ({ mean, of }) => ({\n' +
          "  data: [{ y: [mean, 1, 2] }],\n" +
          "  layout: { height: 300, title: { text: `${of} at ${mean}` } },\n" +
          "  alt: `${of} at ${mean}.`,\n" +
          "}))",
      );
      const title = (text: string) => cell.locator(".gtitle", { hasText: text }).waitFor();
      await title("p at 0");
      await cell.locator(".noUi-handle").waitFor();
      await cell.locator("select").selectOption("q");
      await title("q at 0");
      await cell.locator(".noUi-handle").focus();
      await notebook.page.keyboard.press("ArrowRight");
      await title("q at 0.5");
      expect(await cell.locator(".widget-readout").first().textContent()).toBe("0.5");
      expect(await cell.locator(".js-plotly-plot").count()).toBe(1);
      await notebook.screenshot("moved");
    });
  },
);
