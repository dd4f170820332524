/** The look of a figure that moves; its colours are those of the page around it. */
export const exploreStyle = `
.explore { max-width: 46rem; font-family: var(--sans, sans-serif); text-align: left; }
.explore-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.2rem 0.5rem; margin: 0 0 0.3rem; font-size: 0.9rem; }
.explore-row label { flex: 0 1 auto; min-width: 5.5rem; color: var(--text, #1f2328); }
.explore-row input[type="range"] { flex: 1 1 9rem; min-width: 6rem; max-width: 22rem; accent-color: var(--accent, #0a58a8); }
.explore-row output { min-width: 3.5rem; font-variant-numeric: tabular-nums; }
.explore-row button, .explore-row select {
  min-width: 1.9rem; min-height: 1.9rem; padding: 0 0.5rem; border: 1px solid var(--line, #d8dee4); border-radius: 6px;
  background: transparent; color: var(--text, #1f2328); font: inherit; cursor: pointer;
}
.explore-row select option { color: #1f2328; background: #fff; }
.explore-row :is(button, select, input):focus-visible { outline: 2px solid var(--accent, #0a58a8); outline-offset: 2px; }
.explore-note { min-height: 1.35em; margin: 0; color: var(--quiet, #59636e); font-size: 0.8rem; }
.explore-problem { margin: 0.3rem 0; padding: 0.4em 0.8em; border-left: 3px solid var(--bad, #b42318); color: var(--bad, #b42318); font-size: 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.explore-problem:empty { display: none; }
.explore-stage { overflow-x: auto; }
.explore-spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { .explore-row, .explore-note { display: none; } }
`.trimStart();
