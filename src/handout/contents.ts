import { type Html, html, joined, NOTHING } from "./html.ts";
import { withMarks } from "./mathText.ts";
import type { Heading } from "./page.ts";

/** Links to the sections of a page, two levels deep. Pages with fewer than three need none. */
export function renderContents(headings: readonly Heading[]): Html {
  const sections = headings.filter(({ level }) => level === 2 || level === 3);
  if (sections.length < 3) return NOTHING;
  const items = sections.map(
    ({ level, text, anchor }) =>
      html`<li class="level-${level}"><a href="#${encodeURI(anchor)}">${withMarks(text)}</a></li>`,
  );
  return html`<nav class="contents" aria-label="Contents">\n<ol>\n${joined(items)}\n</ol>\n</nav>`;
}
