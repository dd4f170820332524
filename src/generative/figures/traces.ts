import type { Figure } from "./figure.ts";
import { inWords, rounded } from "./numbers.ts";
import { colour, dash, GREY, symbol } from "./theme.ts";

type Trace = Figure["data"][number];

/** A value that a curve is held against: a floor, a baseline, an exact answer. */
export interface Level {
  value: number;
  /** What it is, for the legend: "entropy of the data". */
  name: string;
}

/** A curve in the index-th colour and dash. */
export function line(name: string, x: ArrayLike<number>, y: ArrayLike<number>, index: number): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name,
    x: rounded(x),
    y: rounded(y),
    line: { color: colour(index), dash: dash(index), width: 2 },
  };
}

/** A curve through measured points, each of which is marked. */
export function markedLine(name: string, x: ArrayLike<number>, y: ArrayLike<number>, index: number): Trace {
  const marker = { color: colour(index), symbol: symbol(index), size: 7 };
  return { ...line(name, x, y, index), mode: "lines+markers", marker };
}

/** A thin dashed line across the figure from x = from to x = to. */
export function level({ name, value }: Level, from: number, to: number, style = "dash"): Trace {
  return {
    type: "scatter",
    mode: "lines",
    name: `${name}: ${inWords(value)}`,
    x: rounded([from, to]),
    y: rounded([value, value], 6),
    line: { color: GREY, dash: style, width: 1.5 },
  };
}
