import type { Notebook } from "../notebook/index.ts";
import { faceFor } from "./face.ts";
import { Html, html, joined, NOTHING } from "./html.ts";
import { type HandoutOptions, type Lecture, renderLecture } from "./lecture.ts";
import { loadProgram, type Program } from "./program.ts";
import { handoutStyle } from "./style/handoutStyle.ts";

export type { HandoutOptions } from "./lecture.ts";

/** What stands around a lecture where it is not alone. */
export interface Around {
  before?: Html;
  after?: Html;
  /** Beside the style of every handout. */
  style?: string | undefined;
}

/**
 * A notebook that ran as one HTML page that needs nothing else: no font, no request, and no script unless it is to be
 * interactive.
 *
 * @throws Error for an interactive page whose program has not been built
 */
export async function renderHandout(notebook: Notebook, options: HandoutOptions = {}): Promise<string> {
  return pageOf(await renderLecture(notebook, options), { style: options.css });
}

/** A lecture as a page of its own. */
export async function pageOf(lecture: Lecture, { before, after, style }: Around = {}): Promise<string> {
  const { title, language, contents, glyphs, cells, summary, page, headed, moves } = lecture;
  const program = page.live ? await loadProgram() : undefined;
  const body = html`<a class="skip" href="#content">Skip to the content</a>
${joined([before ?? NOTHING, glyphs])}
<div class="${contents.isEmpty ? "page" : "page with-contents"}">
${contents}
<main id="content">
${headed(joined(cells.map(each => each.content)), page.moving && !moves ? STANDS_STILL : NOTHING)}
${joined([summary, after ?? NOTHING])}
</main>
</div>
`;
  return documentOf({ title, language, style, body, program });
}

/** A whole page, which may load nothing, and run nothing but the program it comes with. */
export async function documentOf(parts: {
  title: string;
  language: string;
  style?: string | undefined;
  body: Html;
  program?: Program | undefined;
}): Promise<string> {
  const { title, language, style = "", body, program } = parts;
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
${Html.of(handoutStyle)}${program?.style ?? NOTHING}${Html.of(style)}</style>
</head>
<body>
${body}${program?.scripts ?? NOTHING}</body>
</html>
`.toString();
}

/** A text may ask to move what only a notebook or an interactive page moves. */
const STANDS_STILL = html`<p class="note still-note">In this handout the figures stand still. Where the text asks you to move or step one, the words below the figure say what moves in the notebook, and “Moved” shows where two of the moves lead.</p>`;

/** Were anything to slip past the sanitiser, the browser would still refuse to run or load it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";
