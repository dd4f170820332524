import { describe, expect, it } from "vitest";
import { bit, indexOf } from "../../../src/generative/exact/enumerate.ts";
import { binaryVectors, permutations } from "../../../src/generative/exact/index.ts";

describe("binaryVectors", () => {
  it("are all different, in counting order", () => {
    const vectors = binaryVectors(5);
    expect(vectors.map(x => Number.parseInt(x.join(""), 2))).toEqual(Array.from({ length: 32 }, (_, n) => n));
    for (const [n, x] of vectors.entries()) expect([indexOf(x), x.map((_, i) => bit(n, i, 5))]).toEqual([n, x]);
  });
  it.each([0, 21, 1.5])("refuses d = %s", d =>
    expect(() => binaryVectors(d)).toThrow(/d must be an integer from 1 to 20/),
  );
});

describe("permutations", () => {
  it.each([
    [1, 1],
    [3, 6],
    [5, 120],
  ])("of %i are %i, all different", (n, count) => {
    const all = permutations(n);
    expect(new Set(all.map(String)).size).toBe(count);
    for (const ordering of all) expect([...ordering].sort()).toEqual(Array.from({ length: n }, (_, i) => i));
  });
  it("refuses nine", () => expect(() => permutations(9)).toThrow(/from 1 to 8, but got 9/));
});

describe("indexOf", () => {
  it("refuses what is no bit", () => {
    for (const wrong of [2, 0.5, -1, Number.NaN]) {
      expect(() => indexOf([1, wrong])).toThrow(/an entry must be 0 or 1, but got .* at 1/);
    }
  });
});
