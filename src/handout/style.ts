/** The look of a handout: one readable column, a serif beside which the formulas do not stand out, print in mind. */
export const handoutStyle = `
:root {
  color-scheme: light;
  --text: #1f2328; --quiet: #59636e; --line: #d8dee4; --shade: #f6f8fa; --accent: #0a58a8;
  --good: #1a7f37; --bad: #b42318;
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Liberation Serif", Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
html { font-size: 106.25%; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: #fff; color: var(--text); font-family: var(--serif); line-height: 1.6; overflow-wrap: break-word; }
.page { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
main { min-width: 0; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em; }
a:focus-visible, summary:focus-visible, pre:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: #fff; font-family: var(--sans); }
.skip:focus { left: 0.5rem; top: 0.5rem; z-index: 1; }

h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; margin: 2.2em 0 0.6em; font-weight: 650; }
h1 { font-size: 2.1rem; margin: 0 0 1rem; letter-spacing: -0.012em; }
h2 { font-size: 1.45rem; padding-bottom: 0.25em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.18rem; }
h4, h5, h6 { font-size: 1rem; }
p, ul, ol, dl, blockquote, table, figure { margin: 0 0 1em; }
li + li { margin-top: 0.25em; }
blockquote { padding: 0.3em 1.1em; border-left: 3px solid var(--line); color: var(--quiet); }
blockquote > :last-child, li > p:last-child { margin-bottom: 0; }
hr { border: 0; border-top: 1px solid var(--line); margin: 2.5em 0; }
img, svg { max-width: 100%; }
code { font-family: var(--mono); font-size: 0.86em; }
:not(pre) > code { padding: 0.1em 0.3em; background: var(--shade); border-radius: 4px; overflow-wrap: break-word; }
pre { margin: 0 0 0.9em; padding: 0.8em 1em; white-space: pre-wrap; overflow-wrap: anywhere; font-family: var(--mono); font-size: 0.8rem; line-height: 1.55; tab-size: 2; }
pre code { font-size: inherit; }
pre.code { background: var(--shade); border-radius: 6px; }
.line { --in: calc(min(var(--indent, 0) * 1ch, 30%) + 2ch); display: block; padding-left: var(--in); text-indent: calc(-1 * var(--in)); }
.solution { display: block; margin-left: -1em; padding-left: calc(1em - 3px); border-left: 3px solid var(--accent); }
.solution::before { content: "Solution"; display: block; color: var(--accent); font: 650 0.76rem / 1.9 var(--sans); letter-spacing: 0.03em; }
table { border-collapse: collapse; font-size: 0.92em; display: block; overflow-x: auto; max-width: 100%; font-variant-numeric: tabular-nums; }
/* A shadow where there is more of a table at its side. */
table {
  background:
    linear-gradient(to right, #fff 30%, #fff0) left / 3rem 100% local,
    linear-gradient(to left, #fff 30%, #fff0) right / 3rem 100% local,
    linear-gradient(to right, #0002, #0000) left / 0.8rem 100% scroll,
    linear-gradient(to left, #0002, #0000) right / 0.8rem 100% scroll;
  background-repeat: no-repeat;
}
th, td { padding: 0.3em 0.8em; border-bottom: 1px solid var(--line); text-align: left; }
th, td { overflow-wrap: anywhere; min-width: 3.2em; }
th[style*="right"], td[style*="right"] { text-align: right; }
td[style*="right"] { white-space: nowrap; }
thead th { border-bottom: 2px solid var(--line); font-weight: 650; }

.cell { margin: 0 0 1.2em; }
.cell > :last-child, .outputs > :last-child { margin-bottom: 0; }
.outputs { margin-top: 0.7em; }
pre.stdout, pre.result { padding: 0.1em 1em; color: #2d333b; border-left: 3px solid var(--line); }
pre.stderr { padding: 0.5em 1em; background: #fff8e6; border-left: 3px solid #d4a72c; }
pre.error { padding: 0.6em 1em; background: #fff1f0; border-left: 3px solid var(--bad); color: #82180e; }
figure { text-align: center; }
figure > svg { height: auto; background: #fff; }
figure.plotly svg image, figure.coarse img { image-rendering: pixelated; }
/* What an output places, it places in itself. */
.html { contain: layout; overflow-x: auto; }
figcaption.moves { margin-top: 0.3em; font-family: var(--sans); font-size: 0.8rem; color: var(--quiet); }
details { margin: 0 0 1em; }
summary { cursor: pointer; font-family: var(--sans); font-size: 0.85rem; color: var(--quiet); padding: 0.2em 0; }
details[open] > summary { margin-bottom: 0.5em; }
.note, .picture-elsewhere, .left-out { color: var(--quiet); }
.tex-error { color: var(--bad); }

.inline-math { white-space: nowrap; }
.inline-math.wide { display: inline-block; position: relative; max-width: 100%; overflow-x: auto; overflow-y: hidden; }
.inline-math.wide svg { display: block; max-width: none; }
.display-math { display: block; margin: 1.1em 0; overflow-x: auto; overflow-y: hidden; text-align: center; padding: 0.1em 0; }
p .display-math:first-child { margin-top: 0.3em; }
p .display-math:last-child { margin-bottom: 0.3em; }
mjx-container { direction: ltr; line-height: 0; }
mjx-container[display="true"] { display: block; text-align: center; }
mjx-container > svg { overflow: visible; }
.display-math mjx-container > svg { max-width: 100%; height: auto; min-width: calc(var(--width) * 0.6); }
mjx-container a { fill: var(--accent); stroke: var(--accent); }
.reference { text-decoration: none; }
mjx-container [data-frame], mjx-container [data-line] { stroke-width: 70px; fill: none; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.claim > span, .exercise > span { min-width: 0; overflow-wrap: anywhere; }
.claim { display: flex; gap: 0.6em; padding: 0.4em 0.9em; margin: 0 0 0.5em; border-radius: 6px; background: #f0f9f2; }
.claim.fails { background: #fff1f0; }
.claim small { color: var(--quiet); font-family: var(--sans); font-size: 0.76em; margin-left: 0.4em; }
.mark { font-weight: 700; color: var(--good); }
.fails .mark { color: var(--bad); }
.exercise { display: flex; gap: 0.6em; padding: 0.4em 0.9em; margin: 0 0 0.5em; border-radius: 6px; background: var(--shade); }
.exercise.right { background: #f0f9f2; }
.exercise.wrong { background: #fff1f0; }
.exercise small { color: var(--quiet); font-family: var(--sans); font-size: 0.76em; margin-left: 0.4em; }
.exercise.unanswered .mark { color: var(--quiet); }
.exercise.wrong .mark { color: var(--bad); }
.instructor { margin: 0 0 0.9em; padding: 0.1em 0 0.1em 1em; border-left: 3px solid var(--accent); }
.instructor-label { margin: 0 0 0.4em; color: var(--accent); font-family: var(--sans); font-size: 0.76rem; font-weight: 650; letter-spacing: 0.03em; }
.instructor > :last-child { margin-bottom: 0; }

.claims { margin-top: 3.5em; }
.claims ol { list-style: none; padding: 0; }
.claims a { color: inherit; text-decoration-color: var(--line); }

.contents { font-family: var(--sans); font-size: 0.82rem; line-height: 1.4; margin-bottom: 2.5rem; }
.contents ol { list-style: none; margin: 0; padding: 0; }
.contents li { margin: 0.35em 0; }
.contents .level-3 { padding-left: 1em; }
.contents a { color: var(--quiet); text-decoration: none; }
.contents a:hover { color: var(--accent); text-decoration: underline; }
@media (min-width: 74rem) {
  .page.with-contents { display: grid; grid-template-columns: 14rem minmax(0, 43.5rem); gap: 3.5rem; max-width: 63.5rem; }
  .contents { position: sticky; top: 2.5rem; align-self: start; max-height: calc(100vh - 5rem); overflow-y: auto; }
}

@page { margin: 18mm 16mm 20mm; }
@media print {
  html { font-size: 10.5pt; }
  .page, .page.with-contents { display: block; max-width: none; padding: 0; }
  .contents, .skip { display: none; }
  h1, h2, h3, h4 { break-after: avoid; }
  figure, .claim, .exercise, table, tr, .display-math, pre.stdout, pre.error { break-inside: avoid; }
  details:not(.code)::details-content { content-visibility: visible; display: block; height: auto; }
  summary { list-style: none; }
  summary::-webkit-details-marker { display: none; }
  table { display: table; background: none; overflow: visible; font-size: 0.82em; }
  th, td { min-width: 0; padding: 0.25em 0.5em; }
  td[style*="right"] { white-space: normal; }
  .inline-math.wide, .html { overflow: visible; }
  .inline-math.wide svg { max-width: 100%; }
  .display-math { overflow: visible; }
  .display-math mjx-container > svg { min-width: 0; }
  pre.code, .claim, .exercise { border: 1px solid var(--line); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  p { orphans: 3; widows: 3; }
  a { color: inherit; }
}
`.trimStart();
