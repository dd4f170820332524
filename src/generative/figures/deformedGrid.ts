import { type Figure, figure, type Plain } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { corners } from "./corners.ts";
import { axis, colour, layout } from "./theme.ts";

export interface DeformedGrid {
  /** The places of a lattice in the plane, in increasing order. */
  x1: ArrayLike<number>;
  x2: ArrayLike<number>;
  /** Where a map sends the place (x1[i], x2[j]): [x1][x2], two coordinates each. */
  z: readonly (readonly ArrayLike<number>[])[];
  /** Every so many places a line is drawn; the places between show how it bends. Default: 1. */
  every?: number;
  title?: string;
}

/** What a map of the plane does to a grid: where its lines come to lie, and by how much its cells grow. */
export function deformedGrid({ x1, x2, z, every = 1, title = "The grid after the flow" }: DeformedGrid): Figure {
  assertColumns("deformedGrid", { x1, "rows of z": Array.from(z, () => 0) });
  for (const [i, row] of z.entries()) {
    assertColumns("deformedGrid", { x2, [`row ${i} of z`]: Array.from(row, point => point[0] as number) });
    assertColumns("deformedGrid", { x2, [`row ${i} of z`]: Array.from(row, point => point[1] as number) });
  }
  assertWholeCells(every, { x1, x2 });
  const first = z.filter((_, i) => i % every === 0);
  const second = Array.from(x2, (_, j) => z.map(row => row[j] as ArrayLike<number>)).filter((_, j) => j % every === 0);
  const grows = growth(x1, x2, z, every);
  const tolerance = UNSEEN * extent(z.flat());
  return figure({
    data: Object.entries({ "x<sub>1</sub> constant": first, "x<sub>2</sub> constant": second }).map(
      ([name, lines], index) => ({
        type: "scatter",
        mode: "lines",
        name,
        x: withGaps(lines, 0, tolerance),
        y: withGaps(lines, 1, tolerance),
        line: { color: colour(index), width: 1 },
      }),
    ),
    layout: layout(title, {
      height: 560,
      xaxis: axis("z<sub>1</sub>, base standard deviations", { constrain: "domain" }),
      yaxis: axis("z<sub>2</sub>, base standard deviations", { scaleanchor: "x", constrain: "domain" }),
    }),
    alt:
      `${first.length} lines of constant x<sub>1</sub>, ${ends(x1)}, and ${second.length} of constant x<sub>2</sub>, ` +
      `${ends(x2)}, after a map of the plane; the areas of the cells between them are multiplied by ` +
      `${inWords(Math.min(...grows), 2)} to ${inWords(Math.max(...grows), 2)}.`,
  });
}

/** For each cell between drawn lines, its area after the map over its area before. */
function growth(x1: ArrayLike<number>, x2: ArrayLike<number>, z: DeformedGrid["z"], every: number): number[] {
  const grows: number[] = [];
  for (let i = 0; i + every < x1.length; i += every) {
    for (let j = 0; j + every < x2.length; j += every) {
      const along = Array.from({ length: every }, (_, k) => k);
      const outline = [
        ...along.map(k => z[i + k]?.[j]),
        ...along.map(k => z[i + every]?.[j + k]),
        ...along.map(k => z[i + every - k]?.[j + every]),
        ...along.map(k => z[i]?.[j + every - k]),
      ] as ArrayLike<number>[];
      const before = step(x1, i, every) * step(x2, j, every);
      grows.push(Math.abs(areaInside(outline)) / before);
    }
  }
  return grows;
}

/** ½ Σ (x_k y_k+1 − x_k+1 y_k): the area inside an outline, negative where it runs clockwise. */
function areaInside(outline: readonly ArrayLike<number>[]): number {
  return outline.reduce((sum, point, k) => {
    const next = outline[(k + 1) % outline.length] as ArrayLike<number>;
    return sum + 0.5 * ((point[0] as number) * (next[1] as number) - (next[0] as number) * (point[1] as number));
  }, 0);
}

function step(places: ArrayLike<number>, from: number, every: number): number {
  return (places[from + every] as number) - (places[from] as number);
}

function ends(places: ArrayLike<number>): string {
  return `from ${inWords(places[0] as number)} to ${inWords(places[places.length - 1] as number)}`;
}

function assertWholeCells(every: number, places: Record<string, ArrayLike<number>>): void {
  for (const [name, { length }] of Object.entries(places)) {
    if (Number.isInteger(every) && every > 0 && length > every && (length - 1) % every === 0) continue;
    throw new RangeError(
      `deformedGrid: ${name} must have a whole number of cells of ${every} places, but got ${length} places; ` +
        "give one more than a multiple of every.",
    );
  }
}

/** One coordinate of all lines, with a gap behind each. */
function withGaps(lines: DeformedGrid["z"], coordinate: number, tolerance: number): Plain[] {
  return lines.flatMap(line => [
    ...rounded(
      corners(line, tolerance).map(point => point[coordinate] as number),
      3,
    ),
    null,
  ]);
}

function extent(points: readonly ArrayLike<number>[]): number {
  const all = points.flatMap(point => Array.from(point));
  return Math.max(...all) - Math.min(...all);
}

/** Of the whole figure: less than a pixel. */
const UNSEEN = 0.0015;
