import { type Figure, figure } from "./figure.ts";
import { assertColumns, inWords, rounded } from "./numbers.ts";
import { axis, colour, GREY, layout } from "./theme.ts";

export interface BarChart {
  /** Where the bars stand: numbers, or names. Bars with names have their values written above them. */
  x: readonly number[] | readonly string[];
  /** How high each is. */
  values: ArrayLike<number>;
  /** The title of the axis below, with its unit: "place in the sequence". Names need none. */
  against?: string;
  /** The title of the other axis, with its unit. */
  quantity: string;
  /** Which bars are grey: what was given, beside what follows from it. Default: none. */
  given?: readonly boolean[];
  title: string;
}

/** One quantity at some places, or of some things that have names. */
export function barChart({ x, values, against, quantity, given = [], title }: BarChart): Figure {
  assertColumns("barChart", { values });
  if (x.length !== values.length) {
    throw new RangeError(
      `barChart: x must be as long as values, ${values.length}, but got ${x.length}; give each bar its place or its name.`,
    );
  }
  const named = x.every(place => typeof place === "string");
  const heights = rounded(values);
  return figure({
    data: [
      {
        type: "bar",
        x,
        y: heights,
        marker: { color: heights.map((_, i) => (given[i] ? GREY : colour(0))) },
        showlegend: false,
        ...(named ? { text: heights.map(value => inWords(value, 2)), textposition: "outside", cliponaxis: false } : {}),
      },
    ],
    layout: layout(title, {
      height: 320,
      margin: { l: 70, r: 20, t: 50, b: 60 },
      xaxis: named ? { type: "category", automargin: true, ...titled(against) } : axis(against ?? ""),
      yaxis: axis(quantity, { rangemode: "tozero" }),
    }),
    alt: `${title}: ${quantity}, ${named ? each(x as readonly string[], heights) : highest(x as readonly number[], heights)}${told(x, given)}.`,
  });
}

function titled(against: string | undefined): { title: { text: string } } | object {
  return against === undefined ? {} : { title: { text: against } };
}

function each(names: readonly string[], heights: readonly number[]): string {
  return names.map((name, i) => `${name} ${inWords(heights[i] as number)}`).join(", ");
}

function highest(places: readonly number[], heights: readonly number[]): string {
  const most = heights.indexOf(Math.max(...heights));
  return `highest at ${inWords(places[most] as number)} with ${inWords(heights[most] as number)}`;
}

function told(x: BarChart["x"], given: readonly boolean[]): string {
  const names = x.filter((_, i) => given[i]);
  return names.length === 0 ? "" : `; given: ${names.join(", ")}`;
}
