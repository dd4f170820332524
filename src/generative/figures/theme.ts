import type { Plain } from "./figure.ts";

/** The colours of Okabe & Ito (2008), told apart with every kind of colour vision; yellow last, faint on white. */
export const PALETTE = [
  "#0072B2", // blue
  "#D55E00", // vermillion
  "#009E73", // bluish green
  "#CC79A7", // reddish purple
  "#E69F00", // orange
  "#56B4E9", // sky blue
  "#000000",
  "#F0E442", // yellow
] as const;

/** Lines and marks that are not data: floors, laws, gaps between images. */
export const GREY = "#767676";

const DASHES = ["solid", "dash", "dot", "dashdot", "longdash"];
const SYMBOLS = [
  "circle",
  "square",
  "diamond",
  "cross",
  "x",
  "triangle-up",
  "triangle-down",
  "star",
  "pentagon",
  "hexagon",
];

/** A colour for each series, and a dash or a symbol beside it: in grey print they still differ. */
export function colour(index: number): string {
  return PALETTE[index % PALETTE.length] as string;
}

export function dash(index: number): string {
  return DASHES[index % DASHES.length] as string;
}

export function symbol(index: number): string {
  return SYMBOLS[index % SYMBOLS.length] as string;
}

/** An axis: its title, with the unit, and what else plotly is told of it. */
export function axis(title: string, more: { readonly [key: string]: Plain } = {}): { readonly [key: string]: Plain } {
  return { title: { text: title }, automargin: true, gridcolor: "#E5E5E5", zeroline: false, ...more };
}

/** A logarithmic axis, whose ticks are written as powers of ten. */
export function logAxis(title: string, values: ArrayLike<number>): { readonly [key: string]: Plain } {
  const decades = Math.log10(Math.max(...Array.from(values)) / Math.min(...Array.from(values)));
  // Over several decades the digits between the powers of ten only crowd the axis.
  return axis(title, { type: "log", exponentformat: "power", ...(decades > 1.5 && { dtick: 1 }) });
}

/** What all figures share; `more` comes on top. The legend stands below, where it covers nothing. */
export function layout(title: string, more: { readonly [key: string]: Plain }): { readonly [key: string]: Plain } {
  return {
    title: { text: title },
    width: 640,
    height: 420,
    margin: { l: 70, r: 20, t: 50, b: 90 },
    font: { size: 13 },
    paper_bgcolor: "#FFFFFF",
    plot_bgcolor: "#FFFFFF",
    legend: { orientation: "h", x: 0, y: -0.24, yanchor: "top" },
    ...more,
  };
}
