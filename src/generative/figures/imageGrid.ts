import { type Figure, figure, type Plain } from "./figure.ts";
import { GAP, gridImage, SCALE, visible } from "./gridImage.ts";
import type { ImageShape } from "./pixels.ts";
import { GREY, layout } from "./theme.ts";

export interface ImageGrid extends ImageShape {
  images: readonly number[][];
  columns: number;
  title: string;
  alt: string;
  /** Words left of each row. */
  rowLabels?: readonly string[];
  /** Words above each column. */
  columnLabels?: readonly string[];
  /** Colours, "#RRGGBB", of which a pixel's value is the place; default: values in [0, 1] are greys. */
  palette?: readonly string[];
  /** What the colours mean. */
  legend?: readonly { name: string; colour: string }[];
}

/**
 * A figure of images in rows: one PNG behind hidden axes, which count pixels from the upper left corner.
 *
 * @throws RangeError where `columns` is not a positive integer or there is not one label for each row or column.
 */
export function imageGrid(what: string, grid: ImageGrid): Figure {
  const { title, alt, rowLabels = [], columnLabels = [], palette, legend = [] } = grid;
  assertColumnCount(what, grid.columns);
  const columns = Math.min(grid.columns, grid.images.length);
  const { images, height, width } = visible(grid.images, grid, columns);
  const rows = Math.ceil(images.length / columns);
  assertLabels(what, "rowLabels", rowLabels, rows);
  assertLabels(what, "columnLabels", columnLabels, columns);

  const picture = gridImage(images, { height, width }, columns, palette);
  const labels = 20 + 8 * longest(rowLabels);
  // Plotly cuts a title that is wider than its figure.
  const spare = Math.max(0, 40 + 9 * title.length - (labels + picture.width * SCALE + 20));
  const margin = {
    l: labels + spare / 2,
    r: 20 + spare / 2,
    t: columnLabels.length > 0 ? 70 : 50,
    b: 20 + 20 * legend.length,
  };
  return figure({
    // Plotly sets up axes only for a trace; this one shows nothing.
    data: [
      {
        type: "scatter",
        mode: "markers",
        x: [0],
        y: [0],
        marker: { opacity: 0 },
        hoverinfo: "skip",
        showlegend: false,
      },
      ...legend.map(meaning),
    ],
    layout: layout(title, {
      width: picture.width * SCALE + margin.l + margin.r,
      height: picture.height * SCALE + margin.t + margin.b,
      margin,
      legend: { x: 0, y: -8 / (picture.height * SCALE), yanchor: "top", itemclick: false, itemdoubleclick: false },
      xaxis: { visible: false, fixedrange: true, range: [0, picture.width], constrain: "domain" },
      // Square pixels, whatever width the page gives the figure.
      yaxis: {
        visible: false,
        fixedrange: true,
        range: [picture.height, 0],
        scaleanchor: "x",
        constrain: "domain",
      },
      images: [
        {
          source: picture.source,
          xref: "x",
          yref: "y",
          x: 0,
          y: 0,
          sizex: picture.width,
          sizey: picture.height,
          sizing: "stretch",
          layer: "below",
        },
      ],
      // White pixels at the edge are seen on a white page.
      shapes: [{ type: "rect", x0: 0, y0: 0, x1: picture.width, y1: picture.height, line: { color: GREY, width: 1 } }],
      annotations: [
        ...rowLabels.map((text, row) => label(text, { x: 0, y: row * (height + GAP) + height / 2, xanchor: "right" })),
        ...columnLabels.map((text, column) =>
          label(text, { x: column * (width + GAP) + width / 2, y: 0, yanchor: "bottom" }),
        ),
      ],
    }),
    alt,
  });
}

export function assertColumnCount(what: string, columns: number): void {
  if (Number.isInteger(columns) && columns > 0) return;
  throw new RangeError(`${what}: columns must be a positive integer, but got ${columns}; 10 is usual.`);
}

function label(text: string, place: { readonly [key: string]: Plain }): { readonly [key: string]: Plain } {
  return { text, showarrow: false, xref: "x", yref: "y", ...place };
}

/** A line of the legend: a trace that draws nothing. */
function meaning({ name, colour }: { name: string; colour: string }): Figure["data"][number] {
  const marker = { symbol: "square", size: 12, color: colour, line: { color: GREY, width: 1 } };
  return { type: "scatter", mode: "markers", name, x: [null], y: [null], marker, showlegend: true };
}

function assertLabels(what: string, name: string, labels: readonly string[], count: number): void {
  if (labels.length === 0 || labels.length === count) return;
  throw new RangeError(`${what}: ${name} must be ${count} or none, but got ${labels.length}; give one for each.`);
}

function longest(labels: readonly string[]): number {
  return labels.reduce((length, text) => Math.max(length, text.length), 0);
}
