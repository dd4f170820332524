import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { assertPlace, sliderLayout } from "./sliders.ts";
import { axis, colour, dash } from "./theme.ts";

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
  assertPlace("bendingFlow", "start", "bends", start, bends.length);
  const shown = bends[start] as BendingFlow["bends"][number];
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
  const slider = {
    prefix: "bend: ",
    active: start,
    steps: bends.map(({ bend, z, density }) => ({
      label: String(bend),
      update: { y: [rounded(density), rounded(z)] },
      traces: [0, 1],
    })),
  };
  return figure({
    data: [curve("density of x", shown.density, 0), curve("z = f(x)", shown.z, 1)],
    layout: sliderLayout(title, [slider], {
      height: 540,
      right: 70,
      xaxis: axis("x, dimensionless"),
      yaxis: axis("density, per unit of x", { rangemode: "tozero" }),
      yaxis2: axis("z, base standard deviations", { overlaying: "y", side: "right", showgrid: false }),
    }),
    alt:
      `With f bent by ${inWords(shown.bend)}, the density of x is highest at ${inWords(x[highest] as number)} with ` +
      `${inWords(shown.density[highest] as number)}, where f is steep; a slider bends f from ${inWords(bends[0]?.bend ?? 0)} to ` +
      `${inWords(bends.at(-1)?.bend ?? 0)}.`,
  });
}
