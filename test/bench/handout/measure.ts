import { readFileSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { axeFaults } from "../../support/axe.ts";
import type { Row } from "./table.ts";
import type { Tool } from "./tools.ts";

/** A notebook made into a page, and the page opened where nothing but files is to be had. */
export async function measure(tool: Tool, notebook: string, folder: string, browser: Browser): Promise<Row> {
  const start = performance.now();
  const file = tool.export(notebook, folder);
  const seconds = (performance.now() - start) / 1000;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  let requests = 0;
  await page.route(/^(?!file:|data:|blob:)/, route => {
    requests++;
    return route.abort();
  });
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  // What a page asks for later, once its scripts have run.
  await page.waitForTimeout(1000);
  await page.evaluate(() => {
    for (const each of document.querySelectorAll("details")) each.open = true;
  });
  const figures = figuresIn(notebook);
  const row: Row = {
    seconds,
    bytes: statSync(file).size,
    requests,
    figures,
    missing: Math.max(0, figures - (await figuresOn(page))),
    unset: await unsetFormulas(page),
    faults: (await axeFaults(page, "html")).length,
  };
  await page.close();
  return row;
}

const PICTURES = ["image/svg+xml", "image/png", "image/jpeg"];

/** Outputs that hold a picture; those of cells that a handout leaves out are none of it. */
function figuresIn(notebook: string): number {
  const { cells } = JSON.parse(readFileSync(notebook, "utf8")) as {
    cells: { cell_type: string; outputs?: { data?: Record<string, unknown> }[] }[];
  };
  return cells.flatMap(({ outputs = [] }) => outputs).filter(({ data = {} }) => PICTURES.some(mime => mime in data))
    .length;
}

/** Pictures that are seen, each once, though it may stand there in two sizes. */
async function figuresOn(page: Page): Promise<number> {
  return page.evaluate(() => {
    const seen = [...document.querySelectorAll("img, svg")].filter(each => {
      const { width, height } = each.getBoundingClientRect();
      const isWhole = !(each instanceof HTMLImageElement) || each.naturalWidth > 0;
      return width >= 40 && height >= 40 && isWhole && !each.closest(".stills, mjx-container");
    });
    return seen.filter(each => !each.parentElement?.closest("svg")).length;
  });
}

/** TeX that stands in the text as it was written. */
async function unsetFormulas(page: Page): Promise<number> {
  return page.evaluate(() => {
    let count = 0;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest("pre, code, script, style, math, mjx-container, textarea, svg")) continue;
      count += node.textContent?.match(/\$[^$]*\\[a-zA-Z]+[^$]*\$/g)?.length ?? 0;
    }
    return count;
  });
}
