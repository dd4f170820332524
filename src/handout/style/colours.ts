/** Each colour for a white page and for one in the dark; on paper it is the first. */
export const colours = `
:root {
  color-scheme: light dark;
  --page: light-dark(#fff, #171717); --text: light-dark(#1f2328, #e3e1dc); --quiet: light-dark(#59636e, #a5abb3);
  --line: light-dark(#d8dee4, #3b3e43); --shade: light-dark(#f6f7f8, #212225); --accent: light-dark(#0a58a8, #85bcff);
  --good: light-dark(#1a7f37, #6cc986); --bad: light-dark(#b42318, #ff9b8f); --warn: light-dark(#9a6700, #e3b341);
  --good-ground: light-dark(#f0f9f2, #17251b); --bad-ground: light-dark(#fff1f0, #2e1a1a); --warn-ground: light-dark(#fff8e6, #2a2416);
  --error: light-dark(#82180e, #ffb4aa); --shadow: light-dark(#0002, #fff3);
  --serif: "Source Serif 4", Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "Liberation Mono", monospace;
}
`.trimStart();
