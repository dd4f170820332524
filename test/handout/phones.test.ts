import { expect, it } from "vitest";
import { renderFigure, renderHandout, renderMarkdownHandout } from "../../src/handout/index.ts";
import { printable } from "../../src/handout/print/exportPdf.ts";
import type { Notebook } from "../../src/notebook/index.ts";
import { code, shown } from "./pages.ts";

it("draws a figure a second time where a phone shows it, and nowhere else", async () => {
  const figure = { data: [{ y: [1, 2] }], layout: { width: 900, title: { text: "a wide one" } } };
  const output = shown({ "application/vnd.plotly.v1+json": figure, "image/svg+xml": await renderFigure(figure) });
  const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [code("draw()", [output])] };
  const drawings = (page: string) => page.match(/<svg[^>]*role="img"/g)?.length;
  expect(drawings(await renderHandout(notebook))).toBe(2);
  expect(drawings(await printable(notebook, "a.ipynb"))).toBe(1);
  const { text, figures } = await renderMarkdownHandout(notebook, "figures");
  expect([...figures.keys()]).toEqual(["figure-1.svg"]);
  expect(text.match(/!\[/g)?.length).toBe(1);
});
