import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { BarsAndStripes, binaryVectors } from "../../../src/generative/exact/index.ts";
import { expectClose, expectMean } from "../../support/close.ts";

describe.each([2, 3, 4])("bars and stripes of side %i", side => {
  const bars = new BarsAndStripes(side, 0.05);
  const images = binaryVectors(side ** 2);

  it("sums to 1", () => {
    expect(images.reduce((sum, x) => sum + Math.exp(bars.logProb(x)), 0)).toBeCloseTo(1, 12);
  });

  it("is as likely on its side, and with all bits the other way round", () => {
    const x = images[5] as number[];
    const turned = x.map((_, i) => x[(i % side) * side + Math.floor(i / side)] as number);
    expect(bars.logProb(turned)).toBeCloseTo(bars.logProb(x), 12);
    expect(bars.logProb(x.map(bit => 1 - bit))).toBeCloseTo(bars.logProb(x), 12);
  });

  it("draws what it says: −log p is its entropy on average, and the first pixel is fair", () => {
    const random = new Random(1);
    const draws = Array.from({ length: 4000 }, () => bars.draw(() => random.uniformArray(1)[0] as number));
    expectMean(
      draws.map(x => -bars.logProb(x)),
      bars.entropy,
    );
    expectMean(
      draws.map(x => x[0] as number),
      0.5,
    );
  });
});

describe("bars and stripes", () => {
  it("with every pixel a fair coin have an entropy of log 2 each", () => {
    expect(new BarsAndStripes(3, 0.5).entropy).toBeCloseTo(9 * Math.LN2, 12);
  });

  it("approach the entropy of their patterns as flips grow rare: an empty and a full image twice as likely as others", () => {
    // 2 images at 2/32, 28 at 1/32
    const exact = (4 / 32) * Math.log(16) + (28 / 32) * Math.log(32);
    expect(new BarsAndStripes(4, 1e-6).entropy).toBeCloseTo(exact, 3);
  });

  it("say what is wrong with their parameters", () => {
    expect(() => new BarsAndStripes(5, 0.1)).toThrow("side must be 2, 3 or 4 and flips in [0, 1], but got 5 and 0.1");
    for (const side of [0, 1, 2.5, Number.NaN]) expect(() => new BarsAndStripes(side, 0.1)).toThrow(RangeError);
    for (const flips of [-0.1, 1.1, Number.NaN]) expect(() => new BarsAndStripes(4, flips)).toThrow(RangeError);
    expect(() => new BarsAndStripes(2, 0.1).logProb([1, 0, 1])).toThrow(/x must have 4 entries, but got 3/);
    expect(() => new BarsAndStripes(2, 0.1).logProb([1, 0, 1, 0.5])).toThrow(/must be 0 or 1, but got 0.5 at 3/);
  });

  it("draw a pattern by the first number, and flip a pixel where its own is below ε", () => {
    const draw = (flips: number, ...uniform: number[]) => {
      const source = uniform.values();
      return new BarsAndStripes(2, flips).draw(() => source.next().value as number);
    };
    // Rows and columns take turns, lines in counting order: 00, 00, 01 as rows, 01 as columns …
    expect(draw(0, 0, 0, 0, 0, 0)).toEqual([0, 0, 0, 0]);
    expect(draw(0, 0.25, 0, 0, 0, 0)).toEqual([0, 0, 1, 1]);
    expect(draw(0, 0.375, 0, 0, 0, 0)).toEqual([0, 1, 0, 1]);
    expect(draw(0.5, 0.375, 0.5, 0.49, 0.49, 0.9)).toEqual([0, 0, 1, 1]);
  });

  it("without a flip are the patterns themselves, and with certain flips their opposites: 0 log 0 = 0", () => {
    // Side 2: of 8 patterns, all black and all white come twice: H = 2 · ¼ log 4 + 4 · ⅛ log 8.
    for (const flips of [0, 1]) {
      const p = new BarsAndStripes(2, flips);
      expectClose(p.entropy, Math.LN2 + 1.5 * Math.LN2, { absolute: 1e-14 });
      expectClose([p.logProb([0, 0, 0, 0]), p.logProb([1, 1, 0, 0])], [-Math.log(4), -Math.log(8)], {
        absolute: 1e-14,
      });
      expect(p.logProb([1, 0, 0, 0])).toBe(-Infinity);
    }
  });
});
