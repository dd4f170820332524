import { describe, expect, it } from "vitest";
import { gaussHermite, gaussLegendre } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

describe("a Gauss rule", () => {
  // The largest root and the logarithm of its weight, by Newton's method with 60 digits in mpmath 1.3.0.
  it.each([
    [450, 41.603816097143685, -866.6621867890099],
    [451, 41.65121941014028, -868.6358445564612],
  ])("of %i points has a last weight far below the smallest float64 number", (n, point, logWeight) => {
    const { points, logWeights } = gaussHermite(n);
    expect([points.length, logWeights.length]).toEqual([n, n]);
    expectClose(points.at(-1) as number, point, { relative: 1e-14 });
    expectClose(logWeights.at(-1) as number, logWeight, { relative: 1e-13 });
    expect(points[0]).toBe(-(points.at(-1) as number));
    expect(logWeights[0]).toBe(logWeights.at(-1));
  });

  it("of three points is known: 0 and √3 with weights ⅔ and ⅙, and 0 and √⅗ with 4/9 and 5/18", () => {
    const [hermite, legendre] = [gaussHermite(3), gaussLegendre(-1, 1, 3)];
    expectClose(hermite.points, [-Math.sqrt(3), 0, Math.sqrt(3)], { relative: 1e-15 });
    expectClose(hermite.logWeights, [1 / 6, 2 / 3, 1 / 6].map(Math.log), { relative: 1e-14 });
    expectClose(legendre.points, [-Math.sqrt(0.6), 0, Math.sqrt(0.6)], { relative: 1e-15 });
    expectClose(legendre.logWeights, [5 / 9, 8 / 9, 5 / 9].map(Math.log), { relative: 1e-14 });
  });

  it("of one point has it in the middle, with all the weight", () => {
    expect(gaussHermite(1)).toEqual({ points: [0], logWeights: [0] });
  });
});
