import { describe, expect, it } from "vitest";
import {
  bitsFromNats,
  bitsPerDimension,
  logProbFromBitsPerDimension,
  natsFromBits,
} from "../../../src/generative/estimates/index.ts";

describe("units", () => {
  it("turn back and forth", () => {
    for (const value of [-3, 0, 0.1, 1e5]) {
      expect(natsFromBits(bitsFromNats(value))).toBeCloseTo(value, 9);
      expect(bitsPerDimension(logProbFromBitsPerDimension(value, 12), 12)).toBeCloseTo(value, 9);
      expect(logProbFromBitsPerDimension(bitsPerDimension(value, 7, { levels: 32 }), 7, { levels: 32 })).toBeCloseTo(
        value,
        9,
      );
    }
  });

  it("say of a uniform byte that it has 8 bits", () => {
    expect(bitsPerDimension(100 * Math.log(1 / 256), 100)).toBeCloseTo(8, 12);
    // The same data scaled to [0, 1) have density 1, and log-density 0.
    expect(bitsPerDimension(0, 100, { levels: 256 })).toBe(8);
  });

  it("agree with published pairs", () => {
    expect(bitsPerDimension(-86.76, 784)).toBeCloseTo(0.1597, 4); // IWAE, table 1
    expect(bitsPerDimension(1980.5, 784, { levels: 256 })).toBeCloseTo(4.356, 3); // NICE, MNIST
    expect(bitsPerDimension(-784 * Math.LN2, 784)).toBeCloseTo(1, 12); // fair coins
  });

  it("refuse zero dimensions and half a level", () => {
    expect(() => bitsPerDimension(-1, 0)).toThrow(/dimensions must be a positive integer, but got 0/);
    expect(() => bitsPerDimension(-1, 1, { levels: 0.5 })).toThrow(/levels must be a positive integer, but got 0.5/);
  });
});
