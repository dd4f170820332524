/** Formulas in a line and on lines of their own; what is too wide scrolls, and its number stays. */
export const formulas = `
.inline-math { white-space: nowrap; }
.inline-math.wide { display: inline-block; position: relative; max-width: 100%; overflow-x: auto; overflow-y: hidden; }
.inline-math.wide svg { display: block; max-width: none; }
.display-math { display: block; margin: 1em 0; text-align: center; }
.display-math .scrolls { display: block; position: relative; overflow-x: auto; overflow-y: hidden; padding: 0.15em 0; }
.numbered { display: flex; align-items: flex-start; gap: 0.7em; }
.numbered .scrolls { flex: 1 1 0; min-width: 0; }
.numbered .number { flex: none; padding: 0.15em 0; line-height: 0; }
@media (min-width: 40rem) { .numbered .scrolls { padding-left: calc(var(--number) + 0.7em); } }
p .display-math:first-child { margin-top: 0.3em; }
p .display-math:last-child { margin-bottom: 0.3em; }
mjx-container { direction: ltr; line-height: 0; }
mjx-container[display="true"] { display: block; text-align: center; }
mjx-container > svg { overflow: visible; }
.display-math .scrolls mjx-container > svg { max-width: 100%; height: auto; min-width: calc(var(--width) * 0.75); }
.number > svg { max-width: none; overflow: visible; }
mjx-container a { fill: var(--accent); stroke: var(--accent); }
mjx-container [fill="#b42318"] { fill: var(--bad); stroke: var(--bad); }
.reference { text-decoration: none; }
mjx-container [data-frame], mjx-container [data-line] { stroke-width: 70px; fill: none; }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`.trimStart();
