import { describe, expect, it } from "vitest";
import { bit, indexOf } from "../../../src/generative/exact/enumerate.ts";
import { binaryVectors, permutations, vectors } from "../../../src/generative/exact/index.ts";

describe("binaryVectors", () => {
  it("are all different, in counting order", () => {
    const vectors = binaryVectors(5);
    expect(vectors.map(x => Number.parseInt(x.join(""), 2))).toEqual(Array.from({ length: 32 }, (_, n) => n));
    for (const [n, x] of vectors.entries()) expect([indexOf(x), x.map((_, i) => bit(n, i, 5))]).toEqual([n, x]);
  });
  it("of one bit are 0 and 1", () => expect(binaryVectors(1)).toEqual([[0], [1]]));
  it.each([0, 21, 1.5, Number.NaN])("refuses d = %s", d =>
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
  it("come in the order of a dictionary", () => {
    expect(permutations(1)).toEqual([[0]]);
    expect(permutations(3)).toEqual([
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]);
  });
  it("of eight are 40320, and no other number of things is taken", () => {
    expect(permutations(8).length).toBe(40_320);
    for (const n of [0, -1, 2.5, Number.NaN]) expect(() => permutations(n)).toThrow(/n must be an integer from 1 to 8/);
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

describe("vectors", () => {
  it("count in base K, with x_1 as the leading digit", () => {
    const digits = vectors(3, 5).map(x => Number.parseInt(x.join(""), 5));
    expect(digits).toEqual(Array.from({ length: 125 }, (_, n) => n));
    expect(vectors(2, 2)).toEqual(binaryVectors(2));
    expect(vectors(1, 2)).toEqual([[0], [1]]);
  });

  it("are 2²⁰ at most", () => {
    expect(vectors(1, 2 ** 20).length).toBe(2 ** 20);
    for (const [d, K] of [
      [1, 2 ** 20 + 1],
      [0, 2],
      [-1, 2],
      [1.5, 2],
      [2, 1],
      [2, 0],
      [2, 2.5],
      [2, Number.NaN],
      [Number.NaN, 2],
    ] as const) {
      expect(() => vectors(d, K)).toThrow(/K must be at least 2 and K\^d at most 2\^20, but got/);
    }
  });
});
