import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import MarkdownIt from "markdown-it";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { renderHandout, renderMarkdownHandout, renderSlides } from "../../../src/handout/index.ts";
import { slowness } from "../../../src/kernel/process/slowness.ts";
import type { Notebook } from "../../../src/notebook/index.ts";
import { repository } from "../../kernel/support.ts";
import { chromiumPath, launch, needsChromium } from "../chromium.ts";
import { picture } from "../exampleFigures.ts";
import { addresses, careless, count, drawings, formulasAndStyles, markup, names } from "./cells.ts";

vi.setConfig({ testTimeout: 120_000 * slowness(), hookTimeout: 60_000 * slowness() });

const secret = Buffer.from(picture(7).split(",")[1] ?? "", "base64");

describe.skipIf(!chromiumPath)(`a hostile notebook as a handout, its policy taken away${needsChromium}`, () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    const parent = await mkdtemp(join(tmpdir(), "lectern-attacks-"));
    folder = join(parent, "notebook");
    await mkdir(join(folder, "sub"), { recursive: true });
    await writeFile(join(parent, "secret.png"), secret);
    await symlink(join(parent, "secret.png"), join(folder, "linked.png"));
    await symlink(parent, join(folder, "linked"));
    await symlink("/etc/passwd", join(folder, "passwd.png"));
    browser = await launch();
  });
  afterAll(() => browser?.close());

  /** What a page did once it was opened and everything in it was touched: what ran, and what was asked for. */
  async function done(html: string): Promise<{ ran: string[]; asked: string[] }> {
    const file = join(await mkdtemp(join(tmpdir(), "lectern-attacked-")), "page.html");
    await writeFile(file, html);
    const context = await browser.newContext();
    const page = await context.newPage();
    page.setDefaultTimeout(60_000 * slowness());
    const asked: string[] = [];
    await page.route(/.*/, (route, request) => {
      if (request.url() === pathToFileURL(file).href) return route.continue();
      asked.push(request.url());
      return route.abort();
    });
    const ran: string[] = [];
    await page.exposeFunction("ran", (id: string) => void ran.push(id));
    page.on("dialog", dialog => dialog.dismiss());
    page.on("popup", popup => void asked.push(popup.url()));
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(touchEverything);
    await page.waitForTimeout(200);
    await context.close();
    return { ran: [...new Set(ran)], asked: asked.filter(url => !url.startsWith("data:image/")) };
  }

  async function handout(notebook: Notebook, interactive = false): Promise<string> {
    const html = await renderHandout(notebook, { source: join(folder, "hostile.ipynb"), interactive });
    expect(html).toContain("Content-Security-Policy");
    return html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
  }

  const notebook = (cells: Notebook["cells"]): Notebook => ({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

  const hostile: [kind: string, make: () => Notebook][] = [
    ["markup", () => notebook(markup())],
    ["drawings", () => notebook(drawings())],
    ["formulas and styles", () => notebook(formulasAndStyles())],
    ["addresses", () => notebook(addresses(join(folder, "..")))],
    ["names, words and metadata", names],
  ];

  it("is tried in a good many ways, which do run and ask where nobody takes care", async () => {
    expect(count).toBeGreaterThanOrEqual(120);
    const pieces = JSON.stringify(careless()).replaceAll("<", "\\u003c");
    const { ran, asked } = await done(
      `<!doctype html><body><script>for (const each of ${pieces}) document.body.appendChild(document.createElement("div")).innerHTML = each</script>`,
    );
    expect(ran.length).toBeGreaterThan(25);
    expect(new Set(asked.filter(url => url.includes("attack.invalid"))).size).toBeGreaterThan(15);
  });

  it.each(hostile)("runs nothing, asks for nothing and shows no file from elsewhere: %s", async (_, make) => {
    const html = await handout(make());
    expect(await done(html)).toEqual({ ran: [], asked: [] });
    expect(html).not.toContain(secret.toString("base64").slice(0, 60));
    expect(html).not.toContain(
      Buffer.from(await readFile("/etc/passwd"))
        .toString("base64")
        .slice(0, 60),
    );
    expect(html).not.toMatch(/[\uE000\uE001]/);
  });

  /** By a reader of Markdown that takes no care of its own. */
  async function asMarkdown(notebook: Notebook): Promise<string> {
    const { text } = await renderMarkdownHandout(notebook, "figures", { source: join(folder, "hostile.ipynb") });
    const reader = new MarkdownIt({ html: true, linkify: true });
    reader.validateLink = () => true;
    return `<!doctype html><body>${reader.render(text)}`;
  }

  it.each(hostile)("runs nothing and asks for nothing as Markdown: %s", async (_, make) => {
    const { ran, asked } = await done(await asMarkdown(make()));
    expect({ ran, asked: asked.filter(url => !/\/figures\/figure-\d+\.\w+$/.test(url)) }).toEqual({
      ran: [],
      asked: [],
    });
  });

  it.each(hostile)("runs no more than its own program and asks for nothing as slides: %s", async (_, make) => {
    const html = await renderSlides(make(), { source: join(folder, "hostile.ipynb") });
    expect(html).toMatch(/Content-Security-Policy" content="default-src 'none';.*script-src 'sha256-/);
    const { ran, asked } = await done(html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""));
    expect({ ran, asked }).toEqual({ ran: [], asked: [] });
  });

  const built = existsSync(join(repository, "dist/page/handout.js"));
  it.skipIf(!built)("runs no more than its own program where it is interactive", async () => {
    expect(await done(await handout(names(), true))).toEqual({ ran: [], asked: [] });
  });
});

/** In the page: every event that a handler may wait for, and every link that is no address of the web. */
function touchEverything(): void {
  const events = "load error click mouseover mouseenter focus focusin toggle begin animationstart pointerdown".split(
    " ",
  );
  for (const element of document.querySelectorAll("*")) {
    for (const event of events) element.dispatchEvent(new Event(event, { bubbles: false }));
  }
  for (const link of document.querySelectorAll("a, area, [href]")) {
    const address = link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href") ?? "";
    if (!URL.canParse(address, document.baseURI)) continue;
    if (["http:", "https:", "mailto:", "file:"].includes(new URL(address, document.baseURI).protocol)) continue;
    link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
}
