import { JSDOM } from "jsdom";
import { renderHandout } from "../../src/handout/index.ts";
import type { Cell, MimeData, Notebook, Output } from "../../src/notebook/index.ts";

let count = 0;

export function markdown(source: string, extra: object = {}): Cell {
  return { cell_type: "markdown", id: `m${count++}`, source, metadata: {}, ...extra };
}

export function code(source: string, outputs: Output[] = [], ...tags: string[]): Cell {
  return { cell_type: "code", id: `c${count++}`, source, metadata: { tags }, execution_count: 1, outputs };
}

export function shown(data: MimeData, metadata: Record<string, unknown> = {}): Output {
  return { output_type: "display_data", data, metadata };
}

export async function page(...cells: Cell[]) {
  const notebook: Notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { language_info: { name: "typescript" } },
    cells,
  };
  const html = await renderHandout(notebook, { title: "Test" });
  const { document } = new JSDOM(html).window;
  return { html, document, main: document.querySelector("main") as Element };
}
