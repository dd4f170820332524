import type { Plain } from "./figure.ts";
import { roundNumbers, tickText } from "./ticks.ts";

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

/** A logarithmic axis: ticks at the powers of ten, or, where there are few of them, at some round numbers. */
export function logAxis(title: string, values: ArrayLike<number>): { readonly [key: string]: Plain } {
  const [least, most] = [Math.min(...Array.from(values)), Math.max(...Array.from(values))];
  const ticks =
    Math.log10(most / least) > FEW_DECADES
      ? { dtick: 1 }
      : { tickvals: roundNumbers(least, most), ticktext: roundNumbers(least, most).map(tickText) };
  return axis(title, { type: "log", exponentformat: "power", ...ticks });
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

/** Over more than these the digits between the powers of ten would only crowd an axis. */
const FEW_DECADES = 1.5;
