import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { CodeTable } from "../../../src/generative/exact/codeTable.ts";
import { SHORT_QUARTER, ShortInterval } from "../../../src/generative/exact/shortInterval.ts";

const random = new Random(31);

function interval(low: number, high: number): ShortInterval {
  return Object.assign(new ShortInterval(), { low, high });
}

/** Intervals of a quarter and more, anywhere. */
const intervals = Array.from(random.uniformArray(300), u => {
  const length = SHORT_QUARTER + Math.floor(u * 3 * SHORT_QUARTER);
  return interval(4 * SHORT_QUARTER - length, 4 * SHORT_QUARTER - 1);
});

describe("a short interval", () => {
  it("begins as all numbers of 53 bits, with no bit settled", () => {
    const whole = new ShortInterval();
    expect([whole.low, whole.high]).toEqual([0, 2 ** 53 - 1]);
    expect(whole.settled()).toBeUndefined();
  });

  it.each([
    { name: "lower", low: 0, high: 2, half: 0, wide: [0, 4] },
    { name: "upper", low: 3, high: 4, half: 2, wide: [2, 4] },
    { name: "middle", low: 1, high: 3, half: 1, wide: [0, 4] },
    { name: "no", low: 0, high: 3, half: undefined, wide: [] },
    { name: "no other", low: 1, high: 4, half: undefined, wide: [] },
    { name: "whole upper", low: 2, high: 4, half: 2, wide: [0, 4] },
  ])("settles in the $name half, and is widened from it", ({ low, high, half, wide }) => {
    const found = interval(low * SHORT_QUARTER, high * SHORT_QUARTER - 1);
    expect(found.settled()).toBe(half === undefined ? undefined : half * SHORT_QUARTER);
    if (half === undefined) return;
    found.widen(half * SHORT_QUARTER);
    expect([found.low, found.high + 1].map(end => end / SHORT_QUARTER)).toEqual(wide);
  });

  it("that reaches one number beyond a half is not in it", () => {
    const quarters = (low: number, high: number) => interval(low * SHORT_QUARTER, high * SHORT_QUARTER);
    expect(quarters(0, 2).settled()).toBeUndefined();
    expect(quarters(1, 3).settled()).toBeUndefined();
  });

  it("is cut without a gap or an overlap, at shares right to 1e-9 bits, also those of 2⁻¹⁹ among many", () => {
    const p = [0.3, 0, 2 ** -19, ...Array(200).fill(0.3 / 200), 0.4 - 2 ** -19, 0];
    const table = new CodeTable(p);
    expect(table.isCommon).toBe(true);
    for (const { low, high } of intervals) {
      let next = low;
      for (const [symbol, share] of p.entries()) {
        if (share === 0) continue;
        const part = interval(low, high);
        part.shrink(table, symbol);
        expect(part.low).toBe(next);
        next = part.high + 1;
        const bits = Math.log2((part.high - part.low + 1) / (high - low + 1)) - Math.log2(share);
        expect(Math.abs(bits)).toBeLessThan(1e-9);
        for (const unit of [part.low, part.high]) expect(table.symbolWithin(high - low + 1, unit - low)).toBe(symbol);
      }
      expect(next).toBe(high + 1);
    }
  });

  it("is the same in 160 bits", () => {
    const { low, high } = interval(5, 2 ** 53 - 3).lengthened();
    expect([low, high]).toEqual([5n << 107n, ((2n ** 53n - 2n) << 107n) - 1n]);
  });
});

it("a table is common where no symbol has less than 2⁻¹⁹, but for those that have nothing", () => {
  expect(new CodeTable([2 ** -19, 0, 1 - 2 ** -19]).isCommon).toBe(true);
  expect(new CodeTable([2 ** -20, 1 - 2 ** -20]).isCommon).toBe(false);
});

it("a table names no share of a symbol that is none", () => {
  const table = new CodeTable([0.5, 0, 0.5]);
  expect(() => table.endsWithin(2 ** 53, 1)).toThrow(/a positive probability, but got 0 for 1/);
  expect(() => table.endsWithin(2 ** 53, 3)).toThrow(/an integer from 0 to 2, but got 3/);
});
