import fs from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { slowness } from "../kernel/support.ts";

/** A notebook in JupyterLab, worked by mouse and keyboard as a person does. */
export class NotebookPage {
  #screenshots = 0;

  constructor(
    readonly page: Page,
    /** Where the screenshots go. */
    readonly folder: string,
  ) {
    fs.mkdirSync(folder, { recursive: true });
    page.setDefaultTimeout(30_000 * slowness);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
    await this.page.locator("#jp-main-statusbar", { hasText: "| Idle" }).waitFor();
  }

  /** Chooses an entry of a menu of the menu bar. */
  async choose(menu: string, entry: string): Promise<void> {
    await this.page.locator(".lm-MenuBar-item", { hasText: new RegExp(`^${menu}$`) }).click();
    await this.page.locator(".lm-Menu-item", { hasText: new RegExp(`^${entry}`) }).click();
  }

  /** Runs all cells and waits for the last. */
  async runAll(): Promise<void> {
    await this.choose("Run", "Run All Cells");
    // Idle it is also before the kernel has said that it began, which on a busy machine takes a while.
    await this.busy(30_000);
    await this.idle(50_000 * slowness);
  }

  /** Appends a cell, with the cursor in it. */
  async append(code: string): Promise<Locator> {
    const cells = this.page.locator(".jp-Notebook .jp-Cell");
    await cells.last().locator(".jp-InputPrompt").click();
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press("b");
    const cell = cells.last();
    await cell.locator(".cm-content").click();
    await this.page.keyboard.insertText(code);
    return cell;
  }

  /** Appends a cell, runs it and waits for its end. */
  async run(code: string): Promise<Locator> {
    const cell = await this.append(code);
    await this.page.keyboard.press("Control+Enter");
    await cell.locator(".jp-InputPrompt", { hasText: /\[\d+\]/ }).waitFor();
    return cell;
  }

  async interrupt(): Promise<void> {
    await this.page.locator('[data-jp-item-name="interrupt"] jp-button').click();
  }

  async save(): Promise<void> {
    await this.page.keyboard.press("Control+s");
    await this.page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-dirty").waitFor({ state: "detached" });
  }

  busy(timeout = 5000): Promise<void> {
    return this.#indicator("busy", timeout * slowness);
  }

  idle(timeout = 30_000 * slowness): Promise<void> {
    return this.#indicator("idle", timeout);
  }

  async screenshot(name: string): Promise<void> {
    const file = `${String(++this.#screenshots).padStart(2, "0")}-${name}.png`;
    await this.page.screenshot({ path: path.join(this.folder, file) });
  }

  #indicator(status: string, timeout: number): Promise<void> {
    return this.page.locator(`.jp-Notebook-ExecutionIndicator[data-status="${status}"]`).waitFor({ timeout });
  }
}

/** A notebook of one cell, in which nothing stands yet. */
export const emptyNotebook = JSON.stringify({
  cells: [{ cell_type: "code", id: "first", metadata: {}, source: "", outputs: [], execution_count: null }],
  metadata: { kernelspec: { name: "lectern", display_name: "TypeScript (lectern)", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
});
