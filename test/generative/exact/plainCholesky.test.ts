import { expect, it } from "vitest";
import { plainMeanSquares } from "../../../src/generative/exact/centred.ts";
import { zeros } from "../../../src/generative/exact/doubleDouble.ts";
import { plainCholesky } from "../../../src/generative/exact/plainCholesky.ts";

/** Integers, so that every step of the factorisation is exact. */
const A = [
  [4, 0, 0, 0],
  [1, 3, 0, 0],
  [-1, 1, 5, 0],
  [2, -1, 1, 4],
];
const times = (scale: number, rows: readonly (readonly number[])[]) => rows.map(row => row.map(x => scale * x));
const square = (rows: readonly (readonly number[])[]) =>
  rows.map(row => rows.map(other => row.reduce((sum, x, k) => sum + x * (other[k] as number), 0)));

it("finds the factor that a covariance was made of", () => {
  expect(plainCholesky(square(A))).toEqual(A);
  expect(plainCholesky(times(4, square(A)))).toEqual(times(2, A));
});

it("takes the middle of two entries that differ by rounding", () => {
  expect(
    plainCholesky([
      [4, 3],
      [5, 8],
    ]),
  ).toEqual([
    [2, 0],
    [2, 2],
  ]);
});

it.each([1, 1e6, 1e-6])("leaves what loses nine tenths of its variance to those before it, in units of %s", c => {
  expect(
    plainCholesky([
      [c, 0.95 * c],
      [0.95 * c, c],
    ]),
  ).toBeUndefined();
  expect(
    plainCholesky([
      [c, 0.94 * c],
      [0.94 * c, c],
    ]),
  ).toBeDefined();
});

it.each([1e-210, 1e210])("leaves numbers that squares do not hold: %s", c => {
  expect(
    plainCholesky([
      [1, 0],
      [0, c],
    ]),
  ).toBeUndefined();
  expect(plainCholesky([[c]])).toBeUndefined();
});

it("mean squares are those of whole numbers, to the last digit", () => {
  const columns = zeros(2, 3);
  columns.high.set([1, -2, 1, 3, 0, -3]);
  expect(plainMeanSquares(columns)).toEqual([
    [2, 0],
    [0, 6],
  ]);
  columns.high.set([1, -2, 1, 3, 3, -9]);
  expect(plainMeanSquares(columns)).toEqual([
    [2, -4],
    [-4, 33],
  ]);
});
