import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { energyDistance, linearProbe } from "../../../src/generative/estimates/index.ts";

const draws = (random: Random, n: number, mean: number, std = 1) =>
  Array.from({ length: n }, () => Array.from(random.normalArray(2), e => mean + std * e));

describe("energyDistance", () => {
  it("is near 0 for two samples of one distribution, of either sign", () => {
    const values = Array.from({ length: 30 }, (_, seed) => {
      const random = new Random(seed);
      return energyDistance(draws(random, 60, 0), draws(random, 60, 0));
    });
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const error = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 30 / 29);
    expect(Math.abs(mean)).toBeLessThan(4.5 * error);
    expect(Math.min(...values)).toBeLessThan(0);
  });

  it("tells apart means and widths, and grows with the distance", () => {
    const random = new Random(1);
    const base = draws(random, 200, 0);
    const [near, far] = [0.5, 2].map(mean => energyDistance(base, draws(random, 200, mean))) as [number, number];
    expect(near).toBeGreaterThan(0.01);
    expect(far).toBeGreaterThan(5 * near);
    expect(energyDistance(base, draws(random, 200, 0, 3))).toBeGreaterThan(0.05);
  });

  it("is the formula on four numbers", () => {
    // Between the sets 1, 5, 1 and 3, within them 2 and 4: (2 · 2.5 − 2 − 4)/(2 · 2.5).
    expect(energyDistance([[0], [2]], [[1], [5]])).toBeCloseTo(-0.2, 12);
  });

  it("is 1 for two points that are apart, 0 for the same, and refuses one row", () => {
    expect(energyDistance([[0], [0]], [[1], [1]])).toBe(1);
    expect(energyDistance([[2], [2]], [[2], [2]])).toBe(0);
    expect(() => energyDistance([[0]], [[1], [2]])).toThrow(/x must have two rows or more, but got 1/);
  });
});

describe("linearProbe", () => {
  const random = new Random(2);
  const features = [0, 1, 2].flatMap(c => draws(random, 50, 4 * c, 0.5));
  const labels = [0, 1, 2].flatMap(c => Array<number>(50).fill(c));

  it("separates classes that a plane separates, and knows nothing of shuffled labels", () => {
    const corners = features.map(
      ([a, b], i) => (labels[i] === 1 ? [a as number, (b as number) - 6] : [a, b]) as number[],
    );
    expect(linearProbe(corners, labels, { classes: 3 }).accuracy(corners, labels)).toBeGreaterThan(0.97);
    const shuffled = Array.from(new Random(3).permutation(150), i => labels[i] as number);
    expect(linearProbe(corners, shuffled, { classes: 3 }).accuracy(corners, shuffled)).toBeLessThan(0.55);
  });

  it("does not care for the unit of the features", () => {
    const wide = features.map(row => row.map(v => 1000 * v));
    const predict = (rows: number[][]) => linearProbe(rows, labels, { classes: 3 }).predict(rows);
    expect(predict(wide)).toEqual(predict(features));
  });

  // y = ±1 at h = 1, 2, 3 for the classes 0, 0, 1. The normal equations of (h, 1), with their diagonal times 1 + λ, give
  // a boundary at h = 14 (1 + λ)/6.
  it.each([0, 0.01, 0.5, 1])("moves the boundary as the penalty %f says", penalty => {
    const probe = linearProbe([[1], [2], [3]], [0, 0, 1], { classes: 2, penalty });
    const boundary = (14 * (1 + penalty)) / 6;
    expect(probe.predict([[boundary - 1e-6], [boundary + 1e-6]])).toEqual([0, 1]);
    const usual = linearProbe([[1], [2], [3]], [0, 0, 1], { classes: 2 });
    expect(usual.predict([[(14 * 1.01) / 6 - 1e-6], [(14 * 1.01) / 6 + 1e-6]])).toEqual([0, 1]);
    expect(probe.accuracy([[-9], [-8], [99], [98]], [0, 1, 1, 1])).toBe(0.75);
  });

  it("leaves out a feature that is 0 in every row, wherever it stands", () => {
    const predict = (rows: number[][], given: number[][]) => linearProbe(rows, labels, { classes: 3 }).predict(given);
    const padded = features.map(([a, b]) => [0, a as number, 0, b as number]);
    const lit = padded.map(row => row.map(v => (v === 0 ? 100 : v))); // lit where it was always dark: no weight on it
    expect(predict(padded, padded)).toEqual(predict(features, features));
    expect(predict(padded, lit)).toEqual(predict(features, features));
  });

  it("refuses features without labels", () => {
    expect(() => linearProbe([], [], { classes: 2 })).toThrow("but got 0 rows and 0 labels");
    for (const label of [-1, 0.5, 2, Number.NaN]) {
      expect(() => linearProbe([[1], [2]], [0, label], { classes: 2 })).toThrow(`from 0 to 1, but got ${label};`);
    }
    expect(() => linearProbe([[1], [2, 3]], [0, 1], { classes: 2 })).toThrow(/^linearProbe: /);
    expect(() => linearProbe(features, [1], { classes: 3 })).toThrow(/but got 150 rows and 1 labels/);
    expect(() => linearProbe([[1], [2]], [0, 3], { classes: 3 })).toThrow(/integers from 0 to 2, but got 3/);
    expect(() => linearProbe([[1], [2, 3]], [0, 1], { classes: 2 })).toThrow(/equally long/);
    expect(() => linearProbe([[1], [Number.NaN]], [0, 1], { classes: 2 })).toThrow(/finite, but got NaN/);
    expect(() =>
      linearProbe(
        [
          [1, 1],
          [2, 2],
        ],
        [0, 1],
        { classes: 2, penalty: 0 },
      ),
    ).toThrow(/must be invertible/); // prettier-ignore
  });
});
