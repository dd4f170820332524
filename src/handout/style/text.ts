/** Headings, paragraphs, lists, tables, code, contents, notes. */
export const text = `
* { box-sizing: border-box; }
html { font-size: 112.5%; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; background: var(--page); }
body { margin: 0; background: var(--page); color: var(--text); font-family: var(--serif); line-height: 1.55; overflow-wrap: break-word; font-kerning: normal; hanging-punctuation: first last; }
.page { max-width: 39rem; margin: 0 auto; padding: 2.8rem 1rem 5rem; }
main { min-width: 0; }
a { color: var(--accent); text-underline-offset: 0.15em; text-decoration-thickness: 0.06em; }
:is(a, summary, pre, [tabindex="0"]):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: var(--page); font-family: var(--sans); }
.skip:focus { left: 0.5rem; top: 0.5rem; z-index: 1; }

h1, h2, h3, h4, h5, h6 { line-height: 1.22; text-wrap: balance; margin: 2.1em 0 0.55em; font-weight: 600; }
h1 { font-size: 2.05rem; margin: 0 0 0.9rem; letter-spacing: -0.011em; }
h2 { font-size: 1.42rem; margin-top: 2.6em; }
h3 { font-size: 1.14rem; }
h4, h5, h6 { font-size: 1rem; font-style: italic; font-weight: 400; }
b, strong { font-weight: 600; }
.byline { margin: -0.4rem 0 1.8rem; color: var(--quiet); font-size: 0.95rem; }
.logo { display: block; max-height: 3.2rem; max-width: 14rem; margin: 0 0 1.6rem; }
p { text-wrap: pretty; }
p, ul, ol, dl, blockquote, .table, figure { margin: 0 0 0.95em; }
ul, ol { padding-left: 1.5em; }
li + li { margin-top: 0.22em; }
blockquote { padding: 0.1em 1.1em; border-left: 2px solid var(--line); color: var(--quiet); }
blockquote > :last-child, li > p:last-child { margin-bottom: 0; }
hr { width: 30%; border: 0; border-top: 1px solid var(--line); margin: 2.5em auto; }
img, svg { max-width: 100%; }
code { font-family: var(--mono); font-size: 0.83em; }
:not(pre) > code { padding: 0.1em 0.25em; background: var(--shade); border-radius: 3px; overflow-wrap: break-word; }
pre { margin: 0 0 0.9em; padding: 0.75em 1em; white-space: pre-wrap; overflow-wrap: anywhere; font-family: var(--mono); font-size: 0.74rem; line-height: 1.55; tab-size: 2; }
pre code { font-size: inherit; }
pre.code { background: var(--shade); border-radius: 5px; }
.line { --in: calc(min(var(--indent, 0) * 1ch, 30%) + 2ch); display: block; padding-left: var(--in); text-indent: calc(-1 * var(--in)); }
.solution { display: block; margin-left: -1em; padding-left: calc(1em - 3px); border-left: 3px solid var(--accent); }
.solution::before { content: "Solution"; display: block; color: var(--accent); font: 650 0.72rem / 1.9 var(--sans); letter-spacing: 0.03em; }

.table { overflow-x: auto; max-width: 100%; }
/* A shadow where there is more of a table at its side. */
.table {
  background:
    linear-gradient(to right, var(--page) 30%, transparent) left / 3rem 100% local,
    linear-gradient(to left, var(--page) 30%, transparent) right / 3rem 100% local,
    linear-gradient(to right, var(--shadow), #0000) left / 0.8rem 100% scroll,
    linear-gradient(to left, var(--shadow), #0000) right / 0.8rem 100% scroll;
  background-repeat: no-repeat;
}
table { border-collapse: collapse; font-size: 0.9em; font-variant-numeric: tabular-nums lining-nums; border-top: 1.5px solid var(--text); border-bottom: 1.5px solid var(--text); }
th, td { padding: 0.28em 0.75em; text-align: left; overflow-wrap: anywhere; min-width: 3.2em; vertical-align: baseline; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
th[style*="right"], td[style*="right"] { text-align: right; }
td[style*="right"] { white-space: nowrap; }
th { font-weight: 600; }
thead tr:last-child > * { border-bottom: 1px solid var(--text); }

.cell { margin: 0 0 1.05em; }
.cell > :last-child, .outputs > :last-child { margin-bottom: 0; }
.outputs { margin-top: 0.7em; }
pre.stdout, pre.result { padding: 0.1em 1em; border-left: 2px solid var(--line); }
pre.stderr { padding: 0.5em 1em; background: var(--warn-ground); border-left: 3px solid var(--warn); }
pre.error { padding: 0.6em 1em; background: var(--bad-ground); border-left: 3px solid var(--bad); color: var(--error); }
/* What an output places, it places in itself; colours of its own were chosen for a white page. */
.html { contain: layout; overflow-x: auto; }
.html.coloured { color-scheme: light; padding: 0.4em; background: #fff; color: #1f2328; border-radius: 5px; }
details { margin: 0 0 0.9em; }
summary { cursor: pointer; font-family: var(--sans); font-size: 0.78rem; color: var(--quiet); padding: 0.2em 0; }
details[open] > summary { margin-bottom: 0.5em; }
.note, .picture-elsewhere, .left-out { color: var(--quiet); }
.tex-error { color: var(--bad); }

.admonition, .alert { margin: 0 0 1em; padding: 0.6em 1em; border-left: 3px solid var(--accent); background: var(--shade); border-radius: 0 5px 5px 0; }
.admonition.warning, .admonition.caution, .alert-warning, .alert-danger { border-color: var(--warn); background: var(--warn-ground); }
.admonition.tip, .alert-success { border-color: var(--good); background: var(--good-ground); }
.admonition-title { margin: 0 0 0.25em; font: 650 0.76rem / 1.5 var(--sans); }
:is(.admonition, .alert) > :last-child { margin-bottom: 0; }

aside, .margin { margin: 0 0 1em; padding: 0.15em 0 0.15em 1em; border-left: 2px solid var(--line); color: var(--quiet); font-size: 0.86em; line-height: 1.45; }
:is(aside, .margin) > :last-child { margin-bottom: 0; }

.contents { font-family: var(--sans); font-size: 0.78rem; line-height: 1.4; margin-bottom: 2.5rem; }
.contents ol { list-style: none; margin: 0; padding: 0; }
.contents li { margin: 0.35em 0; }
.contents .level-3 { padding-left: 1em; }
.contents a { color: var(--quiet); text-decoration: none; }
.contents a:hover { color: var(--accent); text-decoration: underline; }
@media (min-width: 68rem) {
  .page.with-contents { display: grid; grid-template-columns: 14rem minmax(0, 37rem); gap: 3.5rem; max-width: 56.5rem; }
  .contents { position: sticky; top: 2.5rem; align-self: start; max-height: calc(100vh - 5rem); overflow-y: auto; }
}
@media (min-width: 84rem) {
  .slip { padding-left: 1em; border-left: 2px solid var(--line); color: var(--quiet); font-size: 0.86em; line-height: 1.45; }
  .page.with-contents { max-width: 74rem; grid-template-columns: 14rem minmax(0, 37rem) 13rem; }
  .with-contents :is(aside, .margin, .slip) { float: right; clear: right; width: 13.5rem; margin: 0.2rem -16rem 1rem 0; }
}
@media (max-width: 30rem) { html { font-size: 106.25%; } .page { padding-top: 1.6rem; } h1 { font-size: 1.8rem; } pre { padding-inline: 0.7em; } }
`.trimStart();
