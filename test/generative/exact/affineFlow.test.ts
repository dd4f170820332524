import { describe, expect, it } from "vitest";
import { AffineFlow } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

describe("the affine flow, by hand", () => {
  const flow = new AffineFlow(
    [
      [2, 0],
      [1, 4],
    ],
    [10, 20],
  );

  it("z = A⁻¹ (x − b), x = A z + b, log |det A⁻¹| = −log 8 and Σ = A Aᵀ", () => {
    expect(flow.forward([14, 34]).z).toEqual([2, 3]);
    expectClose(flow.forward([14, 34]).logDet, -3 * Math.LN2, { relative: 1e-15 });
    expect(flow.inverse([2, 3])).toEqual([14, 34]);
    expect(flow.covariance).toEqual([
      [4, 2],
      [2, 17],
    ]);
    expectClose(flow.logProb([14, 34]), -3 * Math.LN2 - 6.5 - Math.log(2 * Math.PI), { relative: 1e-15 });
  });

  it("keeps the digits of x − b that float64 would lose", () => {
    // x − b is 1 − 2⁻⁶⁰ in both entries; their difference is what A⁻¹ takes 2⁴⁰ times.
    const steep = new AffineFlow(
      [
        [1, 1],
        [1, 1 + 2 ** -40],
      ],
      [2 ** -60, 0],
    );
    expect(steep.forward([1, 1]).z[1]).toBe(2 ** -20);
  });

  it("from moments is lower triangular with these moments; fitted to data, their mean and covariance over n", () => {
    const covariance = [
      [4, 2],
      [2, 17],
    ];
    const given = AffineFlow.fromMoments([10, 20], covariance);
    expect([given.A, given.b]).toEqual([flow.A, [10, 20]]);
    const fitted = AffineFlow.fit([
      [8, 15],
      [12, 17],
      [8, 23],
      [12, 25],
    ]);
    expect(fitted.b).toEqual([10, 20]);
    expectClose(fitted.covariance.flat(), [4, 2, 2, 17], { relative: 1e-15 });
  });

  it.each([
    [() => new AffineFlow([[1, 2]], [0]), /^AffineFlow: a matrix must be square/],
    [() => new AffineFlow([[0]], [0]), /^AffineFlow: A must be invertible/],
    [() => new AffineFlow([[1]], [0, 0]), /^AffineFlow: b must have 1 entries, but got 2/],
    [() => flow.forward([1]), /^AffineFlow: x must have 2 entries, but got 1/],
    [() => flow.inverse([1, 2, 3]), /^AffineFlow: z must have 2 entries, but got 3/],
    [() => flow.inverse([1, Number.NaN]), /^AffineFlow: every entry of z must be finite, but got NaN at 1/],
    [() => AffineFlow.fromMoments([0], [[-1]]), /^AffineFlow.fromMoments: a covariance must be positive/],
    [() => AffineFlow.fit([[1], [Number.NaN]]), /^AffineFlow.fit: every number must be finite/],
    [() => AffineFlow.fit([[1, 2]]), /^AffineFlow.fit: a covariance must be positive/],
  ])("%s says what is wrong, and where", (use, why) => expect(use).toThrow(why));
});
