import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { doubled, get, rounded, set, zeros } from "../../../src/generative/exact/doubleDouble.ts";
import { eliminate, exponentOf, logAbsDetOf, substitute } from "../../../src/generative/exact/elimination.ts";
import { expectClose } from "../../support/close.ts";
import { dyadicRows } from "../../support/dyadic.ts";

/** Entry (i, j) of L U as a whole number of units of 2⁻¹⁶⁰. */
function product({ factors }: ReturnType<typeof eliminate>, i: number, j: number): bigint {
  const whole = ([high, low]: readonly [number, number], scale: number) =>
    BigInt(high * 2 ** scale) + BigInt(Math.round(low * 2 ** scale));
  let sum = 0n;
  for (let k = 0; k <= Math.min(i, j); k++) {
    sum += (k === i ? 1n << 320n : whole(get(factors, i, k), 320)) * whole(get(factors, k, j), 320);
  }
  return sum >> 480n;
}

describe("elimination", () => {
  it.each([1, 2, 3, 8, 25])("of %i rows: L U is P A to 31 digits, with no factor above 1", d => {
    const A = dyadicRows(97, d, d);
    const found = eliminate(A);
    expect(found.singularAt).toBe(-1);
    expect([...found.order].sort((a, b) => a - b)).toEqual(A.map((_, i) => i));
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        const wanted = BigInt((A[found.order[i] as number]?.[j] as number) * 2 ** (found.exponent + 60)) << 100n;
        const error = product(found, i, j) - wanted;
        // 2⁻¹⁰⁰ of the largest entry, which is from 1 to 2.
        expect(error < 0n ? -error : error).toBeLessThan(1n << 63n);
        if (j < i) expect(Math.abs(get(found.factors, i, j)[0])).toBeLessThanOrEqual(1);
      }
    }
  });

  it("counts the exchanges of rows in the sign, and brings the largest entry to 1 … 2", () => {
    const cycle = [
      [0, 0, -12],
      [-5, 0, 0],
      [0, -7, 0],
    ];
    const found = eliminate(cycle);
    expect([found.order, found.parity, found.exponent]).toEqual([[1, 2, 0], 1, -3]);
    expect(logAbsDetOf(found).sign).toBe(-1);
    expect(logAbsDetOf(found).logAbs).toBeCloseTo(Math.log(420), 14);
    expect(rounded(substitute(found, doubled([[24], [10], [21]])))).toEqual([[-2], [-3], [-2]]);
    const exchange = eliminate([
      [0, 3],
      [2, 0],
    ]);
    expect([exchange.order, exchange.parity, exchange.exponent]).toEqual([[1, 0], -1, -1]);
    expect(logAbsDetOf(exchange).sign).toBe(-1);
    expect(
      logAbsDetOf(
        eliminate([
          [-2, 0],
          [0, -3],
        ]),
      ).sign,
    ).toBe(1); // prettier-ignore
  });

  it.each([
    {
      name: "a column of zeros",
      at: 1,
      A: [
        [1, 0, 2],
        [3, 0, 4],
        [5, 0, 7],
      ],
    },
    {
      name: "a row that is 7/3 of another, which is not exact",
      at: 1,
      A: [
        [3, 9],
        [7, 21],
      ],
    },
    {
      name: "zeros alone",
      at: 0,
      A: [
        [0, 0],
        [0, 0],
      ],
    },
    {
      name: "the last row as the sum of the others",
      at: 2,
      A: [
        [3, 1, 7],
        [7, 5, 2],
        [10, 6, 9],
      ],
    },
    {
      name: "two dependent rows, the first of which shows",
      at: 0,
      A: [
        [0, 1, 2],
        [0, 3, 4],
        [0, 5, 7],
      ],
    },
  ])("finds the first pivot that is 0: $name", ({ A, at }) => {
    const found = eliminate(A);
    expect(found.singularAt).toBe(at);
    expect(logAbsDetOf(found)).toEqual({ logAbs: -Infinity, sign: 0 });
  });

  it("tells a pivot that is 0 but for the rounding of 31 digits from one that is small", () => {
    const nearly = (e: number) => [
      [1, 1, 0],
      [1, 1 + 2 ** -52, 1],
      [0, 2 ** e, 2 ** (e + 52)],
    ];
    // The last pivot cancels altogether, and stays where 2⁻⁵⁰ of it is left.
    for (const e of [0, -40, -300]) {
      expect(eliminate(nearly(e)).singularAt).toBe(2);
      const A = nearly(e);
      (A[2] as number[])[2] = 2 ** (e + 52) * (1 + 2 ** -50);
      expect(eliminate(A).singularAt).toBe(-1);
      expect(logAbsDetOf(eliminate(A)).logAbs).toBeCloseTo((e - 50) * Math.LN2, 12);
    }
  });

  it("finds a row that others determine where rounding is larger than the entries of its last column", () => {
    const random = new Random(31);
    for (let trial = 0; trial < 200; trial++) {
      const d = 3 + (trial % 4);
      const whole = Array.from({ length: d - 1 }, () => Array.from({ length: d }, () => random.integer(19) - 9));
      const sum = whole.reduce((total, row) => total + (row[d - 1] as number), 0);
      const rows = whole.map((row, i) =>
        i > 0 ? row : [...row.slice(0, -1), (row[d - 1] as number) - sum + 2 ** -30],
      );
      const last = whole[0]?.map((_, j) => rows.reduce((total, row) => total + (row[j] as number), 0) / 16) as number[];
      expect(last[d - 1]).toBe(2 ** -34);
      expect(eliminate([...rows, last]).singularAt).toBeGreaterThanOrEqual(0);
      // The same number, in a place where it does not fit.
      const other = eliminate([...rows, last.map((v, j) => (j === d - 1 ? -v : v))]).singularAt;
      const minor = eliminate(rows.map(row => row.slice(0, -1))).singularAt;
      expect(other >= 0).toBe(minor >= 0);
    }
  });

  it("a singular matrix has sign 0, not −0", () => {
    const A = [
      [0, 1],
      [0, -3],
    ];
    expect(logAbsDetOf(eliminate(A))).toEqual({ logAbs: -Infinity, sign: 0 });
  });

  it("sees that ⅓ in float64 is 2⁻⁵⁴/3 below a third", () => {
    const A = [
      [3, 1],
      [1, 1 / 3],
    ];
    const { logAbs, sign } = logAbsDetOf(eliminate(A));
    expect(sign).toBe(-1);
    expectClose(logAbs, -54 * Math.LN2, { relative: 1e-15 });
  });

  it("solves for many right-hand sides at once, in any units: to 31 digits", () => {
    for (const e of [0, -300, 300]) {
      const A = dyadicRows(101, 6, 6).map(row => row.map(v => v * 2 ** e));
      const X = dyadicRows(103, 6, 3);
      // Products of multiples of 2⁻¹² are exact.
      const B = A.map(row => [0, 1, 2].map(j => row.reduce((sum, a, k) => sum + a * (X[k]?.[j] as number), 0)));
      const solved = substitute(eliminate(A), doubled(B));
      expect(rounded(solved)).toEqual(X);
      solved.low.forEach(low => {
        expect(Math.abs(low)).toBeLessThan(1e-25);
      });
    }
    const third = substitute(eliminate([[3]]), doubled([[1, 2]]));
    expectClose(third.low, [2 ** -54 / 3, 2 ** -53 / 3], { relative: 1e-15 });
    const low = zeros(1, 1);
    set(low, 0, 0, [1, 2 ** -60]);
    expect(substitute(eliminate([[4]]), low)).toEqual({
      rows: 1,
      columns: 1,
      high: Float64Array.of(0.25),
      low: Float64Array.of(2 ** -62),
    });
  });
});

it("the exponent of a number is that of its leading bit, from −1000 to 1000, and 0 for 0", () => {
  expect([1, 1.5, 2, 0.75, -8, 0.1, 0, -0].map(exponentOf)).toEqual([0, 0, 1, -1, 3, -4, 0, 0]);
  expect([1e300, 2 ** 1001, 2 ** 999, 2 ** -999, 2 ** -1001, 2 ** -1022].map(exponentOf)).toEqual([
    996, 1000, 999, -999, -1000, -1000,
  ]);
});
