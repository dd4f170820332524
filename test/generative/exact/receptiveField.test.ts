import { describe, expect, it } from "vitest";
import { blindSpot, reachedPixels } from "../../../src/generative/exact/index.ts";

describe("reachedPixels", () => {
  it("is the place itself without layers, and nothing before it is seen", () => {
    const seen = reachedPixels({ height: 2, width: 2, place: [1, 0], layers: [] });
    expect(seen).toEqual([false, false, true, false]);
    expect(blindSpot(seen, 2)).toEqual([0, 1]);
  });

  it.each([
    [2, 2, [2, 0]],
    [2, 2, [0, 0.5]],
    [2, 2, [Number.NaN, 0]],
    [1.5, 2, [0, 0]],
  ] as const)("refuses, in %d × %d, the place %o", (height, width, place) => {
    expect(() => reachedPixels({ height, width, place, layers: [] })).toThrow(/place must lie in/);
  });
});
