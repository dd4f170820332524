import fs from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launch, needsChromium } from "../handout/chromium.ts";
import { makeWorkspace, repository, type Workspace } from "../kernel/support.ts";
import { findPython, needsPython } from "../support/python.ts";
import { emptyNotebook, NotebookPage } from "./notebookPage.ts";
import { LabServer } from "./server.ts";

const python = findPython(["jupyterlab", "plotly"], "test/lab/requirements.txt");
const name = "05-latent-variables.ipynb";
const screenshots = path.join(repository, ".lectern", "lab");

describe.skipIf(!python.path || !chromiumPath)(`JupyterLab${needsPython(python) || needsChromium}`, () => {
  let workspace: Workspace;
  let server: LabServer;
  let browser: Browser;
  let notebook: NotebookPage;

  beforeAll(async () => {
    workspace = makeWorkspace();
    for (const shared of ["src", "data"]) {
      fs.symlinkSync(path.join(repository, shared), path.join(workspace.root, shared));
    }
    const original = fs.readFileSync(path.join(repository, "notebooks", name), "utf8");
    fs.writeFileSync(path.join(workspace.notebooks, name), withoutOutputs(original));
    [server, browser] = await Promise.all([LabServer.start(python.path ?? "", workspace), launch()]);
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    notebook = new NotebookPage(page, screenshots);
    await notebook.open(`${server.url}/lab/tree/notebooks/${name}?reset`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    workspace?.remove();
  });

  it("runs every cell of a notebook", async () => {
    await notebook.screenshot("opened");
    await notebook.runAll();
    await notebook.screenshot("ran");
    await notebook.save();
    const cells = codeCells(fs.readFileSync(path.join(workspace.notebooks, name), "utf8"));
    expect(cells.map(cell => cell.execution_count)).toEqual(cells.map((_, i) => i + 1));
    const kinds = cells.flatMap(cell => cell.outputs.map(output => output.output_type));
    expect(kinds).not.toContain("error");
    expect(kinds).toContain("execute_result");
    expect(cells.flatMap(cell => cell.outputs).filter(output => output.name === "stderr")).toEqual([]);
  });

  it("shows plotly figures, and claims as HTML", async () => {
    const figure = notebook.page.locator(".js-plotly-plot", { hasText: "Where could z have been" }).first();
    await figure.scrollIntoViewIfNeeded();
    await notebook.screenshot("figure");
    expect(await figure.locator("svg .scatterlayer .trace").count()).toBe(3);
    expect(await figure.locator("svg .gtitle").textContent()).toContain("Where could z have been");
    expect(await notebook.page.locator(".jp-RenderedHTMLCommon", { hasText: "log p(x)" }).count()).toBeGreaterThan(2);
  });

  it("shows the drawing of a figure where JupyterLab has no plotly", async () => {
    const plain = await LabServer.start(python.path ?? "", workspace, { extensions: false });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      const other = new NotebookPage(page, screenshots);
      fs.writeFileSync(path.join(workspace.notebooks, "plain.ipynb"), emptyNotebook);
      await other.open(`${plain.url}/lab/tree/notebooks/plain.ipynb?reset`);
      const cell = await other.run('({ data: [{ y: [1, 3, 2] }], layout: {}, alt: "three points" })');
      const drawing = cell.locator('.jp-OutputArea-output img[src^="data:image/svg+xml"], .jp-OutputArea-output svg');
      await drawing.first().waitFor();
      await other.screenshot("drawing");
      expect(await cell.locator(".js-plotly-plot").count()).toBe(0);
      await page.close();
    } finally {
      await plain.stop();
    }
  });

  it("completes with types, and says what is under the cursor", async () => {
    await notebook.append("tf.");
    await notebook.page.keyboard.press("Tab");
    const list = notebook.page.locator(".jp-Completer");
    await list.locator(".jp-Completer-item").first().waitFor();
    await notebook.screenshot("completions");
    expect(await list.locator(".jp-Completer-typeExtended").allTextContents()).toContain("function");
    await notebook.page.keyboard.press("Escape");
    await notebook.page.keyboard.insertText("tensor2d");
    await notebook.page.keyboard.press("Shift+Tab");
    const tooltip = notebook.page.locator(".jp-Tooltip");
    await tooltip.waitFor();
    await notebook.screenshot("tooltip");
    expect(await tooltip.textContent()).toContain("function tensor2d(");
    await notebook.page.keyboard.press("Escape");
    await notebook.page.keyboard.press("Control+Enter");
  });

  it("interrupts an endless loop and goes on with the names of before", async () => {
    const loop = await notebook.append("while (true) {}");
    await notebook.page.keyboard.press("Control+Enter");
    await notebook.busy();
    await notebook.interrupt();
    await notebook.idle();
    expect(await loop.locator(".jp-OutputArea-output").textContent()).toContain("Interrupted");
    const next = await notebook.run("samples + 1");
    await notebook.screenshot("interrupted");
    expect(await next.locator(".jp-OutputArea-output").textContent()).toBe("2001");
  });

  it("shows a type error, and an error with its line", async () => {
    const mistyped = await notebook.run('const count: number = "three";');
    expect(await mistyped.textContent()).toContain("Type 'string' is not assignable to type 'number'");
    const failing = await notebook.run('function fail(): never {\n  throw new RangeError("too far");\n}\nfail();');
    await notebook.screenshot("errors");
    expect(await failing.textContent()).toContain("line 2");
  });

  it("prints as it goes, and asks for input", async () => {
    const cell = await notebook.append(
      'import * as tslab from "tslab";\n' +
        'console.log("\\u001b[32mgreen\\u001b[39m", { loss: 0.25, shape: [2, 3] });\n' +
        'console.warn("careful");\n' +
        'tslab.display.html("<b>bold</b>");\n' +
        'const answer = prompt("Your name?");\n' +
        "`Hello ${answer}`",
    );
    await notebook.page.keyboard.press("Control+Enter");
    const input = cell.locator(".jp-Stdin-input");
    await input.waitFor();
    await notebook.screenshot("input");
    await input.fill("Ada");
    await notebook.page.keyboard.press("Enter");
    await notebook.idle();
    await notebook.screenshot("printed");
    expect(await cell.locator(".jp-OutputArea-executeResult").textContent()).toContain("Hello Ada");
  });
});

interface CodeCell {
  cell_type: string;
  execution_count: number | null;
  outputs: { output_type: string; name?: string }[];
}

function codeCells(text: string): CodeCell[] {
  return (JSON.parse(text).cells as CodeCell[]).filter(cell => cell.cell_type === "code");
}

function withoutOutputs(text: string): string {
  const notebook = JSON.parse(text);
  for (const cell of notebook.cells as CodeCell[]) {
    if (cell.cell_type === "code") Object.assign(cell, { execution_count: null, outputs: [] });
  }
  return JSON.stringify(notebook);
}
