import { basename, dirname, resolve } from "node:path";
import type { Notebook } from "../notebook/index.ts";
import { renderCell } from "./cells.ts";
import { renderClaimsSummary } from "./claims.ts";
import { renderContents } from "./contents.ts";
import { type Figure, renderFigure } from "./figures/index.ts";
import { Html, html, joined, NOTHING } from "./html.ts";
import { faceFor } from "./face.ts";
import { languageOfNotebook } from "./languages.ts";
import { typesetMath } from "./mathematics.ts";
import { replaceMarks } from "./mathText.ts";
import { Page } from "./page.ts";
import { loadProgram } from "./program.ts";
import { handoutStyle } from "./style/index.ts";
import { type PageOptions, titlePage } from "./titlePage.ts";

export interface HandoutOptions extends PageOptions {
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
    input: options.input ?? true,
    renderFigure: options.renderFigure ?? renderFigure,
    language: languageOfNotebook(notebook),
    interactive: options.interactive ?? false,
    extension: options.extension ?? ".html",
    folder: options.source === undefined ? undefined : dirname(resolve(options.source)),
  };
  const cells: Html[] = [];
  for (const cell of notebook.cells) cells.push(await renderCell(cell, tools));
  const summary = renderClaimsSummary(page);

  const { formulas, unlinked, glyphs } = await typesetMath(page.formulas);
  const drawn = (content: Html, from = formulas) =>
    Html.of(replaceMarks(content.toString(), index => from[index]?.toString() ?? ""));
  const spelled = (text: string) => replaceMarks(text, index => page.formulas[index]?.tex ?? "");
  const firstHeading = page.headings.find(heading => heading.level === 1);
  const { title, language, headed } = titlePage(notebook, options, {
    heading: firstHeading,
    written: spelled(firstHeading?.text ?? basename(options.source ?? "Notebook", ".ipynb")),
  });
  const contents = renderContents(page.headings);
  const program = page.live ? await loadProgram() : undefined;

  const standing = page.moving && !options.interactive ? STANDS_STILL : NOTHING;
  const body = html`<a class="skip" href="#content">Skip to the content</a>
${glyphs}
<div class="${contents.isEmpty ? "page" : "page with-contents"}">
${drawn(contents, unlinked)}
<main id="content">
${headed(drawn(joined(cells)), standing)}
${drawn(summary, unlinked)}
</main>
</div>`;

  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Html.of(program ? `${POLICY}; script-src ${program.sources}` : POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>
${Html.of(await faceFor(body.toString()))}
${Html.of(handoutStyle)}${program?.style ?? NOTHING}${Html.of(options.css ?? "")}</style>
</head>
<body>
${body}
${program?.scripts ?? NOTHING}</body>
</html>
`.toString();
}

/** A text may ask to move what only a notebook or an interactive page moves. */
const STANDS_STILL = html`<p class="note still-note">In this handout the figures stand still. Where the text asks you to move or step one, the words below the figure say what moves in the notebook, and “Moved” shows where two of the moves lead.</p>`;

/** Were anything to slip past the sanitiser, the browser would still refuse to run or load it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";
