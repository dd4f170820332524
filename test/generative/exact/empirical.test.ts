import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { Empirical, entropy, Histogram } from "../../../src/generative/exact/index.ts";
import { expectMean } from "../../support/close.ts";

describe("Empirical", () => {
  const data = ["a", "b", "a", "c", "a", "b"];
  const p = new Empirical(data);

  it("counts, and sums to 1", () => {
    expect(["a", "b", "c"].map(x => p.probability(x))).toEqual([3 / 6, 2 / 6, 1 / 6]);
    expect([...p.counts.keys()].reduce((sum, x) => sum + p.probability(x), 0)).toBeCloseTo(1, 15);
  });

  it("has the entropy of its table, at most log n", () => {
    expect(p.entropy()).toBeCloseTo(entropy([3 / 6, 2 / 6, 1 / 6]), 14);
    expect(p.entropy()).toBeLessThan(Math.log(6));
    expect(new Empirical([1, 2, 3, 4]).entropy()).toBeCloseTo(Math.log(4), 14);
  });

  it("has the highest likelihood of all tables on its own data", () => {
    const loss = (q: Record<string, number>) => -data.reduce((sum, x) => sum + Math.log(q[x] as number), 0) / 6;
    const random = new Random(1);
    for (let trial = 0; trial < 200; trial++) {
      const [a, b, c] = Array.from(random.uniformArray(3)) as [number, number, number];
      expect(loss({ a: a / (a + b + c), b: b / (a + b + c), c: c / (a + b + c) })).toBeGreaterThan(p.entropy());
    }
  });

  it("rules out what it has not seen", () => expect(p.logProb("d")).toBe(-Infinity));

  it("tells from the values seen once how many are still unseen", () => {
    // Draws from 50 values with probabilities 1, ½, ⅓ … : what is left unseen against N₁ / n, 400 times.
    const weights = Array.from({ length: 50 }, (_, i) => 1 / (i + 1));
    const total = weights.reduce((a, b) => a + b);
    const random = new Random(3);
    const differences = Array.from({ length: 400 }, () => {
      const seen = Array.from(random.uniformArray(60), u => {
        let x = 0;
        for (let left = u * total; left >= (weights[x] as number); x++) left -= weights[x] as number;
        return x;
      });
      const known = new Empirical(seen);
      // N₁ / n estimates what was unseen when one value fewer had been drawn: the last one left out.
      const before = new Empirical(seen.slice(0, -1));
      const missing = weights.reduce((sum, weight, x) => sum + (before.counts.has(x) ? 0 : weight / total), 0);
      return known.unseen() - missing;
    });
    expectMean(differences, 0);
  });

  it("says by hand of one that comes thrice, one twice and one once", () => {
    expect([p.size, p.unseen(), p.logProb("a")]).toEqual([6, 1 / 6, Math.log(0.5)]);
    expect([...p.counts]).toEqual([
      ["a", 3],
      ["b", 2],
      ["c", 1],
    ]);
    expect(p.entropy()).toBeCloseTo(Math.log(2) / 2 + Math.log(3) / 3 + Math.log(6) / 6, 15);
  });

  it("refuses NaN", () => expect(() => new Empirical([1, Number.NaN])).toThrow(/but got NaN/));

  it("refuses no data", () => expect(() => new Empirical([])).toThrow(/data must have a value, but got none/));
});

describe("Histogram", () => {
  it.each([0, 0.1, 1])("sums to 1 over all its cells, λ = %d", uniform => {
    const p = new Histogram<number>([0, 3, 3, 5], { cells: 8, uniform });
    expect(Array.from({ length: 8 }, (_, x) => p.probability(x)).reduce((a, b) => a + b)).toBeCloseTo(1, 14);
  });

  it("is the empirical distribution for λ = 0, and uniform for λ = 1", () => {
    expect(new Histogram<number>([0, 0, 1], { cells: 4, uniform: 0 }).probability(0)).toBeCloseTo(2 / 3, 15);
    expect(new Histogram<number>([0, 0, 1], { cells: 4, uniform: 0 }).logProb(2)).toBe(-Infinity);
    expect(new Histogram<number>([0, 0, 1], { cells: 4, uniform: 1 }).probability(3)).toBe(0.25);
  });

  it("keeps the logarithm of a share that underflows", () => {
    const p = new Histogram<number>([0], { cells: 2 ** 1000, uniform: 1e-30 });
    expect(p.logProb(1)).toBeCloseTo(-30 * Math.LN10 - 1000 * Math.LN2, 10);
  });

  it("has the logarithm of its probability, of values seen and not", () => {
    const p = new Histogram<number>([0, 3, 3, 5], { cells: 8, uniform: 0.2 });
    // 0.8 · ¼ + 0.025, 0.025, 0.8 · ½ + 0.025
    [0.225, 0.025, 0.425].forEach((expected, i) => {
      expect(p.probability([0, 1, 3][i] as number)).toBeCloseTo(expected, 15);
      expect(p.logProb([0, 1, 3][i] as number)).toBeCloseTo(Math.log(expected), 14);
    });
    expect(new Histogram([1, 2], { cells: 2, uniform: 0 }).probability(2)).toBe(0.5);
  });

  it.each([-0.1, Number.NaN, Infinity])("refuses λ = %d", uniform => {
    expect(() => new Histogram([1], { cells: 2, uniform })).toThrow(/uniform must lie in \[0, 1\]/);
  });

  it.each([2.5, Infinity, Number.NaN])("refuses %d cells", cells => {
    expect(() => new Histogram([1, 2], { cells, uniform: 0 })).toThrow(/cells must be an integer of at least the 2/);
  });

  it("refuses too few cells and a λ that is no probability", () => {
    expect(() => new Histogram([1, 2, 3], { cells: 2, uniform: 0 })).toThrow(
      /at least the 3 different values, but got 2/,
    );
    expect(() => new Histogram([1], { cells: 2, uniform: 1.1 })).toThrow(/uniform must lie in \[0, 1\], but got 1.1/);
  });
});
