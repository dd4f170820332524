import type { Notebook } from "../notebook/index.ts";
import { Html, html, joined, NOTHING } from "./html.ts";
import { type HandoutOptions, type Lecture, renderLecture } from "./lecture.ts";
import { loadProgram, type Program } from "./program.ts";
import { handoutStyle } from "./style.ts";

export type { HandoutOptions } from "./lecture.ts";

/** What stands around a lecture where it is not alone. */
export interface Around {
  before?: Html;
  after?: Html;
  /** Beside the style of every handout. */
  style?: string;
}

/**
 * A notebook that ran as one HTML page that needs nothing else: no font, no request, and no script unless it is to be
 * interactive.
 *
 * @throws Error for an interactive page whose program has not been built
 */
export async function renderHandout(notebook: Notebook, options: HandoutOptions = {}): Promise<string> {
  return pageOf(await renderLecture(notebook, options));
}

/** A lecture as a page of its own. */
export async function pageOf(lecture: Lecture, { before, after, style }: Around = {}): Promise<string> {
  const { title, language, contents, glyphs, cells, summary, headings } = lecture;
  const program = lecture.page.live ? await loadProgram() : undefined;
  const hasTitle = headings.some(({ level }) => level === 1);
  const body = html`<a class="skip" href="#content">Skip to the content</a>
${joined([before ?? NOTHING, glyphs])}
<div class="${contents.isEmpty ? "page" : "page with-contents"}">
${contents}
<main id="content">
${joined([hasTitle ? NOTHING : html`<h1>${title}</h1>`, ...cells.map(each => each.content), summary, after ?? NOTHING])}
</main>
</div>
`;
  return documentOf({ title, language, style, body, program });
}

/** A whole page, which may load nothing, and run nothing but the program it comes with. */
export function documentOf(parts: {
  title: string;
  language: string;
  style?: string | undefined;
  body: Html;
  program?: Program | undefined;
}): string {
  const { title, language, style = "", body, program } = parts;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${Html.of(program ? `${POLICY}; script-src ${program.sources}` : POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
${Html.of(handoutStyle)}${Html.of(style)}${program?.style ?? NOTHING}</style>
</head>
<body>
${body}${program?.scripts ?? NOTHING}</body>
</html>
`.toString();
}

/** Were anything to slip past the sanitiser, the browser would still refuse to run or load it. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'";
