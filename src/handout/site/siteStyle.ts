/** What the pages of a site have beside the look of a handout. */
export const siteStyle = `
.neighbours { display: flex; flex-wrap: wrap; gap: 0.4rem 1.4rem; font-family: var(--sans); font-size: 0.82rem; line-height: 1.4; margin: 0 auto; padding: 1.25rem 1.25rem 0; max-width: 46rem; }
.neighbours.below { margin: 3.5rem 0 0; padding: 1rem 0 0; max-width: none; border-top: 1px solid var(--line); }
.neighbours a { padding: 0.25rem 0; }
.neighbours [rel="next"] { margin-left: auto; text-align: right; }
@media (min-width: 74rem) { .neighbours:not(.below) { max-width: 63.5rem; } }
.about { font-family: var(--sans); font-size: 0.82rem; color: var(--quiet); }
.lectures { list-style: none; padding: 0; margin-top: 2.5rem; }
.lectures > li { margin: 0 0 1.8em; }
.lectures h2 { margin: 0; padding: 0; border: 0; font-size: 1.25rem; }
.lectures p { margin: 0.25em 0 0; }
#search { margin: 2rem 0 0; }
#search label { display: block; font-family: var(--sans); font-size: 0.85rem; margin-bottom: 0.3rem; }
#search-field { width: 100%; padding: 0.5rem 0.7rem; font: inherit; color: inherit; background: #fff; border: 1px solid #818b98; border-radius: 6px; }
#search-field:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#search-told { margin: 0.4rem 0 0; min-height: 1.6em; font-family: var(--sans); font-size: 0.82rem; color: var(--quiet); }
#search-found { list-style: none; padding: 0; margin: 0; }
#search-found li { margin: 0 0 0.9em; }
#search-found p { margin: 0; font-size: 0.92rem; }
@media print { .neighbours, #search { display: none; } }
`;
