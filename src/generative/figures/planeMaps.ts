import { colourScale, DIVERGING, SEQUENTIAL, shades } from "./colours.ts";
import { type Figure, figure, type Plain } from "./figure.ts";
import { gridImage, visible } from "./gridImage.ts";
import { assertColumns, inWords, round } from "./numbers.ts";
import { GREY, layout } from "./theme.ts";

export interface PlaneMaps {
  /** Functions of the plane on the same square grid: row 0 is the lowest x₂. [n][n] each */
  maps: readonly PlaneMap[];
  /** The square is `centre` ± side in each coordinate. */
  side: number;
  /** Default: 0, 0. */
  centre?: Point;
  /** The letter of the two coordinates; default x. */
  variable?: string;
  title?: string;
}

export interface PlaneMap {
  name: string;
  values: readonly ArrayLike<number>[];
  /** Maps of one unit share one colour scale, so that they can be compared. Default: "per unit area". */
  unit?: string;
  /** Of either sign, such as a log-determinant: the middle of the colour scale is 0. */
  signed?: boolean;
}

/** Functions of the plane side by side, such as densities or log-determinants, with a colour bar for each unit. */
export function planeMaps(options: PlaneMaps): Figure {
  const { maps, side, centre = [0, 0], variable = "x", title = "Densities over the plane" } = options;
  assertMaps(maps);
  const scales = maps.map(({ unit }) => scaleOf(maps.filter(map => map.unit === unit)));
  const last = (k: number) => maps.findLastIndex(({ unit }) => unit === maps[k]?.unit) === k;
  const bars = maps.map((_, k) => (last(k) ? BAR : 0));
  const panel = Math.floor(Math.min(LARGEST, (WIDTH - sum(bars) - GAP * (maps.length - 1)) / maps.length));
  const inside = maps.length * panel + (maps.length - 1) * GAP + sum(bars);
  const left = maps.map((_, k) => k * (panel + GAP) + sum(bars.slice(0, k)));
  const domain = (k: number) => [0, panel].map(right => round(((left[k] as number) + right) / inside, 6));
  const [low, high]: [Point, Point] = [
    [centre[0] - side, centre[1] - side],
    [centre[0] + side, centre[1] + side],
  ];
  const across = `${variable}<sub>1</sub>, dimensionless`;
  return figure({
    data: maps.map((map, k) => ({
      // Plotly draws a colour bar for a trace; this one shows nothing else.
      type: "scatter",
      mode: "markers",
      x: [null],
      y: [null],
      ...(k > 0 && { xaxis: `x${k + 1}`, yaxis: `y${k + 1}` }),
      showlegend: false,
      ...(last(k) && { marker: bar(map, scales[k] as Scale, ((left[k] as number) + panel + 8) / inside) }),
    })),
    layout: layout(title, {
      width: inside + MARGIN.l + MARGIN.r,
      height: panel + MARGIN.t + MARGIN.b,
      margin: MARGIN,
      // What the axes have in common, once: a notebook keeps every word.
      template: {
        layout: {
          xaxis: { title: { text: across }, range: [low[0], high[0]], ...FRAME },
          yaxis: { range: [low[1], high[1]], ...FRAME },
        },
      },
      xaxis: { title: { text: across }, domain: domain(0), anchor: "y" },
      yaxis: { title: { text: `${variable}<sub>2</sub>, dimensionless` }, anchor: "x" },
      ...Object.fromEntries(
        maps.slice(1).flatMap((_, before) => {
          const k = before + 2;
          return [
            [`xaxis${k}`, { domain: domain(before + 1), anchor: `y${k}` }],
            [`yaxis${k}`, { anchor: `x${k}`, showticklabels: false }],
          ];
        }),
      ),
      images: maps.map(({ values }, k) => ({
        source: picture(values, scales[k] as Scale),
        xref: `x${k > 0 ? k + 1 : ""}`,
        yref: `y${k > 0 ? k + 1 : ""}`,
        x: low[0],
        y: high[1],
        sizex: 2 * side,
        sizey: 2 * side,
        sizing: "stretch",
        layer: "below",
      })),
      annotations: maps.map(({ name }, k) => ({
        text: name,
        showarrow: false,
        xref: "paper",
        yref: "paper",
        x: ((left[k] as number) + panel / 2) / inside,
        xanchor: "center",
        y: 1,
        yanchor: "bottom",
      })),
    }),
    alt:
      `${title}, over ${variable}<sub>1</sub> ${range(low[0], high[0])} and ${variable}<sub>2</sub> ${range(low[1], high[1])}: ` +
      `${maps.map(inSentence).join("; ")}.`,
  });
}

type Point = readonly [number, number];

interface Scale {
  least: number;
  most: number;
  colours: readonly string[];
}

/** The range of all the maps that share a colour scale: around 0 where they are signed. */
function scaleOf(maps: readonly PlaneMap[]): Scale {
  const { least, most } = extremes(maps.flatMap(({ values }) => values));
  if (!maps.some(({ signed }) => signed)) return { least, most, colours: SEQUENTIAL };
  const size = Math.max(-least, most);
  return { least: -size, most: size, colours: DIVERGING };
}

function picture(values: PlaneMap["values"], { least, most, colours }: Scale): string {
  const place = (value: number) => (most > least ? Math.round(((SHADES - 1) * (value - least)) / (most - least)) : 0);
  const image = [...values].reverse().flatMap(row => Array.from(row, place));
  const { images, height, width } = visible([image], { height: values.length, width: values[0]?.length ?? 0 }, 1);
  return gridImage(images, { height, width }, 1, shades(colours, SHADES)).source;
}

function bar(
  { unit = "per unit area" }: PlaneMap,
  { least, most, colours }: Scale,
  x: number,
): { readonly [key: string]: Plain } {
  return {
    color: [0],
    cmin: round(least),
    cmax: round(most > least ? most : least + 1),
    colorscale: colourScale(colours),
    showscale: true,
    colorbar: {
      x,
      xanchor: "left",
      len: 1,
      ypad: 0,
      thickness: 12,
      outlinewidth: 0,
      title: { text: unit, side: "right" },
    },
  };
}

function assertMaps(maps: readonly PlaneMap[]): void {
  if ((maps[0]?.values.length ?? 0) === 0) {
    throw new RangeError("planeMaps: maps must have a map, but got none; there is nothing to draw.");
  }
  for (const { name, values } of maps) {
    for (const [i, row] of values.entries()) {
      assertColumns("planeMaps", { "the first row": maps[0]?.values[0] ?? [], [`row ${i} of ${name}`]: row });
    }
  }
}

function inSentence({ name, values, unit = "per unit area" }: PlaneMap): string {
  const { least, most } = extremes(values);
  return `${name}, from ${inWords(least)} to ${inWords(most)} ${unit}`;
}

function range(from: number, to: number): string {
  return `from ${inWords(from)} to ${inWords(to)}`;
}

function extremes(rows: readonly ArrayLike<number>[]): { least: number; most: number } {
  const all = rows.flatMap(row => Array.from(row));
  return { least: Math.min(...all), most: Math.max(...all) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Enough colours that steps are hardly seen, few enough that a picture stays small. */
const SHADES = 17;

/** In pixels: all panels and bars together, the largest panel, between panels, and for a colour bar with its words. */
const [WIDTH, LARGEST, GAP, BAR] = [620, 230, 20, 80];
const FRAME = {
  nticks: 4,
  showgrid: false,
  zeroline: false,
  ticks: "outside",
  showline: true,
  mirror: true,
  linecolor: GREY,
};
const MARGIN = { l: 60, r: 10, t: 70, b: 55 };
