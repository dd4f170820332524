import { describe, expect, it } from "vitest";
import { blindSpot, reachedPixels } from "../../../src/generative/exact/index.ts";

describe("reachedPixels", () => {
  it("is the place itself without layers, and nothing before it is seen", () => {
    const seen = reachedPixels({ height: 2, width: 2, place: [1, 0], layers: [] });
    expect(seen).toEqual([false, false, true, false]);
    expect(blindSpot(seen, 2)).toEqual([0, 1]);
  });

  /** Pixels that are seen as #. */
  const picture = (options: Parameters<typeof reachedPixels>[0]) =>
    reachedPixels(options)
      .map((sees, at) => (sees ? "#" : ".") + (at % options.width === options.width - 1 ? "\n" : ""))
      .join("")
      .trim()
      .split("\n");
  const [cross, knight] = [
    [
      [0, 0],
      [0, 1],
      [0, -1],
      [1, 0],
      [-1, 0],
    ],
    [
      [1, 2],
      [-1, -2],
    ],
  ] as const;

  it("leaves what is beyond each of the four edges out", () => {
    const size = { height: 3, width: 4, layers: [cross] };
    expect(picture({ ...size, place: [1, 1] })).toEqual([".#..", "###.", ".#.."]);
    expect(picture({ ...size, place: [0, 0] })).toEqual(["##..", "#...", "...."]);
    expect(picture({ ...size, place: [2, 3] })).toEqual(["....", "...#", "..##"]);
    expect(picture({ ...size, place: [0, 3] })).toEqual(["..##", "...#", "...."]);
  });

  it("adds the offsets of one layer after the other, row and column each for itself", () => {
    const size = { height: 3, width: 5 };
    expect(picture({ ...size, place: [1, 2], layers: [knight] })).toEqual(["#....", ".....", "....#"]);
    expect(picture({ ...size, place: [1, 2], layers: [knight, cross] })).toEqual(["##...", "#...#", "...##"]);
    expect(picture({ ...size, place: [0, 0], layers: [knight, knight] })).toEqual(["#....", ".....", "....#"]);
  });

  it("ends paths that leave the image, though later offsets would bring them back", () => {
    const layers = [[[0, -1]], [[0, 1]]] as const;
    expect(picture({ height: 1, width: 3, place: [0, 0], layers })).toEqual(["..."]);
    expect(picture({ height: 1, width: 3, place: [0, 1], layers })).toEqual([".#."]);
  });

  it.each([
    [2, 2, [2, 0]],
    [2, 2, [-1, 0]],
    [2, 2, [0, 2]],
    [2, 2, [0, -1]],
    [2, 2, [0, 0.5]],
    [2, 2, [0.5, 0]],
    [2, 2, [Number.NaN, 0]],
  ] as const)("refuses, in %d × %d, the place %o", (height, width, place) => {
    expect(() => reachedPixels({ height, width, place, layers: [] })).toThrow(/place must lie in 2 × 2, but got/);
  });

  it("refuses a size that is none, under its name", () => {
    expect(() => reachedPixels({ height: 1 } as never)).toThrow(
      "reachedPixels: options must be an object with height, width, place, layers, but got undefined for width;",
    );
    for (const size of [1.5, 0, Number.NaN]) {
      const of = (height: number, width: number) => () => reachedPixels({ height, width, place: [0, 0], layers: [] });
      expect(of(size, 2)).toThrow(`reachedPixels: height must be a positive integer, but got ${size};`);
      expect(of(2, size)).toThrow(`reachedPixels: width must be a positive integer, but got ${size};`);
    }
  });
});

it("the blind spot is what is not seen before a place, without the place itself", () => {
  expect(blindSpot([true, false, false, true, false, false], 4)).toEqual([1, 2]);
  expect(blindSpot([false, false], 0)).toEqual([]);
});
