import { basename, dirname, resolve } from "node:path";
import type { Notebook } from "../notebook/index.ts";
import { renderCell } from "./cells.ts";
import { renderClaimsSummary } from "./claims.ts";
import { renderContents } from "./contents.ts";
import { escapeHtml } from "./escape.ts";
import { type Figure, renderFigure } from "./figures/index.ts";
import { loadHighlight } from "./highlight.ts";
import { typesetMath } from "./mathematics.ts";
import { replaceMarks } from "./mathText.ts";
import { Page } from "./page.ts";
import { loadProgram } from "./program.ts";
import { handoutStyle } from "./style.ts";

export interface HandoutOptions {
  /** The page's title; the first heading where it is left out. */
  title?: string;
  /** Draws plotly figures that have no SVG beside them. */
  renderFigure?: (figure: Figure) => Promise<string>;
  /** The path of the notebook: pictures in files are looked up from its folder. */
  source?: string;
  /** What the names of other notebooks' handouts end in, to which links lead. Default: `".html"` */
  extension?: string;
  /** Makes figures live, and those play that move: a script in the page, which still needs nothing else. */
  interactive?: boolean;
}

/**
 * A notebook that ran as one HTML page that needs nothing else: no font, no request, and no script unless it is to be
 * interactive.
 *
 * @throws Error for an interactive page whose program has not been built
 */
export async function renderHandout(notebook: Notebook, options: HandoutOptions = {}): Promise<string> {
  const page = new Page();
  const tools = {
    page,
    highlight: await loadHighlight(),
    renderFigure: options.renderFigure ?? renderFigure,
    language: notebook.metadata.language_info?.name ?? notebook.metadata.kernelspec?.language ?? "typescript",
    interactive: options.interactive ?? false,
    extension: options.extension ?? ".html",
    folder: options.source === undefined ? undefined : dirname(resolve(options.source)),
  };
  const cells: string[] = [];
  for (const cell of notebook.cells) cells.push(await renderCell(cell, tools));
  const summary = renderClaimsSummary(page);

  const { formulas, glyphs } = await typesetMath(page.formulas);
  const drawn = (html: string) => replaceMarks(html, index => formulas[index] ?? "");
  const spelled = (html: string) => replaceMarks(html, index => page.formulas[index]?.tex ?? "");
  const firstHeading = page.headings.find(heading => heading.level === 1);
  const title = options.title ?? spelled(firstHeading?.text ?? basename(options.source ?? "Notebook", ".ipynb"));
  const language = typeof notebook.metadata.lang === "string" ? notebook.metadata.lang : "en";
  const contents = renderContents(page.headings);
  const program = page.live ? await loadProgram() : undefined;

  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}${program ? `; script-src ${program.sources}` : ""}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
${handoutStyle}${program?.style ?? ""}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${glyphs}
<div class="${contents ? "page with-contents" : "page"}">
${drawn(contents)}
<main id="content">
${firstHeading ? "" : `<h1>${escapeHtml(title)}</h1>`}
${drawn(cells.filter(Boolean).join("\n"))}
${drawn(summary)}
</main>
</div>
${program?.scripts ?? ""}</body>
</html>
`;
}

/** Were anything to slip past the sanitiser, the browser would still refuse to run or load it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
