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

  it("refuses features without labels", () => {
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
