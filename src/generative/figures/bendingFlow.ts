import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, colour, dash, layout } from "./theme.ts";

export interface BendingFlow {
  /** The grid. */
  x: ArrayLike<number>;
  /** For each position of the slider: its number, z = f(x) on the grid and the density of x. */
  bends: readonly { bend: number; z: ArrayLike<number>; density: ArrayLike<number> }[];
  /** The bend shown first: a place in `bends`. */
  start?: number;
  title?: string;
}

/** A flow of the line, z = f(x), and the density of x that it makes of a base, with a slider for how far f is bent. */
export function bendingFlow({ x, bends, start = 0, title = "A flow, and the density it makes" }: BendingFlow): Figure {
  bends.forEach(({ bend, z, density }) => {
    assertColumns("bendingFlow", { x, [`z at ${bend}`]: z, [`density at ${bend}`]: density });
  });
  const shown = bends[start];
  if (shown === undefined) {
    throw new RangeError(
      `bendingFlow: start must be a place in bends, of which there are ${bends.length}, but got ${start}; count from 0.`,
    );
  }
  const curve = (name: string, values: ArrayLike<number>, index: number) => ({
    type: "scatter",
    mode: "lines",
    name,
    x: rounded(x),
    y: rounded(values),
    line: { color: colour(index), dash: dash(index), width: 2, shape: "spline" },
    ...(index === 0 ? {} : { yaxis: "y2" }),
  });
  const highest = Array.from(shown.density).indexOf(Math.max(...Array.from(shown.density)));
  return figure({
    data: [curve("density of x", shown.density, 0), curve("z = f(x)", shown.z, 1)],
    layout: layout(title, {
      height: 480,
      margin: { l: 70, r: 70, t: 50, b: 150 },
      xaxis: axis("x, dimensionless"),
      yaxis: axis("density, per unit of x", { rangemode: "tozero" }),
      yaxis2: axis("z, base standard deviations", { overlaying: "y", side: "right", showgrid: false }),
      sliders: [
        {
          active: start,
          currentvalue: { prefix: "bend: " },
          y: -0.35,
          steps: bends.map(({ bend, z, density }) => ({
            label: String(bend),
            method: "restyle",
            args: [{ y: [rounded(density), rounded(z)] }, [0, 1]],
          })),
        },
      ],
    }),
    alt:
      `With f bent by ${inWords(shown.bend)}, the density of x is highest at ${inWords(x[highest] as number)} with ` +
      `${inWords(shown.density[highest] as number)}, where f is steep; a slider bends f from ${inWords(bends[0]?.bend ?? 0)} to ` +
      `${inWords(bends.at(-1)?.bend ?? 0)}.`,
  });
}
