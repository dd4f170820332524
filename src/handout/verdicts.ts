import { type Html, html, NOTHING } from "./html.ts";

/** The part of what a check said that a handout shows. */
export interface VerdictRecord {
  exercise: unknown;
  state: unknown;
  message?: unknown;
}

/** One line: a mark, the exercise, and what to do, or what is wrong. */
export function renderVerdict({ exercise, state, message = "" }: VerdictRecord): Html {
  const name = STATES.has(state) ? String(state) : "unknown";
  const { mark, words } = STATES.get(state) ?? { mark: "?", words: "its state is not known." };
  const note = message === "" ? NOTHING : html` <small>${String(message)}</small>`;
  return html`<p class="exercise ${name}"><span class="mark" aria-hidden="true">${mark}</span> <span>Exercise ${`${exercise}: ${words}`}${note}</span></p>`;
}

const STATES = new Map<unknown, { mark: string; words: string }>([
  ["right", { mark: "✓", words: "right." }],
  ["unanswered", { mark: "○", words: "not answered yet." }],
  ["wrong", { mark: "✗", words: "not right yet." }],
]);
