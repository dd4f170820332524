import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM } from "jsdom";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderFigure } from "../../src/handout/index.ts";
import { addressOf, outputOf } from "../notebook/runTypeScript.ts";
import { chromiumPath, launch, needsChromium } from "./chromium.ts";
import { exampleFigures } from "./exampleFigures.ts";

function parse(svg: string): Element {
  return new JSDOM(svg, { contentType: "image/svg+xml" }).window.document.documentElement;
}

function texts(svg: Element): string[] {
  return [...svg.querySelectorAll("text")].map(text => (text.textContent ?? "").replace(/\u200b/g, "")).sort();
}

describe.each(Object.entries(exampleFigures))("%s", (_, figure) => {
  it("is a well-formed SVG of the asked size that says what it shows", async () => {
    const svg = parse(await renderFigure(figure, { width: 500, height: 300 }));
    expect(svg.localName).toBe("svg");
    expect(svg.getAttribute("viewBox")).toBe("0 0 500 300");
    expect(svg.getAttribute("role")).toBe("img");
    const title = (figure.layout as { title?: { text: string } }).title?.text;
    expect(svg.getAttribute("aria-label")).toBe(figure.alt ?? title ?? "Figure");
    expect(svg.querySelector("title")?.textContent).toBe(svg.getAttribute("aria-label"));
  });

  it("has every word of the legend", async () => {
    const drawn = texts(parse(await renderFigure(figure)));
    const names = (figure.data as { name?: string }[]).flatMap(trace => trace.name ?? []);
    for (const name of names) expect(drawn).toContain(name.replace(/<[^>]*>/g, ""));
  });

  it("refers only to ids of its own, and to nothing outside", async () => {
    const svg = await renderFigure(figure);
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(match => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of svg.matchAll(/url\(['"]?#([^'")]*)/g)) expect(ids).toContain(id);
    expect(svg.replace(/xmlns(:xlink)?="[^"]*"/g, "")).not.toMatch(/https?:/);
  });
});

it("gives the same bytes in another process, in another order", async () => {
  const names = Object.keys(exampleFigures).reverse();
  const output = await outputOf(`
    import { renderFigure } from ${JSON.stringify(addressOf("handout/figures/index.ts"))};
    import { exampleFigures } from ${JSON.stringify(addressOf("../test/handout/exampleFigures.ts"))};
    const svgs = [];
    for (const name of ${JSON.stringify(names)}) svgs.push(await renderFigure(exampleFigures[name]));
    console.log(JSON.stringify(svgs));
  `);
  const here = await Promise.all(names.map(name => renderFigure(exampleFigures[name] as never)));
  expect(JSON.parse(output)).toEqual(here);
});

it("gives different figures different ids", async () => {
  const ids = await Promise.all(
    Object.values(exampleFigures).map(async figure => (await renderFigure(figure)).match(/ id="([^"]*)"/g) ?? []),
  );
  expect(new Set(ids.flat()).size).toBe(ids.flat().length);
});

it("draws typed arrays as the numbers they hold", async () => {
  const figure = (x: ArrayLike<number>) => ({ data: [{ x, y: x }], layout: {} });
  expect(await renderFigure(figure(Float32Array.of(9, 20, 31)))).toBe(await renderFigure(figure([9, 20, 31])));
});

it("leaves the figure it was given alone", async () => {
  const figure = exampleFigures.heatmap as (typeof exampleFigures)[string];
  const before = structuredClone(figure);
  await renderFigure(figure);
  expect(figure).toEqual(before);
});

it("takes titles as plain strings, as most examples of plotly have them", async () => {
  const svg = await renderFigure({
    data: [{ y: [1, 2] }],
    layout: { title: "The title", xaxis: { title: "the step" } },
  });
  expect(svg).toContain("The title");
  expect(svg).toContain("the step");
});

it("says that a trace cannot be drawn, for one that plotly would leave out", async () => {
  await expect(renderFigure({ data: [{ type: "surface", z: [[1]] }], layout: {} })).rejects.toThrow(
    /a trace must be one of bar, .*, but got surface/,
  );
});

it("says what is wrong with a figure that is none, and still draws the next", async () => {
  await expect(renderFigure({ data: "x" as never, layout: {} })).rejects.toThrow("data must be an array of traces");
  expect(await renderFigure(exampleFigures.subplots as never)).toContain("<svg");
});

it("says once what all labels of an axis share, and leaves out what only a mouse would find", async () => {
  const svg = await renderFigure(exampleFigures["lines on logarithmic axes"] as never);
  expect(svg.match(/fill: #444444/g)?.length).toBeLessThan(svg.match(/<text/g)?.length as number);
  expect(svg).not.toMatch(/legendtoggle|pointer-events|style=""|translate\([^)]*\.\d{4}/);
  const ids = [...svg.matchAll(/<clipPath[^>]* id="([^"]*)"/g)].map(([, id]) => id);
  for (const id of ids) expect(svg).toContain(`#${id}`);
});

describe.skipIf(!chromiumPath)(`beside plotly in a browser${needsChromium}`, () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launch();
    page = await browser.newPage();
    await page.addScriptTag({
      content: readFileSync(createRequire(import.meta.url).resolve("plotly.js/dist/plotly-cartesian.min.js"), "utf8"),
    });
  });
  afterAll(() => browser.close());

  it.each(Object.keys(exampleFigures))("%s: the same words, at the same places, in the same colours", async name => {
    const figure = exampleFigures[name] as (typeof exampleFigures)[string];
    const layout = {
      width: 700,
      height: 420,
      margin: { t: 48, r: 24, b: 48, l: 60 },
      font: { family: "Arial, Liberation Sans, Arimo, sans-serif" },
      ...figure.layout,
    };
    const expected = await page.evaluate(
      ([data, layout]) =>
        (globalThis as unknown as { Plotly: { toImage(...figure: unknown[]): Promise<string> } }).Plotly.toImage(
          { data, layout, config: { staticPlot: true } },
          { format: "svg", width: 700, height: 420, imageDataOnly: true },
        ),
      [figure.data, layout],
    );
    const actual = await renderFigure({ ...figure, layout });
    expect(texts(parse(actual))).toEqual(texts(parse(expected)));
    const [here, there] = [await boxes(page, actual), await boxes(page, expected)];
    expect(here.map(box => box.name)).toEqual(there.map(box => box.name));
    for (const [index, box] of here.entries()) {
      const reference = there[index] as (typeof there)[number];
      for (const side of ["x", "y", "right", "bottom"] as const) {
        expect(Math.abs(box[side] - reference[side]), `${box.name}, ${side}`).toBeLessThan(2);
      }
      expect(box.look, box.name).toEqual(reference.look);
    }
  });
});

/** Where a browser puts each text, curve and picture of an SVG. */
async function boxes(page: Page, svg: string) {
  return page.evaluate(source => {
    document.body.innerHTML = source;
    const drawn = [...document.querySelectorAll("text, path.point, path.js-line, image, rect.bg, g.plot path")];
    return drawn.map(element => {
      const { x, y, right, bottom } = element.getBoundingClientRect();
      const { fill, fillOpacity, opacity, stroke, strokeWidth, strokeDasharray, fontSize, fontWeight } =
        getComputedStyle(element);
      return {
        // A gradient has another name in each drawing.
        look: [fill.replace(/#[^"]*/, ""), fillOpacity, opacity, stroke, strokeWidth, strokeDasharray].concat(
          element.tagName === "text" ? [fontSize, fontWeight] : [],
        ),
        name: `${element.tagName} ${element.textContent}`,
        x,
        y,
        right,
        bottom,
      };
    });
  }, svg);
}
