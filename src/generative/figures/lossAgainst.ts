import { type Figure, figure } from "./figure.ts";
import { assertColumns, assertPositive, inWords } from "./numbers.ts";
import { axis, layout, logAxis } from "./theme.ts";
import { type Level, level, markedLine } from "./traces.ts";

export interface LossAgainst {
  /** What the loss is drawn against. Positive: the axis is logarithmic. */
  x: ArrayLike<number>;
  /** The title of that axis, with its unit: "training images, number of". */
  against: string;
  /** One loss for each x, in `unit`. */
  curves: readonly { name: string; loss: ArrayLike<number> }[];
  /** What no model can go below. */
  floor?: Level;
  /** "nats", "nats a dimension". */
  unit: string;
  title: string;
}

/** The losses of some models against one quantity: the amount of data, a width, a size. */
export function lossAgainst({ x, against, curves, floor, unit, title }: LossAgainst): Figure {
  if (curves.length === 0) {
    throw new RangeError("lossAgainst: curves must have a curve, but got none; there is nothing to draw.");
  }
  assertColumns("lossAgainst", { x, ...Object.fromEntries(curves.map(({ name, loss }) => [`curve ${name}`, loss])) });
  assertPositive("lossAgainst", { x });
  if (floor) assertColumns("lossAgainst", { floor: [floor.value] });
  const [first, last] = [x[0] as number, x[x.length - 1] as number];
  return figure({
    data: [
      ...curves.map(({ name, loss }, index) => markedLine(name, x, loss, index)),
      ...(floor ? [level(floor, first, last)] : []),
    ],
    layout: layout(title, { xaxis: logAxis(against, x), yaxis: axis(`loss, ${unit}`) }),
    alt:
      `From ${inWords(first)} to ${inWords(last)} (${against}), the loss in ${unit} goes ` +
      `${curves.map(course).join("; ")}${floor ? `; ${floor.name} is ${inWords(floor.value)}` : ""}.`,
  });
}

/** Where a curve begins and ends, and its lowest point where that is neither. */
function course({ name, loss }: LossAgainst["curves"][number]): string {
  const values = Array.from(loss);
  const ends = [values[0] as number, values.at(-1) as number] as const;
  const lowest = Math.min(...values);
  const dip = lowest < Math.min(...ends) ? ` by way of ${inWords(lowest)}` : "";
  return `from ${inWords(ends[0])}${dip} to ${inWords(ends[1])} for ${name}`;
}
