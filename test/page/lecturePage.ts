import type { Locator, Page } from "playwright-core";
import { slowness } from "../../src/kernel/process/slowness.ts";

/** A lecture in the browser, worked by mouse and keyboard as a person does. */
export class LecturePage {
  constructor(readonly page: Page) {
    page.setDefaultTimeout(30_000 * Math.min(3, slowness()));
  }

  async ready(): Promise<void> {
    await this.page.locator(".jp-Notebook .jp-MarkdownOutput h1").first().waitFor();
    await this.idle();
  }

  /** The kernel waits for the next cell. */
  async idle(): Promise<void> {
    await this.page.locator(".kernel", { hasText: /^ready$/ }).waitFor();
    await this.page.locator(".jp-InputPrompt", { hasText: "[*]" }).first().waitFor({ state: "detached" });
  }

  code(index: number): Locator {
    return this.page.locator(".jp-CodeCell").nth(index);
  }

  /** Selects a code cell, with the keys going to it. */
  async select(index: number): Promise<void> {
    await this.code(index).locator(".cm-content").click();
    await this.page.keyboard.press("Escape");
  }

  /** Puts another text into a code cell, with the cursor at its end. */
  async write(index: number, text: string): Promise<void> {
    await this.code(index).locator(".cm-content").click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  async run(index: number): Promise<void> {
    await this.select(index);
    await this.page.keyboard.press("Control+Enter");
    await this.ended(index);
  }

  /** Waits until the cell has run, which may be later than until the kernel is ready. */
  async ended(index: number): Promise<void> {
    await this.code(index)
      .locator(".jp-InputPrompt", { hasText: /\[\d+\]/ })
      .waitFor();
    await this.idle();
  }

  async choose(menu: string, entry: string): Promise<void> {
    await this.page.getByRole("button", { name: menu, exact: true }).click();
    await this.page.locator(".menu:popover-open button", { hasText: entry }).first().click();
  }

  output(index: number): Locator {
    return this.code(index).locator(".jp-OutputArea-output");
  }
}
