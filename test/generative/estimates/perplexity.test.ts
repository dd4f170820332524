import { describe, expect, it } from "vitest";
import { perplexity } from "../../../src/generative/estimates/index.ts";
import { fixture } from "../../support/fixture.ts";

describe("perplexity", () => {
  it("is exp of scipy's entropy of the frequencies", () => {
    const { counts, value } = fixture("beyondTheVae").perplexity;
    expect(perplexity(counts)).toBeCloseTo(value, 10);
  });

  it("goes from 1, for one code, to K, for all alike", () => {
    expect(perplexity([0, 4, 0])).toBe(1);
    expect(perplexity(new Array(7).fill(3))).toBeCloseTo(7, 12);
    for (const counts of [
      [1, 2, 3],
      [100, 1, 1],
      [5, 5, 0],
    ]) {
      expect(perplexity(counts)).toBeGreaterThanOrEqual(1);
      expect(perplexity(counts)).toBeLessThanOrEqual(3);
    }
  });

  it("says what is wrong where nothing was counted", () => {
    expect(() => perplexity([0, 0])).toThrow("counts must be 0 or more, and one positive, but got [0,0]");
    expect(() => perplexity([2, -1])).toThrow("but got [2,-1]");
  });
});
