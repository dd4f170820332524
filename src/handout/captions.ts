import { controlsInWords, EXPLORE, readRecord } from "../explore/index.ts";
import type { MimeData } from "../notebook/index.ts";
import { html, type Html, joined, NOTHING } from "./html.ts";
import type { Page } from "./page.ts";

/**
 * The words below a figure: its number and what it shows, where somebody said that, and what of it moves elsewhere.
 * Screen readers have what it shows from the drawing itself, so it is not read to them twice.
 */
export function renderCaption(data: MimeData, alt: string | undefined, page: Page): Html {
  const parts: Html[] = [];
  if (alt !== undefined) {
    page.figures++;
    parts.push(html`<span class="figure-number">Figure ${page.figures}.</span> <span aria-hidden="true">${alt}</span>`);
  }
  const moves = movesInWords(data);
  if (!moves.isEmpty) parts.push(moves);
  return parts.length ? html`<figcaption>${joined(parts, " ")}</figcaption>` : NOTHING;
}

/** What moves in a figure, and where: in the notebook, as a handout stands still; nothing for one that does not move. */
function movesInWords(data: MimeData): Html {
  const record = readRecord(data[EXPLORE]);
  if (!record) return NOTHING;
  return html`<span class="moves">In the notebook it moves: ${controlsInWords(record.controls)}.</span>`;
}
