import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords } from "./numbers.ts";
import { axis, layout } from "./theme.ts";
import { line } from "./traces.ts";

export interface Densities1d {
  /** The grid. */
  z: ArrayLike<number>;
  /** Densities on the grid: prior, likelihood, posterior, proposal. */
  curves: readonly { name: string; values: ArrayLike<number> }[];
  /** What the grid is of, a comma, and its unit; default "z". */
  variable?: string;
  title?: string;
}

/** Densities over one variable, on one grid. */
export function densities1d({ z, curves, variable = "z", title = "Densities" }: Densities1d): Figure {
  if (curves.length === 0) {
    throw new RangeError("densities1d: curves must have a curve, but got none; there is nothing to draw.");
  }
  assertColumns("densities1d", {
    z,
    ...Object.fromEntries(curves.map(({ name, values }) => [`curve ${name}`, values])),
  });
  return figure({
    data: curves.map(({ name, values }, index) => line(name, z, values, index)),
    layout: layout(title, { xaxis: axis(variable), yaxis: axis(`density, per unit of ${variable.split(",")[0]}`) }),
    alt: `Over ${variable}, ${curves.map(curve => peak(z, curve)).join("; ")}.`,
  });
}

function peak(z: ArrayLike<number>, { name, values }: Densities1d["curves"][number]): string {
  let top = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] as number) > (values[top] as number)) top = i;
  return `${name} is highest at ${inWords(z[top] as number)} with ${inWords(values[top] as number)}`;
}
