/** What an answer came to. */
export interface Verdict {
  /** The name of the exercise, as in `5.1`. */
  exercise: string;
  state: "right" | "unanswered" | "wrong";
  /** What to do where nothing is there yet, and what is wrong where something is; empty for a right answer. */
  message: string;
}

/** Shows a verdict, in whatever runs the cell, and tells it to the witness of who grades. */
export function showVerdict(verdict: Verdict): void {
  witness?.(verdict);
  const display = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.display")] as Display | undefined;
  display?.({ data: verdictBundle(verdict) });
}

/** The kernel offers this function under a well-known symbol, so that neither needs to import the other. */
type Display = (bundle: { data: Record<string, unknown> }) => void;

/** Tells the witness that a check begins: one that somebody calls inside another is no check of the lecture. */
export function tellBegun(exercise: string): void {
  witness?.({ exercise, state: "begun", message: "" });
}

/** It is there while this module loads, and gone before the first cell runs: no cell can speak in its place. */
const witness = (globalThis as Record<symbol, unknown>)[Symbol.for("lectern.witness")] as
  | ((said: Omit<Verdict, "state"> & { state: Verdict["state"] | "begun" }) => void)
  | undefined;

/** A verdict for every kind of reader: a report, a page, a terminal. */
export function verdictBundle(verdict: Verdict): Record<string, unknown> {
  const { mark, words } = states[verdict.state];
  const said = `Exercise ${verdict.exercise}: ${words}`;
  const note = verdict.message === "" ? "" : ` <small>${escapeHtml(verdict.message)}</small>`;
  return {
    "application/vnd.lectern.exercise+json": verdict,
    "text/html": `<p class="lectern-exercise" data-state="${verdict.state}"><b>${mark}</b> ${escapeHtml(said)}${note}</p>`,
    "text/plain": `${mark} ${said}${verdict.message === "" ? "" : ` ${verdict.message}`}`,
  };
}

const states = {
  right: { mark: "✓", words: "right." },
  unanswered: { mark: "○", words: "not answered yet." },
  wrong: { mark: "✗", words: "not right yet." },
};

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
