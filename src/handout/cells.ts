import { INSTRUCTOR, isMarked, withoutMarks } from "../notebook/editions/index.ts";
import { type Cell, hasTag, PREDICT, predictionIn, toldOnce } from "../notebook/index.ts";
import { escapeHtml } from "./escape.ts";
import { renderMarkdown } from "./markdown.ts";
import { type OutputTools, renderOutput } from "./outputs.ts";

export interface CellTools extends OutputTools {
  /** The language of the code cells. */
  language: string;
  /** The folder of the notebook, for pictures in files. */
  folder?: string | undefined;
}

/** One cell as HTML, with what its tags say left out or folded away. */
export async function renderCell(cell: Cell, tools: CellTools): Promise<string> {
  if (hasTag(cell, "remove-cell")) return "";
  const content = cell.cell_type === "code" ? await renderCode(cell, tools) : await renderText(cell, tools);
  if (!content) return "";
  const shown = hasTag(cell, "hide-cell") ? fold(cell, "Show this part", content) : content;
  return `<section class="cell ${cell.cell_type}">\n${hasTag(cell, INSTRUCTOR) ? aside("For the instructor", shown) : shown}\n</section>`;
}

async function renderCode(cell: Cell & { cell_type: "code" }, tools: CellTools): Promise<string> {
  let input = "";
  if (!hasTag(cell, "remove-input") && cell.source.trim()) {
    input = tools.highlight(withoutMarks(cell).trimEnd(), tools.language);
    if (isMarked(cell)) input = aside("Solution", input);
    if (hasTag(cell, "hide-input")) input = fold(cell, "Show the code", input);
  }
  const rendered: string[] = [];
  if (!hasTag(cell, "remove-output")) {
    for (const output of toldOnce(cell.outputs)) rendered.push(await renderOutput(output, cell, tools));
  }
  let outputs = rendered.length ? `<div class="outputs">\n${rendered.join("\n")}\n</div>` : "";
  if (outputs && hasTag(cell, "hide-output")) outputs = fold(cell, "Show the output", outputs);
  if (outputs && hasTag(cell, PREDICT)) outputs = predicted(cell, outputs);
  return [input, outputs].filter(Boolean).join("\n");
}

async function renderText(cell: Cell & { cell_type: "markdown" | "raw" }, tools: CellTools): Promise<string> {
  // A raw cell is meant for one format; Markdown is a superset of the HTML it may hold.
  const format = cell.metadata.raw_mimetype ?? cell.metadata.format;
  if (cell.cell_type === "raw" && format !== "text/html" && format !== "text/markdown") return "";
  const text = await renderMarkdown(withoutMarks(cell), tools.page, tools.highlight, {
    attachments: cell.attachments,
    folder: tools.folder,
  });
  return isMarked(cell) ? aside("Solution", text) : text;
}

/** What only instructors get, so that nobody takes it for what students get. */
function aside(label: string, content: string): string {
  return `<div class="instructor" role="note" aria-label="${label}">\n<p class="instructor-label" aria-hidden="true">${label}</p>\n${content}\n</div>`;
}

/** What came out is folded away until the reader has said what will, as in the page; who did say sees both. */
function predicted(cell: Cell, outputs: string): string {
  const said = predictionIn(cell.metadata);
  if (said) return `<p class="prediction">You predicted: ${escapeHtml(said)}</p>\n${outputs}`;
  return said === "" ? outputs : fold(cell, "Predict first; then look", outputs);
}

/** A folded part; `metadata.lectern.summary` puts other words on it. */
function fold(cell: Cell, summary: string, content: string): string {
  const own = (cell.metadata.lectern as { summary?: unknown } | undefined)?.summary;
  return `<details>\n<summary>${escapeHtml(typeof own === "string" ? own : summary)}</summary>\n${content}\n</details>`;
}
