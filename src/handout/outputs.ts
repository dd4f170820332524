import { stripVTControlCharacters } from "node:util";
import { type Cell, CLAIM, type MimeData, type Output, VERDICT } from "../notebook/index.ts";
import { type ClaimRecord, renderClaim } from "./claims.ts";
import { escapeHtml } from "./escape.ts";
import type { Figure } from "./figures/index.ts";
import { toFragment, toHtml } from "./fragment.ts";
import type { Highlight } from "./highlight.ts";
import { renderMarkdown } from "./markdown.ts";
import { separateMath } from "./mathText.ts";
import { altOfMoving, isOnlyControls, liveData, movesCaption, PLOTLY } from "./moving.ts";
import type { Page } from "./page.ts";
import { dataAddress } from "./pictures.ts";
import { sanitise } from "./sanitise.ts";
import { renderVerdict, type VerdictRecord } from "./verdicts.ts";

export interface OutputTools {
  page: Page;
  highlight: Highlight;
  renderFigure: (figure: Figure) => Promise<string>;
  /** Whether figures carry what makes them live. */
  interactive?: boolean;
  /** What the names of other notebooks' handouts end in. */
  extension: string;
}

/** One output of a cell as HTML: of the forms it came in, the one that reads best on paper. */
export async function renderOutput(output: Output, cell: Cell, tools: OutputTools): Promise<string> {
  switch (output.output_type) {
    case "stream":
      return preformatted(output.name, overwrite(output.text));
    case "error":
      return preformatted("error", output.traceback.join("\n") || `${output.ename}: ${output.evalue}`);
    default:
      if (isOnlyControls(output.metadata)) return "";
      return renderData(output, cell, tools);
  }
}

/** A figure that cannot be drawn must not take the whole handout away: the next of its forms stands in its place. */
async function renderData(output: Shown, cell: Cell, tools: OutputTools): Promise<string> {
  let note = "";
  for (const [mime, render] of RENDERERS) {
    const content = output.data[mime];
    if (content === undefined) continue;
    try {
      return note + (await render(content, describe(output, cell), tools, output.data));
    } catch (error) {
      if (mime !== PLOTLY) throw error;
      note = `<p class="note">This figure is shown in the notebook only: ${escapeHtml((error as Error).message)}</p>`;
    }
  }
  return note || fallback(output.data);
}

type Shown = Pick<Extract<Output, { data: MimeData }>, "data" | "metadata">;

type Render = (content: unknown, alt: string, tools: OutputTools, data: MimeData) => string | Promise<string>;

const SVG = "image/svg+xml";

const RENDERERS: readonly (readonly [mime: string, render: Render])[] = [
  [CLAIM, (record, _, { page }) => renderClaim(record as ClaimRecord, page)],
  [VERDICT, verdict => renderVerdict(verdict as VerdictRecord)],
  [SVG, (svg, alt, tools, data) => drawing(String(svg), alt, tools, data)],
  [
    PLOTLY,
    async (figure, alt, tools, data) =>
      drawing(await tools.renderFigure({ ...(figure as Figure), alt }), alt, tools, data),
  ],
  ...["image/png", "image/jpeg", "image/gif", "image/webp"].map((mime): [string, Render] => [mime, picture(mime)]),
  ["text/html", (html, _, { page }) => `<div class="html">${safeHtml(String(html), page)}</div>`],
  [
    "text/markdown",
    (source, _, { page, highlight, extension }) =>
      renderMarkdown(String(source), page, highlight, { pictures: {}, extension }),
  ],
  ["text/latex", (source, _, { page }) => latex(String(source), page)],
  ["text/plain", text => preformatted("result", String(text))],
];

function drawing(svg: string, alt: string, { page, interactive }: OutputTools, data: MimeData): string {
  const fragment = toFragment(svg);
  sanitise(fragment, page.nextNamespace());
  const root = fragment.querySelector("svg");
  root?.setAttribute("role", "img");
  root?.setAttribute("aria-label", alt);
  const live = interactive ? liveData(data, alt) : undefined;
  page.live ||= live !== undefined;
  return `<figure class="drawing"${live ? " data-live" : ""}>${toHtml(fragment)}${movesCaption(data)}${live ?? ""}</figure>`;
}

function picture(mime: string): Render {
  return (base64, alt) =>
    `<figure class="picture"><img src="${escapeHtml(dataAddress(mime, String(base64)))}" alt="${escapeHtml(alt)}"></figure>`;
}

/** Formulas in HTML outputs are set too, as the notebook page does. */
function safeHtml(html: string, page: Page): string {
  const fragment = toFragment(html);
  sanitise(fragment, page.nextNamespace());
  const texts = fragment.ownerDocument.createTreeWalker(fragment, TEXT_NODES);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement?.closest("pre, code, svg")) continue;
    const { text, formulas } = separateMath(node.nodeValue ?? "", page.formulas.length);
    page.formulas.push(...formulas);
    if (formulas.length) node.nodeValue = text.replaceAll("&#36;", "$");
  }
  return toHtml(fragment);
}

function latex(source: string, page: Page): string {
  const { text, formulas } = separateMath(source, page.formulas.length);
  if (!formulas.length) return latex(`$$${source}$$`, page);
  page.formulas.push(...formulas);
  return `<div class="latex">${escapeHtml(text)}</div>`;
}

function fallback(data: MimeData): string {
  const [mime, content] = Object.entries(data)[0] ?? ["nothing", ""];
  if (typeof content === "string")
    return `<p class="note">An output of the type ${escapeHtml(mime)} is shown in the notebook only.</p>`;
  return preformatted("result", JSON.stringify(content, null, 1));
}

/** What the output shows, in words: from its own metadata, from the cell's, or from its plain text. */
function describe(output: Shown, cell: Cell): string {
  const noted = [SVG, PLOTLY, "image/png", "image/jpeg"].map(
    mime => output.metadata[mime] as { alt?: unknown } | undefined,
  );
  const words = [
    altOfMoving(output.data, output.metadata),
    ...noted.map(entry => entry?.alt),
    output.metadata.alt,
    cell.metadata.alt,
    output.data["text/plain"],
  ];
  return (
    (words.find(alt => typeof alt === "string" && alt.trim() !== "") as string | undefined) ??
    "Figure without a description"
  );
}

function preformatted(kind: string, text: string): string {
  return `<pre class="${kind}" tabindex="0">${escapeHtml(stripVTControlCharacters(text).trimEnd())}</pre>`;
}

/** A carriage return starts the line again: of a progress bar, the last state remains. */
function overwrite(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(/^.*\r(?!$)/gm, "")
    .replace(/\r/g, "");
}

/** `NodeFilter.SHOW_TEXT`, which is a name of the browser's. */
const TEXT_NODES = 4;
