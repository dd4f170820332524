/** Figures, the narrow drawings for phones, captions, and how all that is in the dark. */
export const figures = `
figure { text-align: center; }
figure .scrolls { overflow-x: auto; overflow-y: hidden; }
.sheet { display: inline-block; max-width: 100%; background: #fff; }
.scrolls:has(> .sheet) { text-align: center; }
.scrolls[tabindex] > .sheet { max-width: none; min-width: 100%; }
.sheet > svg { height: auto; min-width: var(--least, 0); vertical-align: top; }
.sheet.narrow { display: none; }
@media screen and (max-width: 34rem) {
  .has-narrow > .scrolls > .sheet { display: none; }
  .has-narrow > .scrolls > .sheet.narrow { display: inline-block; }
}
figure.plotly svg image, figure.coarse img { image-rendering: pixelated; }
figcaption { margin: 0.5em auto 0; max-width: 34rem; text-align: left; font-size: 0.82rem; line-height: 1.45; color: var(--quiet); text-wrap: pretty; }
.figure-number { font-weight: 600; color: var(--text); }
.stills { margin: 0.4em auto 0; max-width: 34rem; text-align: left; }
.still-row { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15.5rem, 100%), 1fr)); gap: 0.8rem; }
.still p { margin: 0.2em 0 0; text-align: center; font-size: 0.8rem; color: var(--quiet); }
figure .live { color-scheme: light; --text: #1f2328; --quiet: #59636e; --line: #d8dee4; --accent: #0a58a8; --bad: #b42318; padding: 0.4rem; background: #fff; border-radius: 5px; }
@media screen and (prefers-color-scheme: dark) {
  .sheet { border-radius: 5px; }
  /* White becomes the black of the page, and every hue stays; a picture's greys mean what they are. */
  .plotly .sheet:not(:has(image)) { filter: invert(0.91) hue-rotate(180deg); }
  .drawing:not(.plotly) .sheet, .sheet:has(image), .picture img { filter: brightness(0.92); }
}
`.trimStart();
