import type { Figure } from "./figure.ts";
import { assertColumns, rounded } from "./numbers.ts";
import { colour, dash, GREY, symbol } from "./theme.ts";

/** One thing that is drawn, without its axes: what a panel of `plot` has. */
export type Mark = Figure["data"][number];

/** How a mark looks. */
export interface Look {
  /** A place in the palette, with the dash or the symbol of that place; or grey, for what is no data. Default: 0. */
  as?: number | "grey";
  /** For the legend; a mark without a name has no entry there. */
  name?: string;
  /** In pixels: how wide a line is (default: 2), how large a point (default: 6). */
  size?: number;
  /** What a line encloses is filled, faintly. */
  filled?: boolean;
  /** A point is a ring. */
  hollow?: boolean;
}

export type Points = readonly ArrayLike<number>[];

/** A line through (x[i], y[i]). */
export function curve(x: ArrayLike<number>, y: ArrayLike<number>, look: Look = {}): Mark {
  assertColumns("curve", { x, y });
  return lineThrough(rounded(x), rounded(y), look);
}

/** A line through each list of points; they are one mark, so that they look and move as one. */
export function paths(lines: readonly Points[], look: Look = {}): Mark {
  if (lines.length === 0) {
    throw new RangeError("paths: lines must have a line, but got none; there is nothing to draw.");
  }
  const columns = lines.map((points, i) => {
    const [x, y] = [column(points, 0), column(points, 1)];
    assertColumns("paths", { [`line ${i}`]: x, [`y of line ${i}`]: y });
    return [rounded(x), rounded(y)] as const;
  });
  // The pen is lifted behind each line but the last.
  const joined = (place: 0 | 1) => columns.flatMap(each => [...each[place], null]).slice(0, -1);
  return lineThrough(joined(0), joined(1), look);
}

/** A point each. There may be none, where a figure that moves has none to show yet. */
export function dots(points: Points, look: Look = {}): Mark {
  const { as = 0, size = 6, hollow = false } = look;
  const [x, y] = [column(points, 0), column(points, 1)];
  if (points.length > 0) assertColumns("dots", { points: x, "their y": y });
  const shape = `${symbol(as === "grey" ? 0 : as)}${hollow ? "-open" : ""}`;
  const marker = { color: colourOf(as), size, symbol: shape, ...(hollow && { line: { width: 2 } }) };
  return { type: "scatter", mode: "markers", x: rounded(x), y: rounded(y), marker, ...named(look) };
}

/** Upright bars of one width, each around its x. */
export function bars(x: ArrayLike<number>, heights: ArrayLike<number>, look: Look & { width?: number } = {}): Mark {
  assertColumns("bars", { x, heights });
  const { as = 0, width } = look;
  const bar = { type: "bar", x: rounded(x), y: rounded(heights), marker: { color: colourOf(as) }, ...named(look) };
  return width === undefined ? bar : { ...bar, width };
}

function lineThrough(x: readonly (number | null)[], y: readonly (number | null)[], look: Look): Mark {
  const { as = 0, size = 2, filled = false } = look;
  const pen = { color: colourOf(as), width: size, dash: as === "grey" ? "solid" : dash(as) };
  // Eight digits of hexadecimal: the last two are how much of the colour is seen.
  const fill = filled ? { fill: "toself", fillcolor: `${colourOf(as)}33` } : {};
  return { type: "scatter", mode: "lines", x, y, line: pen, ...fill, ...named(look) };
}

function colourOf(as: number | "grey"): string {
  return as === "grey" ? GREY : colour(as);
}

function named({ name }: Look): { readonly name?: string; readonly showlegend: boolean } {
  return name === undefined ? { showlegend: false } : { name, showlegend: true };
}

function column(points: Points, coordinate: 0 | 1): number[] {
  return points.map(point => point[coordinate] as number);
}
