import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend, Random } from "../../../src/engine/index.ts";
import {
  average,
  bitsPerDimension,
  copiedShare,
  energyDistance,
  fisherInformation,
  gradientStatistics,
  logProbFromBitsPerDimension,
  nearestNeighbours,
  perplexity,
  rocArea,
} from "../../../src/generative/estimates/index.ts";

beforeAll(() => chooseBackend());

const [inf, nan] = [Infinity, Number.NaN];

describe("average", () => {
  it("has a mean and an error at both ends of the range of float64", () => {
    const { mean, standardError } = average([1, 2, 6]);
    for (const c of [1e-300, 1e-200, 1e200, 2e307]) {
      const scaled = average([c, 2 * c, 6 * c]);
      expect(scaled.mean / c / mean).toBeCloseTo(1, 12);
      expect(scaled.standardError / c / standardError).toBeCloseTo(1, 12);
    }
    expect(average([1.5e308, 1.5e308])).toEqual({ mean: 1.5e308, standardError: 0, count: 2 });
    expect(average([-1.5e308, 1.5e308])).toMatchObject({ mean: 0, standardError: 1.5e308 });
  });

  it("of infinite values is infinite, and of NaN refused", () => {
    expect(average([1, inf]).mean).toBe(inf);
    expect(average([1, -inf]).mean).toBe(-inf);
    expect(average([1, inf]).standardError).toBeNaN();
    expect(average([1, inf, -inf]).mean).toBeNaN();
    expect(average([1.5e308, 1.5e308, -inf]).mean).toBe(-inf); // where the finite ones add up to ∞ before
    expect(average([-1.5e308, -1.5e308, inf]).mean).toBe(inf);
    expect(average([4, 4])).toEqual({ mean: 4, standardError: 0, count: 2 });
    expect(() => average([1, nan])).toThrow("average: values must be numbers, but got NaN at 1");
  });
});

it("average divides a sum once, so that equal values are their mean", () => {
  expect(average(new Array(49).fill(1))).toEqual({ mean: 1, standardError: 0, count: 49 });
});

describe("perplexity", () => {
  it("refuses what is no count, in one short line", () => {
    expect(() => perplexity([1, nan])).toThrow(
      "perplexity: counts must be 0 or more, and one positive, but got [1,NaN]",
    );
    expect(() => perplexity([1, inf])).toThrow("but got [1,Infinity]");
    expect(() => perplexity([])).toThrow("but got []");
    expect(() => perplexity([...new Array(500).fill(1), -1])).toThrow("but got -1;");
    expect(() => perplexity([-1, ...new Array(500).fill(1)])).toThrow("but got -1;");
    expect(() => perplexity(new Array(500).fill(0))).toThrow("but got a sum of 0;");
    expect(perplexity([1e-300, 1e-300])).toBeCloseTo(2, 12);
    expect(() => perplexity([...new Array(500).fill(1), inf])).toThrow("but got Infinity;");
    expect(() => perplexity([1e308, 1e308])).toThrow("but got [1e+308,1e+308]");
    expect(() => perplexity(new Array(8).fill(0))).toThrow("but got [0,0,0,0,0,0,0,0]");
  });
});

describe("rocArea", () => {
  it("counts ties half, infinite ones too", () => {
    expect(rocArea([-inf, 0, inf], [-inf, 0, inf]).area).toBe(0.5);
    expect(rocArea([1, 1, 2], [1, 2, 2]).area).toBeCloseTo((0.5 + 0.5 + 0 + 2 * (1 + 1 + 0.5)) / 9, 12);
    expect(rocArea([0], [0])).toEqual({ area: 0.5, standardError: 0.5 });
    expect(rocArea([0, 0], [1, 1])).toEqual({ area: 1, standardError: 0 });
  });

  it("refuses a set without scores on either side", () => {
    expect(() => rocArea([1], [])).toThrow("both sets must have a score, but got 1 and 0");
    expect(() => rocArea([nan], [1])).toThrow("but got NaN");
  });
});

describe("energyDistance", () => {
  it("does not depend on units, from 1e-200 to 1e200", () => {
    const rows = (seed: number) => Array.from({ length: 6 }, (_, i) => new Random(seed + i).normalArray(3));
    const [x, y] = [rows(1), rows(50).map(row => row.map(v => v + 1))];
    const expected = energyDistance(x, y);
    for (const c of [1e-200, 1e-8, 1e8, 1e200]) {
      const scaled = (sample: Float64Array[]) => sample.map(row => row.map(v => v * c));
      expect(energyDistance(scaled(x), scaled(y)) / expected).toBeCloseTo(1, 10);
    }
    expect(energyDistance([[1], [1]], [[1], [1]])).toBe(0);
  });

  it("refuses rows of other lengths, NaN and ∞", () => {
    expect(() => energyDistance([[0], [1]], [[0, 1], [2]])).toThrow(
      "energyDistance: rows must be equally long, but got 1 numbers in row 0 and 2",
    );
    expect(() => energyDistance([[0], [nan]], [[0], [1]])).toThrow(
      "energyDistance: every number must be finite, but got NaN",
    );
    expect(() => energyDistance([[0], [1]], [[0], [inf]])).toThrow("every number must be finite, but got Infinity");
    expect(() => energyDistance([[], []], [[], []])).toThrow("a matrix must have a number, but got none");
    expect(() => energyDistance([1, 2, 3] as never, [40, 50, 60] as never)).toThrow(
      "energyDistance: row 0 must be an array, but got 1;",
    );
    expect(() => energyDistance([[0]], [[0], [1]])).toThrow("x must have two rows or more, but got 1; draw more.");
  });
});

describe("nearestNeighbours", () => {
  it("are told apart where float32 products do not", () => {
    const data = tf.tensor2d([[0], [1000], [1000.05]]);
    const [found] = nearestNeighbours(tf.tensor2d([[1000.04]]), [data]);
    expect(found?.index).toBe(2);
    expect(found?.squaredDistance).toBeCloseTo(1e-4, 6);
    for (const offset of [0, 1e2, -1e4]) {
      const rows = new Random(1).normalArray(40 * 3).map(v => Math.fround(v + offset));
      const table = Array.from({ length: 40 }, (_, i) => Array.from(rows.subarray(3 * i, 3 * i + 3)));
      const q = table.slice(0, 7).map(row => row.map(v => Math.fround(v + 0.3)));
      const expected = q.map(a => {
        const squares = table.map(b => a.reduce((sum, v, i) => sum + (v - (b[i] as number)) ** 2, 0));
        return squares.indexOf(Math.min(...squares));
      });
      const parts = [table.slice(0, 13), table.slice(13)].map(part => tf.tensor2d(part));
      expect(nearestNeighbours(tf.tensor2d(q), parts).map(({ index }) => index)).toEqual(expected);
    }
  });

  it("do not depend on units, from 1e-30 to 1e37", () => {
    const rows = (seed: number, n: number) =>
      Array.from({ length: n }, (_, i) => Array.from(new Random(seed + i).normalArray(3)));
    const [q, x] = [rows(1, 5), rows(50, 40)];
    const scaled = (table: number[][], c: number) => tf.tensor2d(table.map(row => row.map(v => v * c)));
    const found = nearestNeighbours(scaled(q, 1), [scaled(x, 1)]);
    for (const c of [1e-30, 1e-22, 1e-8, 1e8, 1e22, 1e37]) {
      const other = nearestNeighbours(scaled(q, c), [scaled(x.slice(0, 7), c), scaled(x.slice(7), c)]);
      expect(other.map(({ index }) => index)).toEqual(found.map(({ index }) => index));
      other.forEach(({ squaredDistance }, i) => {
        expect(squaredDistance / c ** 2 / (found[i]?.squaredDistance as number)).toBeCloseTo(1, 5);
      });
    }
  });

  it.each([2, 7])("are those of float64 on both sides of where numbers are ordinary, of %i columns", d => {
    for (const [size, offset] of [
      [1, 0],
      [1, 2],
      [1, 4],
      [1, 300],
      [0.3e-12, 0],
      [3e-12, 0],
      [1e17, 0],
      [2e18, 0],
    ] as const) {
      const table = (seed: number, n: number) => new Random(seed).normal([n, d]).add(offset).mul(size) as tf.Tensor2D;
      const [q, x] = [table(1, 9), table(2, 300)];
      const rows = x.arraySync();
      const found = nearestNeighbours(q, [x.slice([0, 0], [130, d]), x.slice([130, 0])] as tf.Tensor2D[]);
      q.arraySync().forEach((query, i) => {
        const squares = rows.map(row => row.reduce((sum, v, j) => sum + (v - (query[j] as number)) ** 2, 0));
        const index = squares.indexOf(Math.min(...squares));
        expect(found[i]?.index).toBe(index);
        expect((found[i]?.squaredDistance as number) / (squares[index] as number)).toBeCloseTo(1, 12);
      });
    }
  });

  it("are found beside data far out of their scale", () => {
    const data = tf.tensor2d([[0], [1e30], [0.9e-20]]);
    expect(nearestNeighbours(tf.tensor2d([[1e-20]]), [data])).toMatchObject([{ index: 2 }]);
  });

  it("are the first of many alike, and none without a query", () => {
    const same = tf.ones([5000, 2]) as tf.Tensor2D;
    expect(nearestNeighbours(tf.ones([2, 2]), [same])).toEqual([
      { index: 0, squaredDistance: 0 },
      { index: 0, squaredDistance: 0 },
    ]);
    expect(nearestNeighbours(tf.zeros([0, 2]), [same])).toEqual([]);
    expect(nearestNeighbours(tf.ones([1, 2]), [tf.zeros([0, 2]), same])[0]?.index).toBe(0);
  });

  it("refuse NaN on either side, and no data", () => {
    expect(() => nearestNeighbours(tf.tensor2d([[nan]]), [tf.ones([2, 1])])).toThrow(
      "nearestNeighbours: queries must be finite, but got NaN in row 0, column 0;",
    );
    expect(() => nearestNeighbours(tf.ones([1, 1]), [tf.tensor2d([[nan], [0]])])).toThrow(
      "data must be finite, but got NaN in row 0, column 0;",
    );
    // beside rows that are near, in another part and in the same one
    const near = tf.zeros([1, 1]) as tf.Tensor2D;
    for (const lost of [nan, inf, -inf]) {
      const part = tf.tensor2d([[5], [lost], [0]]);
      expect(() => nearestNeighbours(near, [near, part])).toThrow(`data must be finite, but got ${lost} in row 1,`);
      expect(() => nearestNeighbours(near, [part, near])).toThrow(`data must be finite, but got ${lost} in row 1,`);
    }
    expect(() => nearestNeighbours(tf.zeros([0, 1]), [tf.zeros([0, 1])])).toThrow("data must have a row");
    expect(() => nearestNeighbours(tf.ones([1, 1]), [tf.zeros([0, 1])])).toThrow("data must have a row, but got none");
  });

  it("of nothing have no copied share", () => {
    const heldOut = new Array(100).fill(1);
    expect(() => copiedShare([], heldOut)).toThrow("copiedShare: there must be distances of samples, but got none;");
    expect(() => copiedShare([nan], heldOut)).toThrow("but got NaN");
  });
});

describe("gradientStatistics", () => {
  it("refuses no parameters, and an objective that mixes runs", () => {
    expect(() => gradientStatistics(t => t.sum(-1), [], 5)).toThrow("parameters must have an entry, but got none");
    expect(() => gradientStatistics(t => t.sum(), [1], 5)).toThrow(
      "must give one estimate a run, [5], but got shape []",
    );
    expect(gradientStatistics(t => t.square().sum(-1), [3], 5)).toEqual({
      mean: [6],
      variance: [0],
      standardError: [0],
    });
  });
});

describe("bitsPerDimension", () => {
  it("is ∞ for log 0, and refuses NaN", () => {
    expect(bitsPerDimension(-inf, 784)).toBe(inf);
    expect(logProbFromBitsPerDimension(inf, 784)).toBe(-inf);
    expect(() => bitsPerDimension(nan, 784)).toThrow("bitsPerDimension: logProb must be a number, but got NaN");
    expect(() => logProbFromBitsPerDimension(nan, 784)).toThrow(
      "logProbFromBitsPerDimension: bits must be a number, but got NaN",
    );
  });
});

describe("fisherInformation", () => {
  it("leaves out what cannot occur, and refuses what is no probability or no score", () => {
    expect(fisherInformation([[2], [-inf]], [1, 0])).toEqual([[4]]);
    expect(() => fisherInformation([[1]], [-1])).toThrow(
      "fisherInformation: a probability must not be negative, but got -1",
    );
    expect(() => fisherInformation([[1]], [nan])).toThrow("a probability must not be negative, but got NaN");
    expect(() => fisherInformation([[1], [1, 2]], [0.5, 0.5])).toThrow("of one length, but got 1 and 2 entries");
    expect(() => fisherInformation([[1]], [inf])).toThrow("probabilities must sum to 1, but got Infinity");
    expect(() => fisherInformation([[1], [2]], [0.5, 0.4])).toThrow("probabilities must sum to 1, but got 0.9");
    expect(() => fisherInformation([[2, nan]], [1])).toThrow("scores must be numbers, of one length, but got NaN;");
  });
});
