import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, colour, layout } from "./theme.ts";
import type { Plain } from "./figure.ts";

export interface DeformedGrid {
  /** The lines of a grid after a map: each the points of one line, [points][2]; those of constant x₁ and of constant x₂. */
  first: readonly (readonly ArrayLike<number>[])[];
  second: readonly (readonly ArrayLike<number>[])[];
  /** log |det J| of the map, somewhere on the grid: told in words. */
  logDets: ArrayLike<number>;
  title?: string;
}

/** What a map of the plane does to a square grid: where its lines come to lie. */
export function deformedGrid({ first, second, logDets, title = "The grid after the flow" }: DeformedGrid): Figure {
  const families = { "x<sub>1</sub> constant": first, "x<sub>2</sub> constant": second };
  for (const [name, lines] of Object.entries(families)) {
    assertColumns("deformedGrid", {
      [`lines of ${name}`]: lines.flatMap(line => line.flatMap(point => Array.from(point))),
    });
  }
  assertColumns("deformedGrid", { logDets });
  const values = Array.from(logDets);
  return figure({
    data: Object.entries(families).map(([name, lines], index) => ({
      type: "scatter",
      mode: "lines",
      name,
      x: withGaps(lines, 0),
      y: withGaps(lines, 1),
      line: { color: colour(index), width: 1 },
    })),
    layout: layout(title, {
      height: 560,
      xaxis: axis("z<sub>1</sub>, base standard deviations"),
      yaxis: axis("z<sub>2</sub>, base standard deviations", { scaleanchor: "x" }),
    }),
    alt:
      `A square grid of ${first.length} by ${second.length} lines after a map of the plane; ` +
      `cells grow by a factor from ${inWords(Math.exp(Math.min(...values)), 2)} to ${inWords(Math.exp(Math.max(...values)), 2)}.`,
  });
}

/** One coordinate of all lines, with a gap behind each. */
function withGaps(lines: DeformedGrid["first"], coordinate: number): Plain[] {
  return lines.flatMap(line => [
    ...rounded(
      line.map(point => point[coordinate] as number),
      3,
    ),
    null,
  ]);
}
