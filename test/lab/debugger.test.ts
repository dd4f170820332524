import fs from "node:fs";
import path from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launch, needsChromium } from "../handout/chromium.ts";
import { makeWorkspace, repository, type Workspace } from "../kernel/support.ts";
import { findPython, needsPython } from "../support/python.ts";
import { emptyNotebook, NotebookPage } from "./notebookPage.ts";
import { LabServer } from "./server.ts";

const python = findPython(["jupyterlab"], "test/lab/requirements.txt");
const screenshots = path.join(repository, ".lectern", "lab-debugger");

const model = `/** The log of a sum of exponentials, without overflow. */
export function logSumExp(terms: readonly number[]): number {
  const largest = Math.max(...terms);
  const shifted = terms.map(term => Math.exp(term - largest));
  const sum = shifted.reduce((total, each) => total + each, 0);
  return largest + Math.log(sum);
}
`;

const cell = `import { logSumExp } from "../src/logSumExp.ts";
const logits = new Float32Array([0.5, -1, 2]);
let evidence = -Infinity;
evidence = logSumExp([...logits]);
evidence.toFixed(3)`;

describe.skipIf(!python.path || !chromiumPath)(`debugger in JupyterLab${needsPython(python) || needsChromium}`, () => {
  let workspace: Workspace;
  let server: LabServer;
  let browser: Browser;
  let notebook: NotebookPage;
  let code: Locator;

  beforeAll(async () => {
    workspace = makeWorkspace({ "src/logSumExp.ts": model });
    fs.writeFileSync(path.join(workspace.notebooks, "debugged.ipynb"), emptyNotebook);
    [server, browser] = await Promise.all([LabServer.start(python.path ?? "", workspace), launch()]);
    const page = await browser.newPage({ viewport: { width: 1500, height: 1000 } });
    notebook = new NotebookPage(page, screenshots);
    await notebook.open(`${server.url}/lab/tree/notebooks/debugged.ipynb?reset`);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    workspace?.remove();
  });

  const panel = (name: string) => notebook.page.locator(`.jp-Debugger${name}-body`).first();
  const stoppedAt = (text: string | RegExp) => panel("Callstack").locator("li", { hasText: text }).first().waitFor();

  it("shows the variables once it is enabled", async () => {
    await notebook.run("const rate = 0.1;\nconst words = ['prior', 'posterior'];");
    await notebook.page.locator(".jp-DebuggerBugButton").click();
    await panel("Variables").getByText("rate").first().waitFor();
    await panel("Variables").getByText("Array(2)").first().waitFor();
    await notebook.screenshot("variables");
  });

  it("stops at a breakpoint in a cell, and shows where and with what", async () => {
    await notebook.append(cell);
    code = notebook.page.locator(".jp-Notebook .jp-Cell").nth(2);
    await breakpoint(code, 4);
    await notebook.screenshot("breakpoint");
    await notebook.page.keyboard.press("Shift+Enter");
    await stoppedAt(/cell/i);
    await panel("Variables").getByText("logits").first().waitFor();
    await notebook.screenshot("stopped");
    await panel("Variables").getByText("-Infinity").first().waitFor();
    expect(await code.locator(".jp-DebuggerEditor-highlight").textContent()).toBe("evidence = logSumExp([...logits]);");
  });

  it("steps into a file of src/, and stops at a breakpoint there", async () => {
    await notebook.page.locator('jp-button[title^="Step In"]').first().click();
    await stoppedAt("logSumExp");
    await notebook.screenshot("stepped-in");
    const source = notebook.page.locator(".jp-MainAreaWidget .jp-CodeMirrorEditor").last();
    await source.waitFor();
    await source.getByText("export").first().waitFor();
    await breakpoint(source, 6);
    await notebook.page.locator('jp-button[title^="Continue"]').first().click();
    await panel("Variables").getByText("1.2729").first().waitFor();
    await notebook.screenshot("in-src");
    expect(await source.locator(".jp-DebuggerEditor-highlight").textContent()).toBe(
      "  return largest + Math.log(sum);",
    );
    await notebook.page.locator('jp-button[title^="Continue"]').first().click();
    await notebook.page.locator(".lm-TabBar-tab", { hasText: "debugged.ipynb" }).first().click();
    await code.locator(".jp-OutputArea-output", { hasText: "2.241" }).waitFor();
    await notebook.screenshot("went-on");
  });

  it("knows of its breakpoints after the page was loaded again, and stops there", async () => {
    await notebook.save();
    await notebook.open(notebook.page.url());
    await panel("Breakpoints").locator(".jp-DebuggerBreakpoint").nth(1).waitFor();
    code = notebook.page.locator(".jp-Notebook .jp-Cell").nth(2);
    await code.locator(".cm-breakpoint-icon").last().waitFor();
    await code.locator(".cm-content").click();
    await notebook.page.keyboard.press("Shift+Enter");
    await stoppedAt(/cell/i);
    await notebook.screenshot("loaded-again");
    expect(await code.locator(".jp-DebuggerEditor-highlight").textContent()).toBe("evidence = logSumExp([...logits]);");
  });
});

/** Clicks beside a line, counted from 1: before the first is one that only keeps the width. */
async function breakpoint(editor: Locator, line: number): Promise<void> {
  const place = editor.locator(".cm-breakpoint-gutter .cm-gutterElement").nth(line);
  await place.click();
  await place.locator(".cm-breakpoint-icon").waitFor();
}
