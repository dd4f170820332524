import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { renderFigure } from "../../src/handout/index.ts";
import { slowness } from "../../src/kernel/process/slowness.ts";
import { axeFaults } from "../support/axe.ts";
import { chromiumPath, launch, needsChromium } from "./chromium.ts";
import { code, markdown, page as handout, shown } from "./pages.ts";
import { unreadable } from "./readable.ts";

vi.setConfig({ testTimeout: 60_000 * slowness(), hookTimeout: 60_000 * slowness() });

const PLOTLY = "application/vnd.plotly.v1+json";

const panels = {
  data: [
    { type: "scatter", x: [0, 1, 2], y: [1, 3, 2], name: "what a model draws from its prior" },
    { type: "scatter", x: [0, 1, 2], y: [2, 1, 3], xaxis: "x2", yaxis: "y2", name: "what was seen in the data" },
  ],
  layout: {
    width: 660,
    height: 360,
    title: { text: "A title that is a good deal too long for a single line of a phone" },
    legend: { orientation: "h", x: 0, y: -0.24 },
    xaxis: { domain: [0, 0.46], title: { text: "first coordinate, standard deviations" } },
    xaxis2: { domain: [0.55, 1], anchor: "y2", title: { text: "second coordinate" } },
    yaxis: { title: { text: "density, per unit of x" } },
    yaxis2: { anchor: "x2" },
  },
};
/** Many words side by side, which no narrow drawing has room for. */
const crowded = {
  data: [{ type: "scatter", x: [0, 1], y: [0, 1] }],
  layout: {
    width: 640,
    height: 300,
    annotations: Array.from({ length: 9 }, (_, i) => ({
      x: i / 8,
      y: 0.5,
      text: `label number ${i}`.replaceAll(" ", "\u00a0"),
      showarrow: false,
      font: { size: 10 },
    })),
    xaxis: { range: [-0.1, 1.1] },
  },
};

async function cells() {
  const drawn = async (figure: { data: object[]; layout: object }, alt: string) =>
    shown({ [PLOTLY]: figure, "image/svg+xml": await renderFigure(figure) }, { "image/svg+xml": { alt } });
  const terms = Array.from({ length: 14 }, (_, i) => `a_{${i}} x^{${i}}`).join(" + ");
  return [
    markdown(
      `# Readable\n\nA sum of many terms, as \\eqref{sum} has it, and \\eqref{two}:\n\n\\begin{equation} p(x) = ${terms} \\tag{5.1}\\label{sum} \\end{equation}`,
    ),
    markdown(
      "\\begin{align} a &= b + c \\tag{5.2}\\label{two} \\\\ \\log p(x) &= \\mathbb{E}_q[\\log p(x, z) - \\log q(z)] + \\mathrm{KL}(q \\Vert p) \\tag{5.3} \\end{align}",
    ),
    markdown(`| ${"column | ".repeat(9)}\n|${"---|".repeat(9)}\n| ${"0.123456 | ".repeat(9)}`),
    markdown(
      "> [!WARNING]\n> A warning, of which the first line is its title.\n\n> A quotation with a [link](05-latent-variables.ipynb).",
    ),
    code(
      "// a comment, which stands out less than the rest\nconst answer = 6 * 7; console.log(`a line ${answer} that is a good deal longer than a phone is wide`);",
      [
        { output_type: "stream", name: "stdout", text: "\u001b[33myellow\u001b[0m and \u001b[34mblue\u001b[0m\n" },
        { output_type: "stream", name: "stderr", text: "a warning\n" },
      ],
    ),
    code(
      "claim()",
      [shown({ "application/vnd.lectern.claim+json": { text: "two is two", holds: true, residual: 0, within: 1 } })],
      "hide-input",
    ),
    code("panels", [await drawn(panels, "Two curves cross.")]),
    code("crowded", [await drawn(crowded, "Nine labels.")]),
    code("table", [shown({ "text/html": `<table><tr>${"<th>a long heading</th>".repeat(12)}</tr></table>` })]),
  ];
}

describe.skipIf(!chromiumPath)(`a handout${needsChromium}`, () => {
  let browser: Browser;
  let address: string;
  beforeAll(async () => {
    const file = join(await mkdtemp(join(tmpdir(), "lectern-readable-")), "readable.html");
    await writeFile(file, (await handout(...(await cells()))).html);
    address = pathToFileURL(file).href;
    browser = await launch();
  });
  afterAll(() => browser?.close());

  const open = async (width: number, colorScheme: "light" | "dark" = "light") => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
    await page.goto(address);
    await page.evaluate(() => {
      for (const each of document.querySelectorAll("details")) each.open = true;
    });
    return page;
  };

  it.each([
    [1280, "light"],
    [1280, "dark"],
    [375, "light"],
    [375, "dark"],
    [320, "light"],
  ] as const)("can be read and reached at %i pixels, %s", async (width, colours) => {
    const page = await open(width, colours);
    expect(await axeFaults(page, "html")).toEqual([]);
    expect(await unreadable(page)).toEqual([]);
    await page.close();
  });

  it("scrolls a wide formula on a phone, and keeps its number where it is", async () => {
    const page = await open(320);
    const formula = page.locator(".numbered").first();
    const scrolls = formula.locator(".scrolls");
    const at = async () => (await formula.locator(".number svg").boundingBox())?.x ?? 0;
    const before = await at();
    expect(before).toBeGreaterThan(200);
    expect(before).toBeLessThan(310);
    await scrolls.focus();
    for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => (document.querySelector(".numbered .scrolls")?.scrollLeft ?? 0) > 20);
    expect(await at()).toBe(before);
    await page.close();
  });

  it("numbers each line of a formula beside that line", async () => {
    const page = await open(1280);
    const [formula, numbers] = await page.evaluate(() => {
      const second = document.querySelectorAll(".numbered")[1];
      const middles = (selector: string) =>
        [...(second?.querySelectorAll(selector) ?? [])].map(each => {
          const { top, bottom } = each.getBoundingClientRect();
          return (top + bottom) / 2;
        });
      return [
        middles('.scrolls [data-mml-node="mo"]'),
        middles('.number [data-idbox] [data-mml-node="mtext"]:first-child'),
      ];
    });
    expect(numbers).toHaveLength(2);
    // The equals signs are the first and, of the second line, one of the last.
    const near = (y: number) => Math.min(...(formula ?? []).map(each => Math.abs(each - y)));
    for (const y of numbers ?? []) expect(near(y)).toBeLessThan(6);
    expect(Math.abs((numbers?.[1] ?? 0) - (numbers?.[0] ?? 0))).toBeGreaterThan(15);
    await page.close();
  });

  it("has one drawing of a figure at a time, panels below each other on a phone", async () => {
    const drawings = async (width: number) => {
      const page = await open(width);
      const boxes = await page
        .locator("figure")
        .first()
        .locator(".sheet:visible")
        .evaluateAll(all => all.map(each => each.getBoundingClientRect().width / each.getBoundingClientRect().height));
      await page.close();
      return boxes;
    };
    const [wide] = await drawings(1280);
    const [narrow, ...others] = await drawings(375);
    expect(wide).toBeGreaterThan(1.5);
    expect(narrow).toBeLessThan(0.8);
    expect(others).toEqual([]);
  });
});
