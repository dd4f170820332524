/** Black on white, headings with what follows them, nothing that would have to be scrolled or opened. */
export const paper = `
@page { margin: 19mm 17mm 22mm; @bottom-center { content: counter(page); font: 9pt Georgia, serif; color: #59636e; } }
@media print {
  :root { color-scheme: light; --text: #000; --quiet: #40464d; }
  html { font-size: 10.5pt; }
  .page, .page.with-contents { display: block; max-width: none; padding: 0; }
  .contents, .skip { display: none; }
  h1, h2, h3, h4, h5, h6 { break-after: avoid; break-inside: avoid; }
  figure > .scrolls, .picture, .claim, .exercise, tr, .display-math, pre.stdout, pre.error, .admonition, aside, .still { break-inside: avoid; }
  /* A figure stays with its words, and what it shows elsewhere may go on overleaf. */
  figure > .scrolls { break-after: avoid; }
  figcaption, .stills > summary { break-before: avoid; }
  figcaption { break-inside: avoid; }
  .stills > summary { break-after: avoid; }
  details.code { break-after: avoid; }
  pre.code .line:nth-child(-n + 2) { break-after: avoid; }
  pre.code .line:nth-last-child(-n + 2) { break-before: avoid; }
  thead { display: table-header-group; }
  details:not(.code, .evidence)::details-content { content-visibility: visible; display: block; height: auto; }
  summary { list-style: none; }
  summary::-webkit-details-marker { display: none; }
  .table { background: none; overflow: visible; }
  table { font-size: 0.82em; }
  th, td { min-width: 0; padding: 0.25em 0.5em; }
  td[style*="right"] { white-space: normal; }
  .inline-math.wide, .html, .display-math .scrolls, figure .scrolls { overflow: visible; }
  .inline-math.wide svg { max-width: 100%; }
  .display-math .scrolls mjx-container > svg, .sheet > svg { min-width: 0; }
  .sheet > svg { max-width: min(13.5cm, 100%); max-height: 11cm; }
  .still .sheet > svg { max-height: 7cm; }
  pre.code, .claim, .exercise, .admonition { background: none; border: 1px solid var(--line); }
  p { orphans: 3; widows: 3; text-align: justify; hyphens: auto; }
  figcaption, .byline, .note { text-align: left; }
  a { color: inherit; }
}
`.trimStart();
