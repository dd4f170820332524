import { INSTRUCTOR, type Part, shownParts } from "../notebook/editions/index.ts";
import { type Cell, type CodeCell, hasTag, type Output, PREDICT, toldOnce } from "../notebook/index.ts";
import { highlight } from "./highlight.ts";
import { foldEvidence, foldRuns, isEvidence } from "./evidence.ts";
import { codeSummary, fold, ownSummary, predicted } from "./folds.ts";
import { type Html, html, joined, NOTHING } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { drawOutputAhead, renderOutput } from "./outputs.ts";
import type { OutputTools } from "./shown.ts";
import { languageOf } from "./languages.ts";
import { type Visibility, visibilityOf } from "./visibility.ts";

export interface CellTools extends OutputTools {
  /** The language of the code cells. */
  language: string;
  /** The folder of the notebook, for pictures in files. */
  folder?: string | undefined;
  /** Whether the code is shown. */
  input: boolean;
}

/** One cell as HTML, with what it says of itself left out or folded away. Links name it as in JupyterLab: `#cell-id=…`. */
export async function renderCell(cell: Cell, tools: CellTools): Promise<Html> {
  const showing = visibilityOf(cell);
  if (showing.cell === "left out") return NOTHING;
  const { rest } = showing;
  const content = rest.cell_type === "code" ? await renderCode(rest, showing, tools) : await renderText(rest, tools);
  if (content.isEmpty) return NOTHING;
  const shown = showing.cell === "folded" ? fold("part", ownSummary(cell) ?? "Show this part", content) : content;
  const anchor = tools.page.uniqueId(`cell-id=${cell.id}`);
  const kind = hasTag(cell, MARGIN) ? `${cell.cell_type} margin` : cell.cell_type;
  return html`<section class="cell ${kind}" id="${anchor}">\n${hasTag(cell, INSTRUCTOR) ? aside("For the instructor", shown) : shown}\n</section>`;
}

async function renderCode(cell: CodeCell, showing: Visibility, tools: CellTools): Promise<Html> {
  // What is folded as a whole needs no second fold inside, and the author's words stand on the outer one.
  const folds = (part: "input" | "output") => showing[part] === "folded" && showing.cell !== "folded";
  let input = NOTHING;
  if (tools.input && showing.input !== "left out" && cell.source.trim()) {
    input = await renderSource(cell, tools);
    if (folds("input")) input = fold("code", codeSummary(cell, sourceOf(shownParts(cell))), input);
  }
  const { stored, described } = shownOutputs(cell, showing);
  const rendered: Html[] = [];
  for (const output of stored) rendered.push(await renderOutput(output, described, tools));
  // Claims go without a word where they hold, with the code that made them where that is folded.
  const mayFold = showing.output === "shown" && !hasTag(cell, PREDICT);
  if (mayFold && folds("input") && isEvidence(stored)) {
    return foldEvidence(stored, joined([input, html`<div class="outputs">\n${joined(rendered)}\n</div>`]));
  }
  const all = joined(mayFold ? foldRuns(stored, rendered) : rendered);
  let outputs = all.isEmpty ? NOTHING : html`<div class="outputs">\n${all}\n</div>`;
  if (!outputs.isEmpty && hasTag(cell, PREDICT)) outputs = predicted(cell, outputs);
  else if (!outputs.isEmpty && folds("output")) {
    const own = folds("input") ? undefined : ownSummary(cell);
    outputs = fold("part", own ?? "Show the output", outputs);
  }
  return joined([input, outputs]);
}

function shownOutputs(cell: CodeCell, { output, alt }: Visibility): { stored: readonly Output[]; described: CodeCell } {
  return {
    stored: output === "left out" ? [] : toldOnce(cell.outputs),
    described: alt === undefined ? cell : { ...cell, metadata: { alt, ...cell.metadata } },
  };
}

/** Has the drawings begun that a cell will need, while those before it are rendered. */
export function drawCellAhead(cell: Cell, tools: OutputTools): void {
  const showing = visibilityOf(cell);
  if (showing.cell === "left out" || showing.rest.cell_type !== "code") return;
  const { stored, described } = shownOutputs(showing.rest, showing);
  for (const output of stored) drawOutputAhead(output, described, tools);
}

async function renderSource(cell: Cell, tools: CellTools): Promise<Html> {
  const parts = shownParts(cell);
  const source = sourceOf(parts).trimEnd();
  const language = languageOf(cell, tools.language);
  if (isAllSolution(parts)) return aside("Solution", await highlight(source, language));
  const solutions = parts.flatMap(({ kind, lines }) => lines.map(() => kind === "solution"));
  return highlight(source, language, line => solutions[line] ?? false);
}

async function renderText(cell: Exclude<Cell, CodeCell>, tools: CellTools): Promise<Html> {
  // A raw cell is meant for one format; Markdown is a superset of the HTML it may hold.
  const format = cell.metadata.raw_mimetype ?? cell.metadata.format;
  if (cell.cell_type === "raw" && format !== "text/html" && format !== "text/markdown") return NOTHING;
  const parts = shownParts(cell);
  const render = (text: string) =>
    renderMarkdown(text, tools.page, {
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
function aside(label: string, content: Html): Html {
  return html`${asideBegins(label)}\n${content}\n</div>`;
}

/** Blank lines have Markdown go on inside; as far in as the mark, a solution stays in its item of a list. */
function asideInMarkdown({ lines, indent }: Part & { kind: "solution" }): string {
  const begin = asideBegins("Solution").toString().replace(/^/gm, indent);
  return `\n${begin}\n\n${lines.join("\n")}\n\n${indent}</div>\n`;
}

function asideBegins(label: string): Html {
  return html`<div class="instructor" role="note" aria-label="${label}">\n<p class="instructor-label" aria-hidden="true">${label}</p>`;
}

/** What stands in the margin of a wide page, as in Jupyter Book. */
const MARGIN = "margin";
