import { type Figure, figure, type Plain } from "./figure.ts";
import type { Mark } from "./marks.ts";
import { axis, layout } from "./theme.ts";

export interface Plot {
  title: string;
  panels: readonly Panel[];
  /** What is to be seen beside the title, for those who cannot see it: "Thirty-six points, and a grid". */
  shows: string;
  /** One panel below the other; default: side by side. */
  stacked?: boolean;
  /** In pixels; default: 640 × 380. */
  width?: number;
  height?: number;
}

/** Marks over two axes: what `curve`, `paths`, `dots` and `bars` make, or any trace of plotly's without its axes. */
export interface Panel {
  x: PlotAxis;
  y: PlotAxis;
  marks: readonly Mark[];
}

/** Its title, with the unit; and its ends, so that in a figure that moves the eye sees the marks move and not the axis. */
export type PlotAxis = readonly [title: string] | readonly [title: string, from: number, to: number];

/**
 * Lines, points and bars in one panel or several: a figure that is needed once, in a few lines.
 *
 * @example
 * const z = [-2, -1, 0, 1, 2];
 * plot({
 *   title: "A parabola",
 *   panels: [{ x: ["z", -2, 2], y: ["z², per unit", 0, 4], marks: [curve(z, z.map(v => v * v), { name: "z²" })] }],
 *   shows: "A curve with its lowest point at 0",
 * }).alt // => "A parabola. A curve with its lowest point at 0."
 */
export function plot({ title, panels, shows, stacked = false, width = 640, height = 380 }: Plot): Figure {
  if (panels.length === 0) {
    throw new RangeError("plot: panels must have a panel, but got none; there is nothing to draw.");
  }
  const empty = panels.findIndex(({ marks }) => marks.length === 0);
  if (empty >= 0) {
    throw new RangeError(`plot: panel ${empty} must have a mark, but got none; use curve, paths, dots or bars.`);
  }
  const hasLegend = panels.some(({ marks }) => marks.some(({ showlegend }) => showlegend === true));
  const margin = { l: 60, r: 15, t: 45, b: hasLegend ? 100 : 50 };
  const inside = height - margin.t - margin.b;
  return figure({
    data: panels.flatMap(({ marks }, k) =>
      marks.map(mark => (k === 0 ? mark : { ...mark, xaxis: `x${k + 1}`, yaxis: `y${k + 1}` })),
    ),
    layout: layout(title, {
      title: { text: title, font: { size: 15 } }, // a sentence with numbers is longer than other titles
      width,
      height,
      margin,
      legend: { orientation: "h", x: 0, y: -BELOW / inside, yanchor: "top" },
      ...Object.fromEntries(panels.flatMap((panel, k) => axesOf(panel, k, places(panels.length, k, stacked), stacked))),
    }),
    alt: `${title}. ${shows}.`,
  });
}

function axesOf({ x, y }: Panel, k: number, domain: [number, number], stacked: boolean): [string, Plain][] {
  const number = k === 0 ? "" : String(k + 1);
  return [
    [`xaxis${number}`, axisOf(x, { anchor: `y${number}`, ...(!stacked && { domain }) })],
    [`yaxis${number}`, axisOf(y, { anchor: `x${number}`, ...(stacked && { domain }) })],
  ];
}

function axisOf([title, from, to]: PlotAxis, more: { readonly [key: string]: Plain }): Plain {
  return axis(title, { ...more, ...(from !== undefined && to !== undefined && { range: [from, to] }) });
}

/** Where the k-th of so many panels begins and ends; the first is on the left, or on top. */
function places(count: number, k: number, stacked: boolean): [number, number] {
  const gap = stacked ? GAP_BETWEEN_ROWS : GAP_BETWEEN_COLUMNS;
  const size = (1 - gap * (count - 1)) / count;
  const from = (stacked ? count - 1 - k : k) * (size + gap);
  return [Number(from.toFixed(6)), Number((from + size).toFixed(6))];
}

/** Shares of the figure: room for the ticks and the title of an axis. */
const [GAP_BETWEEN_COLUMNS, GAP_BETWEEN_ROWS] = [0.12, 0.14];

/** In pixels below the lowest axis: room for its ticks and its title. */
const BELOW = 66;
