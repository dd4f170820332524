import { escapeHtml } from "./escape.ts";
import type { Heading } from "./page.ts";

/** Links to the sections of a page, two levels deep. Pages with fewer than three need none. */
export function renderContents(headings: readonly Heading[]): string {
  const sections = headings.filter(({ level }) => level === 2 || level === 3);
  if (sections.length < 3) return "";
  const items = sections.map(
    ({ level, text, anchor }) =>
      `<li class="level-${level}"><a href="#${escapeHtml(encodeURI(anchor))}">${escapeHtml(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="Contents">\n<ol>\n${items.join("\n")}\n</ol>\n</nav>`;
}
