/** The look of a figure that moves; its colours are those of the page around it. */
export const exploreStyle = `
.explore { position: relative; max-width: 46rem; font-family: var(--sans, sans-serif); text-align: left; }
.explore-row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.1rem 0.6rem; margin: 0 0 0.3rem; font-size: 0.9rem; }
.explore-row label { min-width: 5.5rem; color: var(--text, #1f2328); }
.explore-row output { min-width: 3rem; text-align: right; font-variant-numeric: tabular-nums; }
.explore-slide { display: flex; flex: 1 1 15rem; align-items: center; gap: 0.4rem; min-width: 0; max-width: 26rem; }
.explore-slide input { flex: 1 1 0; min-width: 0; accent-color: var(--accent, #0a58a8); }
.explore-row button, .explore-row select {
  flex: none; min-width: 1.9rem; min-height: 1.9rem; padding: 0 0.5rem; border: 1px solid var(--line, #d8dee4); border-radius: 6px;
  background: transparent; color: var(--text, #1f2328); font: inherit; cursor: pointer;
}
.explore-row select option { color: #1f2328; background: #fff; }
.explore-row :is(button, select, input):focus-visible { outline: 2px solid var(--accent, #0a58a8); outline-offset: 2px; }
.explore-note { min-height: 1.35em; margin: 0; color: var(--quiet, #59636e); font-size: 0.8rem; }
.explore-problem { margin: 0.3rem 0; padding: 0.4em 0.8em; border-left: 3px solid var(--bad, #b42318); color: var(--bad, #b42318); font-size: 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.explore-problem:empty { display: none; }
.explore-stage { overflow-x: auto; }
.explore-spoken { position: absolute; bottom: 0; margin: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media print { .explore-row, .explore-note { display: none; } }
`.trimStart();
