import { beforeAll, describe, expect, it } from "vitest";
import { chooseBackend } from "../../../src/engine/index.ts";
import { ImageSet } from "../../../src/generative/data/index.ts";

const set = new ImageSet(
  2,
  2,
  Uint8Array.from([0, 51, 102, 255, 10, 20, 30, 40, 1, 2, 3, 5]),
  Uint8Array.from([7, 3, 7]),
);

beforeAll(() => chooseBackend());

describe("ImageSet", () => {
  it("gives intensities in [0, 1], one row an image", () => {
    const images = set.images(0, 1);
    expect(images.shape).toEqual([1, 4]);
    expect(Array.from(images.dataSync(), value => Math.round(value * 1e6) / 1e6)).toEqual([0, 0.2, 0.4, 1]);
    expect(set.images().shape).toEqual([3, 4]);
    expect(set.images(1, 1).shape).toEqual([0, 4]);
  });

  it("refuses sizes that are none, and pixels that are no bytes", () => {
    const labels = Uint8Array.of(1);
    for (const [height, width] of [
      [-2, -2],
      [0.5, 8],
      [0, 4],
      [4, 0],
      [Number.NaN, 2],
    ] as const) {
      expect(() => new ImageSet(height, width, new Uint8Array(4), labels)).toThrow(
        /height and width must be positive integers, but got/,
      );
    }
    expect(() => new ImageSet(1, 2, Float32Array.of(0.5, 1) as never, labels)).toThrow(
      /^ImageSet: pixels must be a Uint8Array, but got Float32Array; intensities of \[0, 1\] become bytes by/,
    );
    expect(() => new ImageSet(1, 2, new Uint8Array(2), [1] as never)).toThrow(
      /^ImageSet: labels must be a Uint8Array, but got Arr/,
    );
    expect(() => new ImageSet(1, 2, new Uint8Array(3), labels)).toThrow(/must come with 2 pixels, but got 3/);
    for (const index of [-1, 3, 0.5, Number.NaN]) expect(() => set.select([index])).toThrow(/must lie in 0\.\.2, but/);
  });

  it("selects by range, by index and by class", () => {
    expect([...set.subset(1, 2).pixels]).toEqual([10, 20, 30, 40]);
    expect([...set.select([2, 0, 2]).labels]).toEqual([7, 7, 7]);
    expect([...set.select([2, 1]).pixels]).toEqual([1, 2, 3, 5, 10, 20, 30, 40]);
    expect([...set.ofClass(7).pixels]).toEqual([0, 51, 102, 255, 1, 2, 3, 5]);
    expect(set.ofClass(9).count).toBe(0);
  });

  it("shrinks to the means of blocks", () => {
    expect([...set.shrunk(2).pixels]).toEqual([102, 25, 3]);
    const wide = new ImageSet(2, 4, Uint8Array.from([0, 2, 10, 20, 4, 6, 30, 40]), Uint8Array.of(0));
    expect([...wide.shrunk(2).pixels]).toEqual([3, 25]);
    expect([...set.shrunk(1).pixels]).toEqual([...set.pixels]);
  });

  it("refuses what it cannot give", () => {
    expect(() => new ImageSet(2, 2, new Uint8Array(5), new Uint8Array(1))).toThrow(
      "must come with 4 pixels, but got 5",
    );
    expect(() => set.images(0, 4)).toThrow("must lie in 0..3, but got 0..4");
    expect(() => set.subset(2, 1)).toThrow("but got 2..1");
    expect(() => set.subset(-1, 2)).toThrow("but got -1..2");
    expect(() => set.subset(0.5, 2)).toThrow("but got 0.5..2");
    expect(() => set.subset(0, 1.5)).toThrow("but got 0..1.5");
    expect(() => set.select([3])).toThrow("must lie in 0..2, but got 3");
    expect(() => set.shrunk(3)).toThrow("factor must divide 2 × 2, but got 3");
  });

  it.each([
    [3, 3, 1.5],
    [2, 2, 0.5],
    [2, 2, 0],
    [2, 2, -1],
    [2, 3, 2],
    [3, 2, 2],
  ])("does not shrink %i × %i by %d", (height, width, factor) => {
    const one = new ImageSet(height, width, new Uint8Array(height * width), Uint8Array.of(0));
    expect(() => one.shrunk(factor)).toThrow(`factor must divide ${height} × ${width}, but got ${factor};`);
  });
});
