import { describe, expect, it } from "vitest";
import { logMeanExp, logSumExp } from "../../../src/generative/exact/index.ts";
import { expectClose } from "../../support/close.ts";

describe("logSumExp", () => {
  it("is the logarithm of the sum, wherever the largest stands", () => {
    const logs = [1, 2, 3, 4].map(Math.log);
    for (let turn = 0; turn < 4; turn++) {
      expectClose(logSumExp([...logs.slice(turn), ...logs.slice(0, turn)]), Math.log(10), { relative: 1e-15 });
    }
    expectClose(logSumExp([0, 0, 0]), Math.log(3), { relative: 1e-15 });
    expect([logSumExp([-7.5]), logSumExp([-Infinity, 2, -Infinity])]).toEqual([-7.5, 2]);
  });

  it("keeps what is added to 1, however small", () => {
    expectClose(logSumExp([0, -40]), Math.exp(-40), { relative: 1e-15 });
    expectClose(logSumExp([-700, 0]), Math.exp(-700), { relative: 1e-15 });
  });

  it("is ∞ or NaN where an entry is, and −∞ of nothing", () => {
    expect(logSumExp([0, Infinity])).toBe(Infinity);
    expect(logSumExp([Infinity, Number.NaN])).toBeNaN();
    expect(logSumExp([-Infinity, Number.NaN])).toBeNaN();
    expect([logSumExp([]), logSumExp([-Infinity])]).toEqual([-Infinity, -Infinity]);
  });
});

describe("logMeanExp", () => {
  it("subtracts log n", () => {
    expectClose(logMeanExp([1, 2, 3, 4].map(Math.log)), Math.log(2.5), { relative: 1e-15 });
    expect(() => logMeanExp([])).toThrow(RangeError);
  });
});
