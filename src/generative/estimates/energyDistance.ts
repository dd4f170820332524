import { assertList } from "../exact/check.ts";
import { assertMatrix, type Rows } from "../exact/matrices.ts";

/**
 * `E = (2 E‖X − Y‖ − E‖X − X′‖ − E‖Y − Y′‖) / (2 E‖X − Y‖)`: how far apart two samples are, 0 to 1.
 *
 * 0 exactly where both come from one distribution, without a density of either. Pairs of a row with itself are left
 * out, so that the expectation is right and small values may come out negative. Székely & Rizzo, Energy statistics,
 * 2013.
 *
 * @throws RangeError for a sample of fewer than two rows, for rows of different lengths or of none, or for a NaN or ∞
 * @example
 * energyDistance([[0], [0]], [[1], [1]]) // => 1
 */
export function energyDistance(x: readonly ArrayLike<number>[], y: readonly ArrayLike<number>[]): number {
  assertRows("x", x);
  assertRows("y", y);
  assertMatrix("energyDistance", [...x, ...y] as unknown as Rows);
  const between = meanDistance(x, y, x.length * y.length);
  const withinX = meanDistance(x, x, x.length * (x.length - 1));
  const withinY = meanDistance(y, y, y.length * (y.length - 1));
  return between === 0 ? 0 : (2 * between - withinX - withinY) / (2 * between);
}

function assertRows(name: string, rows: readonly ArrayLike<number>[]): void {
  assertList("energyDistance", name, rows);
  if (rows.length >= 2) return;
  throw new RangeError(`energyDistance: ${name} must have two rows or more, but got ${rows.length}; draw more.`);
}

function meanDistance(x: readonly ArrayLike<number>[], y: readonly ArrayLike<number>[], pairs: number): number {
  let sum = 0;
  for (const a of x) for (const b of y) sum += distance(a, b);
  return sum / pairs;
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] as number) - (b[i] as number)) ** 2;
  if (squares > SMALLEST_SQUARE && squares < Infinity) return Math.sqrt(squares);
  if (squares === 0 && isEqual(a, b)) return 0;
  return Math.hypot(...Array.from(a, (value, i) => value - (b[i] as number))); // squares that left the range of doubles
}

function isEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const SMALLEST_SQUARE = 1e-280;
