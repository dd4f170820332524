import { INSTRUCTOR, type Part, shownParts } from "../notebook/editions/index.ts";
import { type Cell, hasTag, PREDICT, toldOnce } from "../notebook/index.ts";
import { escapeHtml } from "./escape.ts";
import { codeSummary, fold, ownSummary, predicted } from "./folds.ts";
import { renderMarkdown } from "./markdown.ts";
import { type OutputTools, renderOutput } from "./outputs.ts";

export interface CellTools extends OutputTools {
  /** The language of the code cells. */
  language: string;
  /** The folder of the notebook, for pictures in files. */
  folder?: string | undefined;
}

/** One cell as HTML, with what its tags say left out or folded away. Links name it as in JupyterLab: `#cell-id=…`. */
export async function renderCell(cell: Cell, tools: CellTools): Promise<string> {
  if (hasTag(cell, "remove-cell")) return "";
  const content = cell.cell_type === "code" ? await renderCode(cell, tools) : await renderText(cell, tools);
  if (!content) return "";
  const shown = hasTag(cell, "hide-cell") ? fold("part", ownSummary(cell) ?? "Show this part", content) : content;
  const anchor = escapeHtml(tools.page.uniqueId(`cell-id=${cell.id}`));
  return `<section class="cell ${cell.cell_type}" id="${anchor}">\n${hasTag(cell, INSTRUCTOR) ? aside("For the instructor", shown) : shown}\n</section>`;
}

async function renderCode(cell: Cell & { cell_type: "code" }, tools: CellTools): Promise<string> {
  // What is folded as a whole needs no second fold inside, and the author's words stand on the outer one.
  const folds = (tag: string) => hasTag(cell, tag) && !hasTag(cell, "hide-cell");
  let input = "";
  if (!hasTag(cell, "remove-input") && cell.source.trim()) {
    input = renderSource(cell, tools);
    if (folds("hide-input")) input = fold("code", codeSummary(cell, sourceOf(shownParts(cell))), input);
  }
  const rendered: string[] = [];
  if (!hasTag(cell, "remove-output")) {
    for (const output of toldOnce(cell.outputs)) rendered.push(await renderOutput(output, cell, tools));
  }
  let outputs = rendered.length ? `<div class="outputs">\n${rendered.join("\n")}\n</div>` : "";
  if (outputs && hasTag(cell, PREDICT)) outputs = predicted(cell, outputs);
  else if (outputs && folds("hide-output")) {
    const own = folds("hide-input") ? undefined : ownSummary(cell);
    outputs = fold("part", own ?? "Show the output", outputs);
  }
  return [input, outputs].filter(Boolean).join("\n");
}

function renderSource(cell: Cell, { highlight, language }: CellTools): string {
  const parts = shownParts(cell);
  const source = sourceOf(parts).trimEnd();
  if (isAllSolution(parts)) return aside("Solution", highlight(source, language));
  const solutions = parts.flatMap(({ kind, lines }) => lines.map(() => kind === "solution"));
  return highlight(source, language, line => solutions[line] ?? false);
}

async function renderText(cell: Cell & { cell_type: "markdown" | "raw" }, tools: CellTools): Promise<string> {
  // A raw cell is meant for one format; Markdown is a superset of the HTML it may hold.
  const format = cell.metadata.raw_mimetype ?? cell.metadata.format;
  if (cell.cell_type === "raw" && format !== "text/html" && format !== "text/markdown") return "";
  const parts = shownParts(cell);
  const render = (text: string) =>
    renderMarkdown(text, tools.page, tools.highlight, {
      pictures: { attachments: cell.attachments, folder: tools.folder },
      extension: tools.extension,
    });
  if (isAllSolution(parts) || parts.some(isCutInCode)) return aside("Solution", await render(sourceOf(parts)));
  // As one text, so that a link in one part may be defined in another.
  return render(
    parts.map(part => (part.kind === "solution" ? asideInMarkdown(part) : part.lines.join("\n"))).join("\n"),
  );
}

function sourceOf(parts: readonly Part[]): string {
  return parts.flatMap(({ lines }) => lines).join("\n");
}

function isAllSolution(parts: readonly Part[]): boolean {
  const kinds = parts.filter(({ lines }) => lines.some(line => line.trim() !== "")).map(({ kind }) => kind);
  return kinds.length > 0 && kinds.every(kind => kind === "solution");
}

/** Whether a block of code begins in a part and does not end in it. */
function isCutInCode({ lines }: Part): boolean {
  return lines.filter(line => /^\s*(```|~~~)/.test(line)).length % 2 === 1;
}

/** What only instructors get, so that nobody takes it for what students get. */
function aside(label: string, content: string): string {
  return `${asideBegins(label)}\n${content}\n</div>`;
}

/** Blank lines have Markdown go on inside; as far in as the mark, a solution stays in its item of a list. */
function asideInMarkdown({ lines, indent }: Part & { kind: "solution" }): string {
  const begin = asideBegins("Solution").replace(/^/gm, indent);
  return `\n${begin}\n\n${lines.join("\n")}\n\n${indent}</div>\n`;
}

function asideBegins(label: string): string {
  return `<div class="instructor" role="note" aria-label="${label}">\n<p class="instructor-label" aria-hidden="true">${label}</p>`;
}
