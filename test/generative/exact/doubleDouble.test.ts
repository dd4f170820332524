import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import {
  divide,
  type Double,
  type DoubleMatrix,
  doubled,
  get,
  multiply,
  rounded,
  rowProduct,
  rowSum,
  set,
  squareRoot,
  subtract,
  subtractMultiple,
  transposed,
  zeros,
} from "../../../src/generative/exact/doubleDouble.ts";

/** A float64 number, and sums of them, in units of 2⁻⁴⁰⁰: whole, so that a bigint holds it exactly. */
const SCALE = 400n;
const exact = (x: Double): bigint => BigInt(x[0] * 2 ** 400) + BigInt(x[1] * 2 ** 400);
const product = (a: Double, b: Double) => (exact(a) * exact(b)) >> SCALE;
const size = (x: bigint) => (x < 0n ? -x : x);

const random = new Random(12);
/** Numbers of many sizes, with 106 bits. */
function draw(): Double {
  const [a = 0, b = 0, e = 0] = random.normalArray(3);
  const high = a * 2 ** Math.round(3 * e);
  const low = Math.abs(high) * 2 ** -54 * Math.max(-0.99, Math.min(0.99, b));
  return [high + low, low - (high + low - high)];
}
const draws = Array.from({ length: 200 }, () => [draw(), draw()] as const);

function matrix(rows: number, columns: number): DoubleMatrix {
  const A = zeros(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) set(A, i, j, draw());
  return A;
}

/** Within 2⁻¹⁰² of `of`, by whole numbers; and the low part is below half a unit of the last place of the high one. */
function expectExact(actual: Double, expected: bigint, of: bigint = expected): void {
  const error = size(exact(actual) - expected);
  expect(error << 102n <= size(of), `off by 2^-${(size(of) / (error || 1n)).toString(2).length}`).toBe(true);
  expect(actual[0] + actual[1]).toBe(actual[0]);
}

describe("numbers of 31 digits, against whole numbers", () => {
  it("a − b", () => {
    for (const [a, b] of draws) {
      expectExact(subtract(a, b), exact(a) - exact(b), size(exact(a)) + size(exact(b)));
      // What is left where the high parts cancel is exact.
      const close: Double = [a[0], -a[1]];
      expect(exact(subtract(a, close))).toBe(exact(a) - exact(close));
    }
  });

  it("a b", () => {
    for (const [a, b] of draws) expectExact(multiply(a, b), product(a, b));
  });

  it("a / b", () => {
    for (const [a, b] of draws) expectExact(divide(a, b), (exact(a) << SCALE) / exact(b));
    expect(divide([1, 0], [3, 0])).toEqual([1 / 3, 2 ** -54 / 3]);
  });

  it("√a", () => {
    for (const [a] of draws) {
      const positive: Double = a[0] < 0 ? [-a[0], -a[1]] : a;
      const root = squareRoot(positive);
      expectExact([root[0], root[1]], exact(root));
      expect(size(product(root, root) - exact(positive)) << 101n <= exact(positive)).toBe(true);
    }
    expect(squareRoot([0, 0])).toEqual([0, 0]);
  });

  it("the sum of a row, and nothing of other rows, where its numbers nearly cancel too", () => {
    for (const columns of [1, 2, 7, 40]) {
      const A = matrix(3, columns);
      if (columns > 2) set(A, 1, 2, [-(get(A, 1, 0)[0] + get(A, 1, 1)[0]), 2 ** -90]);
      for (let i = 0; i < 3; i++) {
        const row = Array.from({ length: columns }, (_, j) => exact(get(A, i, j)));
        expectExact(
          rowSum(A, i),
          row.reduce((sum, x) => sum + x, 0n),
          row.reduce((sum, x) => sum + size(x), 0n),
        );
      }
    }
  });

  it("a row times a row of another matrix", () => {
    for (const columns of [1, 2, 7, 40]) {
      const [A, B] = [matrix(3, columns), matrix(2, columns)];
      for (let i = 0; i < 3; i++) {
        for (let k = 0; k < 2; k++) {
          const terms = Array.from({ length: columns }, (_, j) => product(get(A, i, j), get(B, k, j)));
          expectExact(
            rowProduct(A, i, B, k),
            terms.reduce((sum, x) => sum + x, 0n),
            terms.reduce((sum, x) => sum + size(x), 0n),
          );
        }
      }
    }
  });

  it.each([
    [undefined, undefined, 0, 6],
    [2, undefined, 2, 6],
    [1, 4, 1, 4],
  ])(
    "a multiple of a row is subtracted from column %s to column %s, and the rest left alone",
    (from, to, first, end) => {
      for (let trial = 0; trial < 20; trial++) {
        const [target, source, f] = [matrix(4, 6), matrix(3, 6), draw()];
        const before = { ...target, high: target.high.slice(), low: target.low.slice() };
        subtractMultiple(target, 1, source, 2, f, from, to);
        for (let i = 0; i < 4; i++) {
          for (let j = 0; j < 6; j++) {
            const [was, is] = [get(before, i, j), get(target, i, j)];
            if (i !== 1 || j < first || j >= end) {
              expect(is).toEqual(was);
              continue;
            }
            const term = product(f, get(source, 2, j));
            expectExact(is, exact(was) - term, size(exact(was)) + size(term));
          }
        }
      }
    },
  );
});

describe("matrices", () => {
  const rows = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];

  it("of float64 numbers and back, with their places exchanged", () => {
    const A = doubled(rows);
    expect([A.rows, A.columns, [...A.high], [...A.low]]).toEqual([3, 2, [1, 2, 3, 4, 5, 6], Array(6).fill(0)]);
    expect(rounded(A)).toEqual(rows);
    set(A, 2, 1, [7, 2 ** -60]);
    expect(get(A, 2, 1)).toEqual([7, 2 ** -60]);
    expect(rounded(A)[2]).toEqual([5, 7]);
    const T = transposed(A);
    expect([T.rows, T.columns]).toEqual([2, 3]);
    expect([...T.high]).toEqual([1, 3, 5, 2, 4, 7]);
    expect([...T.low]).toEqual([0, 0, 0, 0, 0, 2 ** -60]);
  });

  it("without a row have no column", () => {
    expect([doubled([]).rows, doubled([]).columns]).toEqual([0, 0]);
    expect(rounded(doubled([]))).toEqual([]);
  });
});
