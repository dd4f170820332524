/**
 * `x with f(x) = y`, for an increasing f, by halving an interval until no float64 number lies inside it.
 *
 * Needs nothing of f but that it increases: no derivative and no closed form. The interval starts as [−1, 1] and is
 * doubled until it holds the solution, so f must take values on both sides of y.
 *
 * @throws RangeError where y is not between two values of f
 * @example
 * bisection(x => x ** 3, 27).toFixed(12) // => "3.000000000000"
 */
export function bisection(f: (x: number) => number, y: number): number {
  let [from, to] = [-1, 1];
  while (f(from) > y && from > -Number.MAX_VALUE / 2) from *= 2;
  while (f(to) < y && to < Number.MAX_VALUE / 2) to *= 2;
  if (!(f(from) <= y && f(to) >= y)) {
    throw new RangeError(`bisection: y must be a value of f, but got ${y}; f reaches from ${f(from)} to ${f(to)}.`);
  }
  for (;;) {
    const middle = from + (to - from) / 2;
    if (middle <= from || middle >= to) return middle;
    if (f(middle) < y) from = middle;
    else to = middle;
  }
}
