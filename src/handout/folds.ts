import { type Cell, predictionIn } from "../notebook/index.ts";
import { type Html, html } from "./html.ts";

/** A folded part. On paper code stays folded, so that its summary says what it is; all else is open there. */
export function fold(kind: "code" | "part" | "answer", summary: string, content: Html): Html {
  return html`<details class="${kind}">\n<summary>${summary}</summary>\n${content}\n</details>`;
}

/** What came out is folded away until the reader has said what will, as in the page; who did say sees both. */
export function predicted(cell: Cell, outputs: Html): Html {
  const said = predictionIn(cell.metadata);
  if (said) return html`<p class="prediction">You predicted: ${said}</p>\n${outputs}`;
  return said === "" ? outputs : fold("answer", "Predict first; then look", outputs);
}

/** The author's words for what is folded: `metadata.lectern.summary`. */
export function ownSummary(cell: Cell): string | undefined {
  const own = (cell.metadata.lectern as { summary?: unknown } | undefined)?.summary;
  return typeof own === "string" && own.trim() !== "" ? own : undefined;
}

/** What the folded code is, in the author's words, and how long. */
export function codeSummary(cell: Cell, source: string): string {
  const count = source.trim().split("\n").length;
  const lines = `${count} ${count === 1 ? "line" : "lines"}`;
  const own = ownSummary(cell);
  return own === undefined ? `Code (${lines})` : `${own} (${lines} of code)`;
}
