import type { MimeData } from "../notebook/index.ts";
import { type Html, html, NOTHING } from "./html.ts";
import { PLOTLY } from "./moving.ts";

/** That a form of an output has no place in a handout; the message is a sentence for its reader. */
export class NotShown extends Error {}

/** What a reader is told in the place of a form that could not be shown. */
export function noteFor(mime: string, error: Error): Html {
  if (error instanceof NotShown) return note(error.message);
  if (mime === PLOTLY) return note(`This figure is shown in the notebook only: ${error.message}`);
  return note(`An output of the type ${mime} could not be read: ${error.message}`);
}

/** What a reader is told of the forms that only the notebook shows, where less than they say is shown in their place. */
export function otherForms(data: MimeData, shown = "text/plain"): Html {
  if (shown !== "text/plain" && shown !== "text/latex") return NOTHING;
  const others = Object.keys(data).filter(mime => !SILENT.test(mime));
  const names = [...new Set(others.map(nameOf))];
  return names.length ? note(`${sentence(names)} shown in the notebook only.`) : NOTHING;
}

/** As much of a long text as a reader may want, and a note of how much there was. */
export function inPart(text: string): { part: string; rest: Html } {
  if (text.length <= LONGEST) return { part: text, rest: NOTHING };
  const end = text.lastIndexOf("\n", LONGEST);
  const part = text.slice(0, end > LONGEST / 2 ? end : LONGEST).replace(/[\uD800-\uDBFF]$/, "");
  const left = (text.length - part.length).toLocaleString("en");
  return { part, rest: note(`The output goes on for another ${left} characters, in the notebook.`) };
}

/** @throws NotShown for what would make the page too heavy to open */
export function assertShowable(what: string, content: string): void {
  if (content.length <= HEAVIEST) return;
  const size = (content.length / 1e6).toFixed(0);
  throw new NotShown(`${what} of ${size} MB is shown in the notebook only.`);
}

function note(words: string): Html {
  return html`<p class="note">${words}</p>`;
}

function sentence(names: readonly string[]): string {
  const [first = "", ...more] = names;
  return more.length ? `${[first, ...more].join(", and ")} are` : `${first} is`;
}

function nameOf(mime: string): string {
  return NAMES.find(([pattern]) => pattern.test(mime))?.[1] ?? `An output of the type ${mime}`;
}

const NAMES: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/vegalite/, "A chart (Vega-Lite)"],
  [/vega/, "A chart (Vega)"],
  [/widget-view/, "A control"],
  [/bokeh|holoviews/, "A figure that needs its own program"],
  [/javascript/, "A program"],
  [/pdf$/, "A document (PDF)"],
  [/geo\+json$/, "A map"],
  [/^audio\//, "A sound"],
  [/^video\//, "A film"],
];

/** Forms that are shown, that say of a shown one what it is, or that only prepare the page of a notebook. */
const SILENT =
  /^text\/(plain|html|latex|markdown)$|^image\/(png|jpeg|gif|webp|svg\+xml)$|^application\/json$|vnd\.lectern\.|vnd\.plotly|holoviews_load|bokehjs_load|dataresource|papermill|colab|codemirror/;
/** Characters: some forty pages. */
const LONGEST = 200_000;
const HEAVIEST = 10_000_000;
