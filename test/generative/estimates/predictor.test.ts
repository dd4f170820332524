import { describe, expect, it } from "vitest";
import { predictor } from "../../../src/generative/estimates/index.ts";
import type { Autoregressive } from "../../../src/generative/models/index.ts";

/** A model that answers with these logits, and keeps what it is asked. */
function recorded(logits: readonly number[]) {
  const asked: (number[] | undefined)[][] = [];
  const model = {
    stepwise: (count: number) => {
      const calls: (number[] | undefined)[] = [];
      asked.push(calls);
      expect(count).toBe(1);
      return {
        next: (previous?: ArrayLike<number>) => {
          calls.push(previous && Array.from(previous));
          return logits;
        },
      };
    },
  };
  return { predict: predictor(model as unknown as Autoregressive), asked };
}

describe("predictor", () => {
  it("asks for one step after another, with the value before and none at the first", () => {
    const { predict, asked } = recorded([Math.log(3)]);
    for (const before of [[], [1], [1, 0]]) {
      const [zero, one] = Array.from(predict(before));
      expect(zero).toBeCloseTo(0.25, 12);
      expect(one).toBeCloseTo(0.75, 12);
    }
    expect(asked.at(-1)).toEqual([undefined, [1], [0]]);
  });

  it("begins again where nothing came before", () => {
    const { predict, asked } = recorded([0]);
    for (const before of [[], [1], [], [0], [0, 1]]) predict(before);
    expect(asked.slice(-2)).toEqual([
      [undefined, [1]],
      [undefined, [0], [1]],
    ]);
    expect(() => predict([1])).toThrow("bits must come one after another, but got 1 of them where 3 were known");
  });

  it("refuses what is no list of bits, under its name", () => {
    expect(() => recorded([0]).predict(1 as never)).toThrow("predictor: bits must be an array, but got 1;");
  });

  it("has a probability for each of several values", () => {
    const { predict } = recorded([1, 2, 5].map(Math.log));
    const p = Array.from(predict([]));
    expect(p.length).toBe(3);
    [1 / 8, 2 / 8, 5 / 8].forEach((expected, v) => {
      expect(p[v]).toBeCloseTo(expected, 12);
    });
  });
});
