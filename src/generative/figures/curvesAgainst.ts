import { assertChoice } from "../exact/check.ts";
import { type Figure, figure } from "./figure.ts";
import { assertColumns, assertPositive, inWords } from "./numbers.ts";
import { corners } from "./corners.ts";
import { axis, layout, logAxis } from "./theme.ts";
import { type Level, level, line, markedLine } from "./traces.ts";

export interface CurvesAgainst {
  /** What the curves are drawn against. */
  x: ArrayLike<number>;
  /** The title of that axis, with its unit: "samples K". */
  against: string;
  /** One value for each x. A `law` is a formula, drawn without marks. */
  curves: readonly { name: string; values: ArrayLike<number>; law?: boolean }[];
  /** The title of the other axis, with its unit: "variance, relative". */
  quantity: string;
  /** Which axes are logarithmic; default: neither. */
  logarithmic?: "x" | "y" | "both";
  /** What the curves are held against. */
  exact?: Level;
  title: string;
}

/** Some quantities against one other: measured curves with marks, formulas without. */
export function curvesAgainst({ x, against, curves, quantity, logarithmic, exact, title }: CurvesAgainst): Figure {
  if (curves.length === 0) {
    throw new RangeError("curvesAgainst: curves must have a curve, but got none; there is nothing to draw.");
  }
  const columns = Object.fromEntries(curves.map(({ name, values }) => [`curve ${name}`, values]));
  assertColumns("curvesAgainst", { x, ...columns });
  if (exact) assertColumns("curvesAgainst", { exact: [exact.value] });
  if (logarithmic !== undefined) {
    assertChoice("curvesAgainst", "logarithmic", logarithmic, ["x", "y", "both"], "leave it out for neither");
  }
  const [logX, logY] = [logarithmic === "x" || logarithmic === "both", logarithmic === "y" || logarithmic === "both"];
  if (logX) assertPositive("curvesAgainst", { x });
  if (logY) assertPositive("curvesAgainst", columns);
  const [first, last] = [x[0] as number, x[x.length - 1] as number];
  const all = curves.flatMap(({ values }) => Array.from(values));
  return figure({
    data: [
      ...curves.map(({ name, values, law }, index) => {
        if (!law) return markedLine(name, x, values, index);
        const [places, heights] = logX || logY ? [x, values] : bends(x, values, all);
        return line(name, places, heights, index);
      }),
      ...(exact ? [level(exact, first, last)] : []),
    ],
    layout: layout(title, {
      xaxis: logX ? logAxis(against, x) : axis(against),
      yaxis: logY ? logAxis(quantity, all) : axis(quantity),
    }),
    alt:
      `From ${inWords(first)} to ${inWords(last)} (${against}), ${quantity}: ${curves.map(course).join("; ")}` +
      `${exact ? `; ${exact.name} is ${inWords(exact.value)}` : ""}.`,
  });
}

/** A law between straight axes, where it bends: a notebook keeps every number. */
function bends(x: ArrayLike<number>, values: ArrayLike<number>, all: readonly number[]): [number[], number[]] {
  const share = (value: number, among: readonly number[]) => value / (Math.max(...among) - Math.min(...among) || 1);
  const places = Array.from(x);
  const points = places.map((place, i) => [share(place, places), share(values[i] as number, all), i]);
  const kept = corners(points, UNSEEN).map(point => point[2] as number);
  return [kept.map(i => places[i] as number), kept.map(i => values[i] as number)];
}

/** Of the height or width of the figure: less than half a pixel. */
const UNSEEN = 0.001;

function course({ name, values }: CurvesAgainst["curves"][number]): string {
  return `${name} goes from ${inWords(values[0] as number)} to ${inWords(values[values.length - 1] as number)}`;
}
