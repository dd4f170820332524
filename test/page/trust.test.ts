import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { chromiumPath, needsChromium } from "../handout/chromium.ts";
import { Companion } from "./companion.ts";
import type { LecturePage } from "./lecturePage.ts";

// A notebook as somebody sends it who means harm: each output tries another way, and carries something harmless along.

/** Whoever is reached there has got through. */
const reached: (string | undefined)[] = [];
const outside = createServer((request, response) => {
  reached.push(request.url);
  response.end();
});
await new Promise<void>(resolve => outside.listen(0, "127.0.0.1", resolve));
const evil = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;

const strike = "window.struck = (window.struck ?? 0) + 1; fetch('/api/contents?struck')";
const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="${strike}"><rect width="40" height="20"/>${inside}</svg>`;
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const outputs: Record<string, unknown>[] = [
  { "text/html": `<b>bold words</b><script>${strike}</script>` },
  { "text/html": `<i>slanted words</i><img src="/nowhere.png" onerror="${strike}">` },
  {
    "text/html": `<table><tr><td>in a table</td></tr></table><iframe srcdoc="<script>parent.${strike}</script>"></iframe>`,
  },
  { "text/html": `<p>over a frame</p><iframe src="data:text/html,<script>top.location='/struck'</script>"></iframe>` },
  {
    "text/html": `<p>beside a form</p><form action="/lectern/reset/notebooks/06-small.ipynb" method="post"><button>Win</button></form>`,
  },
  {
    "text/html": `<p>under a veil</p><style>body { opacity: 0.5 }</style><meta http-equiv="refresh" content="0; url=/struck"><base href="${evil}/">`,
  },
  {
    "text/html": `<a href="javascript:${strike}">a link</a><svg><animate onbegin="${strike}" attributeName="x" dur="1s"/></svg>`,
  },
  {
    "text/html": `<p>spied on</p><img src="${evil}/pixel.png"><link rel="stylesheet" href="${evil}/x.css">`,
  },
  {
    "image/svg+xml": svg(`<script>${strike}</script><image href="${evil}/pixel.png"/>`),
    "text/plain": "a drawing",
  },
  { "application/javascript": strike, "text/plain": "words for a script" },
  {
    "text/markdown": `*emphasised* <img src="x" onerror="${strike}"> [a link](javascript:${strike.replaceAll(" ", "")})`,
  },
  {
    "application/vnd.jupyter.widget-view+json": { model_id: "none", version_major: 2, version_minor: 0 },
    "text/plain": "words for a control",
  },
  {
    "application/vnd.plotly.v1+json": {
      data: [{ y: [1, 2] }],
      layout: {
        title: { text: `a figure<a href="javascript:${strike}">x</a>` },
        images: [{ source: `${evil}/x.png` }],
      },
    },
  },
  { "image/png": pixel, "text/plain": "a picture" },
  { "text/latex": `$x^2$ \\href{javascript:${strike}}{x}`, "text/plain": "x squared" },
];

/** What belongs to a whole page, in everything that is drawn as HTML: it would load another page in place of this one. */
const away = `<meta http-equiv="refresh" content="0; url=/struck"><base href="${evil}/">`;
const leading: Record<string, unknown>[] = [
  { "text/html": `<p>away from HTML</p>${away}` },
  {
    "text/html": `<p>away by a riddle</p><noscript><p title="</noscript>${away.replaceAll('"', "'")}"></p></noscript>`,
  },
  { "text/html": `<p>away from nested words</p><svg><foreignObject>${away}</foreignObject></svg>` },
  { "text/markdown": `*away* from Markdown ${away}\n\n${away}` },
  { "image/svg+xml": svg(`<foreignObject>${away}</foreignObject>`), "text/plain": "away from a drawing" },
  { "text/latex": `$x^2$ ${away}`, "text/plain": "away from LaTeX" },
  { "text/plain": `away from words ${away}` },
];
outputs.push(...leading);

/** Outputs that ask for a frame of their own. */
const standAlone = new Set([1, 4, 9]);

const hostile = {
  cells: [
    {
      cell_type: "markdown",
      id: "title",
      metadata: { trusted: true },
      source: `# A present\n\n<img src="x" onerror="${strike}"><script>${strike}</script>\n\nfrom a text ${away}`,
    },
    ...outputs.map((data, index) => ({
      cell_type: "code",
      id: `c${index}`,
      // It would like to be believed.
      metadata: { trusted: true },
      source: "1",
      execution_count: 1,
      outputs: [{ output_type: "display_data", data, metadata: standAlone.has(index) ? { isolated: true } : {} }],
    })),
  ],
  metadata: { kernelspec: { name: "lectern", display_name: "TypeScript", language: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
};
const HOSTILE = "notebooks/hostile.ipynb";

/** The same once more, for a reader who trusts it. */
const DOUBTFUL = "notebooks/doubtful.ipynb";
const doubtful = JSON.stringify(hostile);

describe.skipIf(!chromiumPath)(`a notebook that came from elsewhere${needsChromium}`, () => {
  let companion: Companion;

  beforeAll(async () => {
    companion = await Companion.start([
      { id: "title", text: "# Small" },
      { id: "own", code: "1 + 1" },
    ]);
    companion.workspace.write(HOSTILE, JSON.stringify(hostile));
    companion.workspace.write(DOUBTFUL, doubtful);
  });
  afterAll(async () => {
    outside.close();
    await companion?.stop();
  });

  it("runs nothing, and shows what is harmless", async () => {
    const lecture = await companion.open(HOSTILE);
    const { page } = lecture;
    await scrollThrough(lecture);
    await expectUnharmed(page, HOSTILE);
    const shown = await page.locator(".jp-Notebook").evaluate(textOf);
    for (const words of [
      "bold words",
      "slanted words",
      "in a table",
      "over a frame",
      "beside a form",
      "under a veil",
      "a link",
      "spied on",
      "words for a control",
      "emphasised",
      "words for a script",
      "from a text",
      "away from HTML",
      "away by a riddle",
      "away from nested words",
      "away from Markdown",
      "away from words",
    ])
      expect(shown).toContain(words);
    expect(await lecture.output(12).locator(".main-svg").count()).toBeGreaterThan(0);
    expect(await lecture.output(8).locator("img[alt='a drawing']").evaluate(widthOf)).toBe(40);
    expect(await lecture.output(13).locator("img").evaluate(widthOf)).toBe(1);
    expect(await remains(page)).toEqual([]);
    await page.locator(".notice[data-kind=trust]").waitFor();
    await page.close();
  });

  it("is shown whole when it is trusted, here and after coming back, and still runs no script", async () => {
    let lecture = await companion.open(DOUBTFUL);
    await lecture.page.getByRole("button", { name: "Trust this notebook" }).first().click();
    await lecture.page.locator(".jp-Dialog button", { hasText: "Trust" }).click();
    await lecture.page.locator(".saved", { hasText: /^saved$/ }).waitFor();
    const copy = join(companion.workspace.root, "work/doubtful.ipynb");
    await expect.poll(() => existsSync(copy), { timeout: 20_000 }).toBe(true);
    await lecture.page.close();
    lecture = await companion.open(DOUBTFUL);
    await scrollThrough(lecture);
    const left = await remains(lecture.page);
    expect(left).toContain("IFRAME");
    expect(left.filter(each => /^(meta|base|script)$/i.test(each))).toEqual([]);
    expect(await lecture.page.locator(".notice[data-kind=trust]").count()).toBe(0);
    await expectUnharmed(lecture.page, DOUBTFUL);
    await lecture.page.close();
    // Somebody else changes it.
    writeFileSync(copy, readFileSync(copy, "utf8").replace("bold words", "other words"));
    lecture = await companion.open(DOUBTFUL);
    await lecture.code(0).getByText("other words").waitFor();
    await lecture.page.locator(".notice[data-kind=trust]").waitFor();
    expect(await remains(lecture.page)).toEqual([]);
    await lecture.page.close();
  });

  it("is none that the course came with: a lecture is shown whole as it is", async () => {
    const { page } = await companion.open("notebooks/05-latent-variables.ipynb");
    await page.locator(".badge").first().waitFor();
    expect(await page.locator(".notice[data-kind=trust]").count()).toBe(0);
    await page.close();
  });

  it("shows the outputs of cells whole that were run here", async () => {
    const lecture = await companion.open(HOSTILE);
    await lecture.write(
      0,
      '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<style>.mine { color: red }</style><b class=mine>mine</b>" }) })',
    );
    await lecture.page.keyboard.press("Control+Enter");
    await lecture.output(0).locator("b.mine").waitFor();
    expect(await lecture.output(0).locator("style").count()).toBe(1);
    await lecture.page.close({ runBeforeUnload: false });
  });

  it("reached nobody outside at any time", () => {
    expect(reached).toEqual([]);
  });
});

/** Cells are drawn when they come into view. */
async function scrollThrough(lecture: LecturePage): Promise<void> {
  for (let index = 0; index < outputs.length; index++) {
    await lecture.code(index).scrollIntoViewIfNeeded();
    await lecture.output(index).first().waitFor({ state: "attached" });
  }
  await lecture.output(12).locator(".main-svg").first().waitFor();
  // What would run late, such as a refresh after no seconds, has run by then.
  await lecture.page.waitForTimeout(500);
}

async function expectUnharmed(page: Page, path: string): Promise<void> {
  expect(await page.evaluate("window.struck")).toBeUndefined();
  expect(new URL(page.url()).pathname).toBe(`/open/${path}`);
  expect(
    await page.evaluate(
      "performance.getEntriesByType('resource').filter(({ name }) => name.includes('struck')).length",
    ),
  ).toBe(0);
}

/** What of the outputs could do something, were the page's policy not there. */
function remains(page: Page): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll(":is(.jp-OutputArea-output, .jp-MarkdownOutput) *")]
    .filter(each => !each.closest(".lectern-figure"))
    .flatMap(each => [
      ...(/^(script|iframe|style|meta|base|link|object|embed)$/i.test(each.tagName) && !each.matches("iframe:not([src]):not([srcdoc])") ? [each.tagName] : []),
      ...each.getAttributeNames().filter(name => /^on/i.test(name)),
      ...(/^javascript:/i.test(each.getAttribute("href") ?? "") ? ["href"] : []),
    ])`) as Promise<string[]>;
}

/** Frames of outputs that are to stand alone are of this page too. */
const textOf = (node: Element) =>
  [
    node.textContent,
    ...[...node.querySelectorAll("iframe")].map(frame => frame.contentDocument?.body.textContent),
  ].join("\n");

const widthOf = (node: Element) => (node as HTMLImageElement).naturalWidth;
