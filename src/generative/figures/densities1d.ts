import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords } from "./numbers.ts";
import { axis, colour, layout } from "./theme.ts";
import { line } from "./traces.ts";

export interface Densities1d {
  /** The grid. */
  z: ArrayLike<number>;
  /** Densities on the grid: prior, likelihood, posterior, proposal. */
  curves: readonly { name: string; values: ArrayLike<number> }[];
  /** A function of the same variable that is no density, such as a distribution function, on an axis of its own. */
  beside?: { name: string; values: ArrayLike<number> /** The title of its axis, with its unit. */; quantity: string };
  /** What the grid is of, a comma, and its unit; default "z". */
  variable?: string;
  title?: string;
}

/** Densities over one variable, on one grid. */
export function densities1d({ z, curves, beside, variable = "z", title = "Densities" }: Densities1d): Figure {
  if (curves.length === 0) {
    throw new RangeError("densities1d: curves must have a curve, but got none; there is nothing to draw.");
  }
  assertColumns("densities1d", {
    z,
    ...Object.fromEntries(
      [...curves, ...(beside ? [beside] : [])].map(({ name, values }) => [`curve ${name}`, values]),
    ),
  });
  const right = colour(curves.length);
  return figure({
    data: [
      ...curves.map(({ name, values }, index) => line(name, z, values, index)),
      ...(beside ? [{ ...line(beside.name, z, beside.values, curves.length), yaxis: "y2" }] : []),
    ],
    layout: layout(title, {
      xaxis: axis(variable),
      yaxis: axis(`density, per unit of ${variable.split(",")[0]}`, { ...(beside && { rangemode: "tozero" }) }),
      ...(beside && {
        margin: { l: 70, r: 70, t: 50, b: 90 },
        // In the colour of its curve: with two axes the eye must be told which is whose.
        yaxis2: axis(beside.quantity, {
          title: { text: beside.quantity, font: { color: right } },
          tickfont: { color: right },
          overlaying: "y",
          side: "right",
          showgrid: false,
          rangemode: "tozero",
        }),
      }),
    }),
    alt:
      `Over ${variable}, ${curves.map(curve => peak(z, curve)).join("; ")}` +
      `${beside ? `; on an axis of its own, ${beside.name} goes ${course(beside.values)}` : ""}.`,
  });
}

/** Where a curve is highest: every peak that is as high as the highest, to the digits that are read out. */
function peak(z: ArrayLike<number>, { name, values }: Densities1d["curves"][number]): string {
  const heights = Array.from(values, value => inWords(value));
  const top = inWords(Array.from(values).reduce((a, b) => Math.max(a, b)));
  const peaks = Array.from(z).filter((_, i) => heights[i] === top && heights[i - 1] !== top);
  return `${name} is highest at ${peaks.map(place => inWords(place)).join(" and ")} with ${top}`;
}

function course(values: ArrayLike<number>): string {
  return `from ${inWords(values[0] as number)} to ${inWords(values[values.length - 1] as number)}`;
}
