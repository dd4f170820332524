/** Slides as a page to scroll, each as high as the window, and one to a sheet where they are printed. */
export const slidesStyle = `
html { font-size: clamp(15px, 1.5vw + 4px, 26px); scroll-padding-top: 0; }
body { background: #eef1f4; }
.deck { max-width: none; }
.slide { min-height: 100vh; min-height: 100svh; display: flex; flex-direction: column; justify-content: center; padding: 2.5rem max(1.25rem, calc(50vw - 25rem)); background: #fff; border-bottom: 1px solid var(--line); scroll-margin: 0; }
.slide > * { min-width: 0; }
.slide h1, .slide h2, .slide h3 { margin-top: 0; border: 0; }
.slide h1 { font-size: 2.3rem; }
.slide h2 { font-size: 1.8rem; }
.slide h3 { font-size: 1.5rem; }
.running { margin: 0 0 1rem; font-family: var(--sans); font-size: 0.75rem; color: var(--quiet); }
.slide figure svg, .slide figure img { max-height: 68vh; max-height: 68svh; }
.slide figure > svg { width: auto; min-width: min(100%, 44rem); }
.slide pre { font-size: 0.78rem; }
.step.hidden { visibility: hidden; }
.notes { margin-top: 1.5rem; font-size: 0.85rem; color: #424a53; border-top: 1px solid var(--line); padding-top: 0.5rem; }
.presenting .notes { display: none; }
.presenting.with-notes .notes { display: block; }
#slide-counter { display: none; }
.presenting #slide-counter { display: block; position: fixed; right: 0.8rem; bottom: 0.5rem; font-family: var(--sans); font-size: 0.7rem; color: var(--quiet); background: #fffc; padding: 0.1rem 0.4rem; border-radius: 4px; }
.notes-alone .slide:not([data-current]) { display: none; }
.notes-alone .slide { min-height: 0; padding: 1rem; justify-content: flex-start; }
.notes-alone .notes { display: block; font-size: 1rem; }
.notes-alone .slide figure svg, .notes-alone .slide figure img { max-height: 30vh; min-width: 0; }
.keys { font-family: var(--sans); font-size: 0.72rem; color: var(--quiet); margin-top: 2rem; }
@page { size: 297mm 167mm; margin: 8mm 10mm; }
@media print {
  html { font-size: 13pt; }
  .slide { min-height: 0; padding: 0; border: 0; break-after: page; display: block; }
  .slide figure svg, .slide figure img { max-height: 118mm; }
  .step.hidden { visibility: visible; }
  .notes, .presenting.with-notes .notes, .keys, .presenting #slide-counter { display: none; }
}
`;
