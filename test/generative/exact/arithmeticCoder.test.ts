import { describe, expect, it } from "vitest";
import { Random } from "../../../src/engine/index.ts";
import { arithmeticDecode, arithmeticEncode, type Predict } from "../../../src/generative/exact/index.ts";

/** A model that depends on everything before: K values, with weights made from the history. */
function historyModel(K: number, sharpness: number): Predict {
  return before => {
    const hash = before.reduce((sum, symbol) => (31 * sum + symbol + 7) % 1009, 3);
    const weights = Array.from({ length: K }, (_, k) => Math.exp(sharpness * Math.sin(hash + 2.1 * k)));
    const total = weights.reduce((a, b) => a + b);
    return weights.map(weight => weight / total);
  };
}

function draw(length: number, predict: Predict, random: Random): number[] {
  const symbols: number[] = [];
  for (const u of random.uniformArray(length)) {
    const p = predict(symbols);
    let symbol = 0;
    for (let left = u; symbol < p.length - 1 && left >= (p[symbol] as number); symbol++) left -= p[symbol] as number;
    symbols.push(symbol);
  }
  return symbols;
}

const bitsOf = (symbols: readonly number[], predict: Predict) =>
  symbols.reduce((sum, symbol, i) => sum - Math.log2(predict(symbols.slice(0, i))[symbol] as number), 0);

describe("the arithmetic coder", () => {
  const cases = [
    { K: 2, sharpness: 0.5, length: 300 },
    { K: 2, sharpness: 5, length: 300 },
    { K: 10, sharpness: 2, length: 100 },
    { K: 256, sharpness: 3, length: 40 },
    { K: 3, sharpness: 1, length: 0 },
    { K: 3, sharpness: 1, length: 1 },
  ];

  it.each(cases)("gives back $length of $K symbols, in −log₂ p to −log₂ p + 2 bits", ({ K, sharpness, length }) => {
    const predict = historyModel(K, sharpness);
    const random = new Random(11);
    for (let trial = 0; trial < 20; trial++) {
      const symbols = draw(length, predict, random);
      const bits = arithmeticEncode(symbols, predict);
      expect(arithmeticDecode(bits, length, predict)).toEqual(symbols);
      // The logarithms themselves are summed to 1e-9.
      expect(bits.length).toBeGreaterThan(bitsOf(symbols, predict) - 1e-9);
      expect(bits.length).toBeLessThanOrEqual(bitsOf(symbols, predict) + 2 + 1e-9);
    }
  });

  it.each([
    { name: "one in a million", p: [1 - 1e-6, 1e-6], rare: 300, common: 4000 },
    { name: "1e-12, last", p: [1 - 1e-12, 1e-12], rare: 300, common: 3000 },
    { name: "1e-20, first", p: [1e-20, 1 - 2e-20, 1e-20], rare: 200, common: 2000 },
    { name: "1e-15, near the end of many", p: [...Array(9).fill(0.11), 0.01 - 1e-15, 1e-15], rare: 200, common: 5000 },
    { name: "all 4096 alike", p: Array(4096).fill(2 ** -12), rare: 40, common: 40 },
    { name: "255 rare ones beside one", p: [1 - 255e-7, ...Array(255).fill(1e-7)], rare: 100, common: 5000 },
    { name: "in float32, summing to 1 + 9e-7", p: [0.3000009, 0.7], rare: 3000, common: 3000 },
  ])("keeps to its two bits however rare the symbols and long the message: $name", ({ p, rare, common }) => {
    const total = p.reduce((a, b) => a + b, 0);
    const [rarest, most] = [p.indexOf(Math.min(...p)), p.indexOf(Math.max(...p))];
    const random = new Random(7);
    const symbols = [...Array(rare).fill(rarest), ...Array(common).fill(most)];
    const shuffled = Array.from(random.permutation(symbols.length), i => symbols[i] as number);
    const predict = () => p;
    const exact = -(rare * Math.log2((p[rarest] as number) / total) + common * Math.log2((p[most] as number) / total));
    const bits = arithmeticEncode(shuffled, predict);
    expect(arithmeticDecode(bits, shuffled.length, predict)).toEqual(shuffled);
    expect(bits.length).toBeGreaterThan(exact - 1e-6);
    expect(bits.length).toBeLessThanOrEqual(exact + 2 + 1e-6);
  });

  it("costs 97 bits at most for a symbol of 1e-300, and nothing for one that is certain", () => {
    const predict = () => [1 - 1e-12, 1e-12 - 1e-300, 0, 1e-300];
    expect(arithmeticDecode(arithmeticEncode([3, 0, 3], predict), 3, predict)).toEqual([3, 0, 3]);
    expect(arithmeticEncode([3, 0, 3], predict).length).toBeLessThanOrEqual(2 * 97 + 2);
    const certain = () => [0, 1, 0];
    expect(arithmeticEncode(Array(100_000).fill(1), certain).length).toBe(2);
    expect(arithmeticDecode([], 3, certain)).toEqual([1, 1, 1]);
  });

  it("survives an interval that straddles the middle for long", () => {
    // 0.5 ± a hair: no leading bit is settled for many symbols.
    const middle = () => [0.4999999, 0.0000002, 0.4999999];
    const symbols = [1, 1, 1, 1, 0, 2, 1, 2, 1, 0];
    expect(arithmeticDecode(arithmeticEncode(symbols, middle), symbols.length, middle)).toEqual(symbols);
  });

  it.each([0, 1, 37, 100])(
    "keeps to its two bits where a rare symbol comes up for the first time after %i others",
    first => {
      const rare = [1e-12, 0.6 - 1e-12, 0.4];
      const predict: Predict = before => (before.length === first ? rare : [0.25, 0.3, 0.45]);
      const random = new Random(first);
      for (let trial = 0; trial < 10; trial++) {
        const symbols = draw(200, predict, random);
        symbols[first] = trial % 3;
        const bits = arithmeticEncode(symbols, predict);
        expect(arithmeticDecode(bits, 200, predict)).toEqual(symbols);
        expect(bits.length).toBeGreaterThan(bitsOf(symbols, predict) - 1e-6);
        expect(bits.length).toBeLessThanOrEqual(bitsOf(symbols, predict) + 2 + 1e-6);
        expect(arithmeticDecode([...bits, ...bits], first, predict)).toEqual(symbols.slice(0, first));
      }
    },
  );

  it("can be decoded with other messages after it", () => {
    const rare: Predict = () => [1e-9, 0.3, 0.7 - 1e-9];
    for (const predict of [historyModel(4, 1), rare]) {
      for (let length = 1; length <= 50; length++) {
        const symbols = draw(length, predict, new Random(length));
        const bits = arithmeticEncode(symbols, predict);
        for (const tail of [0, 1]) {
          const followed = [...bits, ...Array<number>(64).fill(tail)];
          expect(arithmeticDecode(followed, length, predict)).toEqual(symbols);
        }
      }
    }
  });

  it("has its border between two symbols where the share of the first ends", () => {
    const [zero, one] = [Array<number>(60).fill(0), Array<number>(60).fill(1)];
    expect(arithmeticDecode([0, ...one], 1, () => [0.5, 0.5])).toEqual([0]);
    expect(arithmeticDecode([1, ...zero], 1, () => [0.5, 0.5])).toEqual([1]);
    expect(arithmeticDecode([1, 0, ...one], 2, () => [0.5, 0.5])).toEqual([1, 0]);
  });

  it("refuses a symbol without a place and probabilities that do not sum to 1", () => {
    expect(() => arithmeticEncode([2], () => [0.5, 0.5])).toThrow(/from 0 to 1, but got 2/);
    expect(() => arithmeticEncode([0], () => [0.5, 0.6])).toThrow(/must sum to 1, but got 1.1/);
  });

  it.each([
    { p: [1.5, -0.5], why: /must not be negative, but got -0.5 for symbol 1/ },
    { p: [Number.NaN, 1], why: /must not be negative, but got NaN for symbol 0/ },
    { p: [Infinity, 0], why: /must sum to 1, but got Infinity/ },
    { p: [], why: /there must be a symbol, but got none/ },
    { p: [0.4, 0.4], why: /must sum to 1, but got 0.8/ },
  ])("refuses a table of $p, to encode and to decode", ({ p, why }) => {
    expect(() => arithmeticEncode([0], () => p)).toThrow(why);
    expect(() => arithmeticDecode([0, 1], 1, () => p)).toThrow(why);
  });

  it("refuses a symbol that cannot be, one that is no integer, a length and bits that are none", () => {
    expect(() => arithmeticEncode([1], () => [1, 0])).toThrow(/a positive probability, but got 0 for 1/);
    for (const symbol of [0.5, -1, Number.NaN]) {
      expect(() => arithmeticEncode([symbol], () => [0.5, 0.5])).toThrow(/must be an integer from 0 to 1, but got/);
    }
    for (const length of [-1, 1.5, Number.NaN]) {
      expect(() => arithmeticDecode([], length, () => [0.5, 0.5])).toThrow(/length must be a count, but got/);
    }
    expect(() => arithmeticDecode([0, 2], 1, () => [0.5, 0.5])).toThrow(/a bit must be 0 or 1, but got 2/);
  });
});
