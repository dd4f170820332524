/** What paper needs beside the look of a handout: numbers on the pages, and nothing torn that belongs together. */
export const printStyle = `
@page { size: A4; margin: 20mm 17mm 20mm; @bottom-center { content: counter(page); font: 9pt system-ui, "Liberation Sans", sans-serif; color: #59636e; } }
.cover ol { list-style: none; padding: 0; }
@media print {
  .cover { break-after: page; }
  .lecture + .lecture { break-before: page; }
  h1, h2, h3, h4, h5, h6, .instructor-label { break-after: avoid; break-inside: avoid; }
  /* Short code stays whole; what is longer than a page has to break, but not after one line. */
  pre { orphans: 4; widows: 4; }
  pre.code { break-inside: avoid; }
  .claim, .exercise, .html, blockquote, li, dt, dd, figure, figcaption { break-inside: avoid; }
  /* What is folded away tells its name, which says nothing on another page than what it shows. */
  .cell.code:has(> details.code) { break-inside: avoid; }
  summary, .prediction { break-after: avoid; }
  .claims h2 { break-after: avoid; }
  .display-math { break-before: avoid; }
}
`;

/** The running heads of a document: its title on every page but the first. */
export function runningHead(title: string): string {
  return `@page { @top-left { content: ${cssString(title)}; ${HEAD} } }\n@page :first { @top-left { content: none; } }\n`;
}

/** The running heads of several lectures in one document: the course on the left, the lecture on the right. */
export function lectureHeads(course: string, lectures: readonly { page: string; title: string }[]): string {
  const heads = lectures.map(
    ({ page, title }) =>
      `@page ${page} { @top-left { content: ${cssString(course)}; ${HEAD} } @top-right { content: ${cssString(title)}; ${HEAD} } }\n`,
  );
  return heads.join("");
}

/** A text as a string of CSS: all that is no letter or digit is written by its number, so that nothing ends it. */
export function cssString(text: string): string {
  const escaped = Array.from(text, sign =>
    /[\p{L}\p{N} ]/u.test(sign) ? sign : `\\${(sign.codePointAt(0) ?? 0).toString(16)} `,
  );
  return `"${escaped.join("")}"`;
}

const HEAD = 'font: 9pt system-ui, "Liberation Sans", sans-serif; color: #59636e;';
