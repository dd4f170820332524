import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { CodeInterval, PRECISION, QUARTER, whole, widened } from "../../../src/generative/exact/codeInterval.ts";
import { CodeTable } from "../../../src/generative/exact/codeTable.ts";

const random = new Random(21);
const bits = (count: number) => Array.from({ length: count }, () => BigInt(random.integer(2)));
const number = (count: number) => bits(count).reduce((sum, bit) => 2n * sum + bit, 0n);

/** Bit after bit, as Witten, Neal & Cleary print it: the outer halves settle a bit, the middle one lets it wait. */
function bitwise(low: bigint, high: bigint) {
  const leading: number[] = [];
  let count = 0;
  for (;;) {
    const from = high < 2n * QUARTER ? 0n : low >= 2n * QUARTER ? 2n : low >= QUARTER && high < 3n * QUARTER ? 1n : -1n;
    if (from < 0n) return { leading, count, low, high };
    if (from !== 1n) leading.push(Number(from) / 2);
    count++;
    [low, high] = [2n * (low - from * QUARTER), 2n * (high - from * QUARTER) + 1n];
  }
}

/** Intervals of each length from 2^117 up: anywhere, at an end, and around the middle. */
const intervals = Array.from({ length: 400 }, (_, i) => {
  const length = (1n << BigInt(117 + (i % 40))) + number(117);
  const room = 4n * QUARTER - length;
  const low = [number(PRECISION) % room, 0n, room, 2n * QUARTER - (number(PRECISION) % length)][i % 4] as bigint;
  return new CodeInterval(low, low + length - 1n);
});

describe("an interval", () => {
  it("begins as all numbers of 160 bits, with no bit settled", () => {
    expect([whole.low, whole.high]).toEqual([0n, (1n << 160n) - 1n]);
    expect(whole.settled()).toEqual({ leading: [], count: 0 });
  });

  it("settles the bits, and is widened, as it is bit by bit", () => {
    for (const interval of intervals) {
      const { leading, count, low, high } = bitwise(interval.low, interval.high);
      const found = interval.settled();
      expect(found).toEqual({ leading, count });
      const wide = interval.widened(found);
      expect([wide.low, wide.high]).toEqual([low, high]);
      // A number inside it moves along, with zeros at its end.
      const inside = interval.low + (number(PRECISION) % (interval.high - interval.low + 1n));
      expect((widened(inside, found) - low) >> BigInt(count)).toBe(inside - interval.low);
    }
  });

  it.each([
    { name: "the upper half", low: 2n, high: 4n, leading: [1], count: 1 },
    { name: "the third quarter", low: 2n, high: 3n, leading: [1, 0], count: 2 },
    { name: "the middle half", low: 1n, high: 3n, leading: [], count: 1 },
    { name: "the second and third quarter, and more", low: 1n, high: 4n, leading: [], count: 0 },
  ])("settles $count bits of $name", ({ low, high, leading, count }) => {
    expect(new CodeInterval(low * QUARTER, high * QUARTER - 1n).settled()).toEqual({ leading, count });
    const more = new CodeInterval(QUARTER, 3n * QUARTER).settled();
    expect(more).toEqual({ leading: [], count: 0 });
  });

  it("settles 46 bits at a time at most", () => {
    expect(new CodeInterval(1n << 20n, 1n << 21n).settled()).toEqual({ leading: Array(46).fill(0), count: 46 });
    const middle = new CodeInterval(2n * QUARTER - 2n, 2n * QUARTER + 1n).settled();
    expect(middle).toEqual({ leading: [], count: 46 });
  });

  it("is cut at shares that are rounded down, without a gap or an overlap", () => {
    const table = new CodeTable([0.25, 0, 0.5, 0.25]);
    expect(whole.shrink(table, 0)).toEqual(new CodeInterval(0n, QUARTER - 1n));
    expect(whole.shrink(table, 2)).toEqual(new CodeInterval(QUARTER, 3n * QUARTER - 1n));
    expect(whole.shrink(table, 3)).toEqual(new CodeInterval(3n * QUARTER, 4n * QUARTER - 1n));
    const odd = new CodeTable([0.3, 0.1, 0.6]);
    for (const interval of intervals) {
      const parts = [0, 1, 2].map(symbol => interval.shrink(odd, symbol));
      expect(parts.map(({ low }) => low)).toEqual([
        interval.low,
        (parts[0]?.high as bigint) + 1n,
        (parts[1]?.high as bigint) + 1n,
      ]);
      expect(parts[2]?.high).toBe(interval.high);
    }
  });

  it("knows the part before a code to 2⁻⁵¹", () => {
    for (const interval of intervals) {
      const width = interval.high - interval.low + 1n;
      for (const before of [0n, 1n, width / 3n, width - 1n]) {
        const exact = Number((before << 60n) / width) * 2 ** -60;
        expect(Math.abs(interval.partOf(interval.low + before) - exact)).toBeLessThan(2 ** -51);
      }
    }
  });

  it("has each code in the unit whose share holds it", () => {
    const total = 1000n;
    for (const interval of intervals) {
      const width = interval.high - interval.low + 1n;
      const start = (unit: bigint) => interval.low + (width * unit) / total;
      for (const unit of [0n, 1n, 499n, 999n]) {
        expect(interval.unitOf(start(unit), total)).toBe(unit);
        expect(interval.unitOf(start(unit + 1n) - 1n, total)).toBe(unit);
      }
    }
  });
});
