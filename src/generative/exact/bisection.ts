import { assertFunction, assertNumber, told } from "./check.ts";

/**
 * `x with f(x) = y`, for an increasing f, by halving an interval until no float64 number lies inside it.
 *
 * Needs nothing of f but that it increases: no derivative and no closed form. The interval starts as [−1, 1] and is
 * doubled until it holds the solution, so f must take values on both sides of y. x is as exact as f tells its
 * neighbours apart: the upper tail of a cumulative distribution function does not, see `quantile` of a `Density1d`.
 *
 * @throws RangeError where y is not between two values of f, f is NaN, or does not increase where y is
 * @example
 * bisection(x => x ** 3, 27).toFixed(12) // => "3.000000000000"
 */
export function bisection(f: (x: number) => number, y: number): number {
  assertFunction("bisection", "f", f);
  if (typeof y !== "number") assertNumber("bisection", "y", y);
  let [from, to] = [-1, 1];
  while (f(from) > y && from > -Number.MAX_VALUE) from = Math.max(2 * from, -Number.MAX_VALUE);
  while (f(to) < y && to < Number.MAX_VALUE) to = Math.min(2 * to, Number.MAX_VALUE);
  if (!(f(from) <= y && f(to) >= y)) {
    throw new RangeError(
      `bisection: y must be a value of f, but got ${y}; f reaches from ${f(from)} to ${f(to)}, and it must increase.`,
    );
  }
  if (f(from) === f(to)) {
    throw new RangeError(
      `bisection: f must increase, but got ${y} from ${from} to ${to}; every x there is a solution: take the one you want.`,
    );
  }
  return rootBetween(f, y, from, to);
}

/** The same between two ends, which are taken as they are. */
export function rootBetween(f: (x: number) => number, y: number, from: number, to: number): number {
  for (;;) {
    // Halved first: to − from may overflow. Where that rounds beyond an end, none is left inside.
    const middle = from / 2 + to / 2;
    if (!(middle > from && middle < to)) return Math.min(Math.max(middle, from), to);
    const value = f(middle);
    if (typeof value !== "number" || Number.isNaN(value)) {
      throw new RangeError(
        `bisection: f must be a number everywhere, but got ${told(value)} at ${middle}; mend f there.`,
      );
    }
    if (value < y) from = middle;
    else to = middle;
  }
}
