import { expect, it } from "vitest";
import { cosine } from "../../../src/generative/training/index.ts";

it("falls along half a cosine, and stays where that ends", () => {
  const rate = cosine({ start: 0.9, end: 0.1, steps: 12 });
  // cos 0, cos π/3, cos π/2, cos 2π/3 and cos π, and steps after the last.
  const values = [0, 4, 6, 8, 12, 13, 18, 24, 1000].map(rate);
  const expected = [0.9, 0.7, 0.5, 0.3, 0.1, 0.1, 0.1, 0.1, 0.1];
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i] as number, 14);
});
