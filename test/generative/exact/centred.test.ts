import { expect, it } from "vitest";
import { centred, meanSquares } from "../../../src/generative/exact/centred.ts";
import { get, rowSum, subtract } from "../../../src/generative/exact/doubleDouble.ts";

const data = [
  [1, 10],
  [2, 20],
  [4, 60],
];

it("data less their mean sum to 0 with 31 digits, and have the mean squares that thirds and ninths say", () => {
  const { mean, columns } = centred("test", data);
  expect(mean).toEqual([7 / 3, 30]);
  expect([columns.rows, columns.columns]).toEqual([2, 3]);
  expect([...columns.high]).toEqual([-4 / 3, -1 / 3, 5 / 3, -20, -10, 30]);
  for (const j of [0, 1]) expect(Math.abs(rowSum(columns, j)[0])).toBeLessThan(1e-31);
  const S = meanSquares(columns);
  expect([S.rows, S.columns, ...S.high]).toEqual([2, 2, 14 / 9, 80 / 3, 80 / 3, 1400 / 3]);
  // 14/9 and 80/3 less their float64 numbers, by mpmath.
  expect(subtract(get(S, 0, 0), [14 / 9, -2.46716227694479e-17])[0]).toBeCloseTo(0, 30);
  expect(subtract(get(S, 0, 1), [80 / 3, -1.1842378929335e-15])[0]).toBeCloseTo(0, 28);
  expect(get(S, 1, 0)).toEqual(get(S, 0, 1));
});

it("data far from 0 keep the digits of their spread", () => {
  const { columns } = centred("test", [[2 ** 52], [2 ** 52 + 1]]);
  expect(meanSquares(columns).high[0]).toBe(0.25);
  expect(() => centred("test", [])).toThrow(/test: /);
  expect(() => centred("test", [[1], [1, 2]])).toThrow(/equally long/);
});
